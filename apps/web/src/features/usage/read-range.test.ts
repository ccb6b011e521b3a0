import { describe, expect, it } from 'vitest';
import { requestsDefaults, usageDefaults } from '../../app/usage/usage-search.ts';
import { readFilters, readRequestsRange, readUsageRange } from './read-range.ts';

const now = Date.parse('2026-11-23T15:30:00.000Z');

describe('the range of usage', () => {
  it('of 7 days is 168 whole hours, which the server adds up by hour', () => {
    expect(readUsageRange({ ...usageDefaults, range: '7d' }, now)).toEqual({ from: '2026-11-16T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z' });
  });
  it('of 30 and of 90 days begins so many days back that today is one of them', () => {
    expect(readUsageRange(usageDefaults, now)).toEqual({ from: '2026-10-25T15:00:00.000Z', to: '2026-11-23T16:00:00.000Z' });
    expect(readUsageRange({ ...usageDefaults, range: '90d' }, now)).toEqual({ from: '2026-08-26T15:00:00.000Z', to: '2026-11-23T16:00:00.000Z' });
  });
  it('is what the address says where somebody chose it, and the server’s own where they did not yet', () => {
    expect(readUsageRange({ ...usageDefaults, range: 'custom', from: 'a', to: 'b' }, now)).toEqual({ from: 'a', to: 'b' });
    expect(readUsageRange({ ...usageDefaults, range: 'custom' }, now)).toEqual({});
  });
});

describe('the range of requests', () => {
  it('has a beginning to the minute, and no end', () => {
    expect(readRequestsRange({ ...requestsDefaults, range: '1h' }, now + 5_000)).toEqual({ from: '2026-11-23T14:30:00.000Z' });
    expect(readRequestsRange(requestsDefaults, now)).toEqual({});
  });
});

it('asks for the filters that are set alone', () => {
  expect(readFilters({ ...usageDefaults, model: 'm', surface: 'chat' })).toEqual({ model: 'm', surface: 'chat' });
});
