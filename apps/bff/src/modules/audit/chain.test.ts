import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { CHAIN_START, digestEntry, sealNext, type SealedEntry } from './chain.ts';

const entry: SealedEntry = {
  ...{ tenant_id: '0193b3f0-0000-7000-8000-000000000001', id: '0193b3f0-0000-7000-8000-000000000002', at: '2026-11-23T08:00:00.000Z', actor_user_id: null, actor_name: null },
  ...{ action: 'users.updated', resource_type: 'user', resource_id: 'x', outcome: 'success', request_id: 'r-1', address: '192.0.2.9', details: { before: { name: 'A' }, after: { name: '乙' } } },
};

it('is what anybody can compute from the words of docs/audit.md, without this code', () => {
  const text =
    '{"action":"users.updated","actor":null,"address":"192.0.2.9","at":"2026-11-23T08:00:00.000Z","details":{"after":{"name":"乙"},"before":{"name":"A"}},' +
    '"id":"0193b3f0-0000-7000-8000-000000000002","outcome":"success","request_id":"r-1","resource_id":"x","resource_type":"user","tenant_id":"0193b3f0-0000-7000-8000-000000000001"}';
  const digest = createHash('sha256').update(text).digest();
  expect(digestEntry(entry)).toEqual(digest);
  const first = createHash('sha256').update(Buffer.alloc(32)).update(Buffer.from('0000000000000001', 'hex')).update(digest).digest();
  const seal = sealNext(CHAIN_START, digest);
  expect(seal).toEqual({ seq: 1, digest, hash: first });
  expect(sealNext(seal, digest).hash).toEqual(createHash('sha256').update(first).update(Buffer.from('0000000000000002', 'hex')).update(digest).digest());
});

it('changes with every field of an entry', () => {
  const digest = digestEntry(entry).toString('hex');
  for (const name of Object.keys(entry) as (keyof SealedEntry)[]) {
    if (name === 'actor_name') continue; // nobody has no name
    expect(digestEntry({ ...entry, [name]: 'other' }).toString('hex'), name).not.toBe(digest);
  }
  expect(digestEntry({ ...entry, actor_user_id: 'a', actor_name: 'A' })).not.toEqual(digestEntry({ ...entry, actor_user_id: 'a', actor_name: 'B' }));
});
