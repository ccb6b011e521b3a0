import { expect, it } from 'vitest';
import { pickChanged } from './pick-changed.ts';

it('tells the fields that differ, lists by what is in them', () => {
  const before = { name: 'A', roles: ['x'], state: 'active', zone: null as string | null };
  expect(pickChanged(before, { name: 'B', roles: ['x'], state: 'active', zone: 'UTC' })).toEqual({ before: { name: 'A', zone: null }, after: { name: 'B', zone: 'UTC' } });
  expect(pickChanged(before, { ...before, roles: ['x', 'y'] })).toEqual({ before: { roles: ['x'] }, after: { roles: ['x', 'y'] } });
  expect(pickChanged(before, { ...before })).toEqual({ before: {}, after: {} });
});
