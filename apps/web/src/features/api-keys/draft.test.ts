import { describe, expect, it } from 'vitest';
import type { ApiKey } from '@lyss/api-types';
import { draftOf, judgeDraft, latestDate, readExpiry, readNetworks, startDraft, toCreateBody, toUpdateBody, writeDate, type Draft } from './draft.ts';
import { looksLikeNetwork } from './looks-like-network.ts';

const now = new Date(2026, 10, 23, 9, 30);
const sound: Draft = { ...startDraft(['chat.use']), name: 'Nightly' };
const row: ApiKey = {
  id: '0198c0de-0000-7000-8000-0000000000a1', name: 'Nightly', hint: 'lyss_…c4f2', scopes: ['users.read', 'chat.use'], models: ['m-1'], allowed_networks: ['10.0.0.0/8', '::/0'], status: 'active',
  expires_at: '2027-01-01T00:00:00.000Z', last_used_at: null, rotated_at: null, overlap_ends_at: null, revoked_at: null, created_at: '2026-11-01T00:00:00.000Z', updated_at: '2026-11-01T00:00:00.000Z', version: 3,
};

describe('a draft', () => {
  it('is judged field by field', () => {
    expect(judgeDraft(sound, now)).toEqual({});
    const bad: Draft = { name: ' ', scopes: [], models: [], expires_at: { kind: 'date', date: '' }, allowed_networks: '10.0.0.0/8\n\n nonsense' };
    expect(judgeDraft(bad, now)).toEqual({
      name: { code: 'name_required' }, scopes: { code: 'scopes_required' }, models: { code: 'models_required' }, expires_at: { code: 'date_required' }, allowed_networks: { code: 'network_invalid', line: 3 },
    });
    const dated = (date: string) => judgeDraft({ ...sound, expires_at: { kind: 'date', date } }, now).expires_at?.code;
    expect([dated('2026-11-23'), dated('2026-11-24'), dated('2028-11-23'), dated('2028-11-24')]).toEqual(['date_past', undefined, undefined, 'date_late']);
  });

  it('becomes what is sent: a span from now, the end of a day, or no end', () => {
    expect(readExpiry({ kind: 'd30', date: '' }, now)).toBe(new Date(2026, 11, 23, 9, 30).toISOString());
    expect(readExpiry({ kind: 'date', date: '2026-12-01' }, now)).toBe(new Date(2026, 11, 1, 23, 59, 59, 999).toISOString());
    expect([readExpiry({ kind: 'never', date: '' }), readExpiry({ kind: 'keep', date: '' }), readExpiry({ kind: 'date', date: '' })]).toEqual([null, undefined, undefined]);
    expect(toCreateBody({ ...sound, name: ' Nightly ', expires_at: { kind: 'never', date: '' }, allowed_networks: ' 10.0.0.0/8 \n\n::1\n' })).toEqual({ name: 'Nightly', scopes: ['chat.use'], models: null, expires_at: null, allowed_networks: ['10.0.0.0/8', '::1'] });
    expect([writeDate(now), latestDate(now)]).toEqual(['2026-11-23', '2028-11-23']);
  });

  it('of a key that is there sends what differs alone', () => {
    const draft = draftOf(row);
    expect(toUpdateBody(draft, row)).toEqual({});
    expect(toUpdateBody({ ...draft, name: 'Hourly', models: null }, row)).toEqual({ name: 'Hourly', models: null });
    expect(toUpdateBody({ ...draft, expires_at: { kind: 'never', date: '' }, allowed_networks: '' }, row)).toEqual({ expires_at: null, allowed_networks: [] });
  });

  it('numbers the lines of networks as a person does', () => expect(readNetworks('\n10.0.0.1\r\n')).toEqual([{ line: 2, network: '10.0.0.1' }]));
});

describe('a network', () => {
  it.each(['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::/32', '::1', '::ffff:203.0.113.7/120'])('%s may be one', (text) => expect(looksLikeNetwork(text)).toBe(true));
  it.each(['', '203.0.113.256', '203.0.113.0/33', '1.2.3', '10.0.0.0/8/8', '10.0.0.0/', '::/129', 'fe80::1%eth0', 'example.com', ':::', '[::1]'])('%j is none', (text) => expect(looksLikeNetwork(text)).toBe(false));
});
