import { setImmediate as onTurn } from 'node:timers';
import { expect, it } from 'vitest';
import { newId } from '../../../crypto/digest.ts';
import { archivedTables } from '../tables/tables.ts';
import { parseRows } from './parse-rows.ts';
import { ArchiveRefused } from './refused.ts';

const at = '2026-11-23T00:00:00.000Z';
const tableOf = (name: string) => archivedTables.find((table) => table.name === name) ?? expect.unreachable(name);
const parse = (table: string, rows: object[]) => parseRows(tableOf(table), { name: `data/${table}-000001.jsonl`, content: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')) }, '');
const userOf = (columns: object) => ({ id: newId(), email: 'a@example.com', name: 'A', roles: ['end_user'], status: 'active', locale: 'en-US', theme: 'system', time_zone: null, columns, last_seen_at: null, created_at: at, updated_at: at });
const key = { id: newId(), user_id: newId(), name: 'K', scopes: ['settings.read'], models: null, allowed_networks: [], expires_at: null, last_used_at: null, rotated_at: null, revoked_at: null, created_at: at, updated_at: at };
const message = (parts: number) => ({
  ...{ id: newId(), conversation_id: newId(), parent_id: null, reply_id: null, role: 'user', status: 'complete', model: null, supplier: null, finish_reason: null },
  ...{ content: Array.from({ length: parts }, () => ({ type: 'text', text: 'x' })), usage: null, error: null, duration_ms: null, time_to_first_token_ms: null, created_at: at },
});

it('lets others go on while it reads a part that is long to read', async () => {
  const rows = Array.from({ length: 200 }, () => message(1_000)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  let [turns, isOver] = [0, false];
  const count = () => void (isOver || ((turns += 1), onTurn(count)));
  onTurn(count);
  expect(await parse('messages', rows)).toHaveLength(200);
  isOver = true;
  expect(turns).toBeGreaterThan(10);
});

it.each([
  ['models', 'api_keys', { ...key, models: Array.from({ length: 101 }, () => 'm') }],
  ['allowed_networks', 'api_keys', { ...key, allowed_networks: Array.from({ length: 51 }, () => '10.0.0.0/8') }],
  ['scopes', 'api_keys', { ...key, scopes: Array.from({ length: 500 }, () => 'settings.read') }],
])('takes no more %s than one has', async (field, table, row) => {
  await expect(parse(table, [row])).rejects.toMatchObject({ code: 'invalid_row', place: { line: 1, field } });
});

it('takes no line that is longer than any, before it is read', async () => {
  await expect(parse('users', [userOf({ x: ['y'.repeat(2_000_001)] })])).rejects.toEqual(new ArchiveRefused('invalid_row', { file: 'data/users-000001.jsonl', line: 1 }));
  await expect(parse('users', [userOf({})])).resolves.toHaveLength(1);
});
