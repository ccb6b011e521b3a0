import { expect, it } from 'vitest';
import { listChanges } from './list-changes.ts';

it('tells the fields that differ, and only those', () => {
  const details = { before: { name: 'A', roles: ['x'], status: 'active' }, after: { name: 'B', roles: ['x'], status: 'active' } };
  expect(listChanges(details)).toEqual({ changes: [{ name: 'name', before: 'A', after: 'B' }], more: [] });
});

it('tells one side of what was made or removed, and what else there is', () => {
  expect(listChanges({ after: { name: 'A', enabled: false } }).changes).toEqual([{ name: 'name', after: 'A' }, { name: 'enabled', after: false }]);
  expect(listChanges({ before: { name: null }, reason: 'gone', api_key_id: 'k' })).toEqual({ changes: [{ name: 'name', before: null }], more: [['reason', 'gone']] });
  expect(listChanges(null)).toEqual({ changes: [], more: [] });
  expect(listChanges({ before: 'odd', after: ['odd'] })).toEqual({ changes: [], more: [] });
});
