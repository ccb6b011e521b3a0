import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres.ts';
import { archivedTables, leftOutTables, tenantLeftOut, tenantSettings } from './tables.ts';

/** By what it is called, or is made of: what nobody else may hold, in a form that lets somebody use or recognise it. */
// A rule about passwords is none.
const SECRET = /hash|sealed|wrapped|secret|fingerprint|hint|password(?!_(?:min_length|blocked_words)$)|(?:^|_)token$|otp|challenge/;

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.superuser_url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

interface Column {
  table: string;
  column: string;
  type: string;
}

const archived = new Map<string, { kept: string[]; left_out: Record<string, string> }>([
  ['tenants', { kept: Object.keys(tenantSettings.shape), left_out: tenantLeftOut }],
  ...archivedTables.map(({ name, row, left_out }) => [name, { kept: Object.keys(row.shape), left_out }] as const),
]);

/** What the archive's lists and the database disagree about, in words. */
async function findGaps(): Promise<string[]> {
  const { rows } = await client.query<Column>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and (c.relname = 'tenants' or exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')) order by 1, a.attnum`,
  );
  const names = [...new Set(rows.map(({ table }) => table))];
  const unheard = names.filter((name) => !archived.has(name) && leftOutTables[name] === undefined);
  const gone = [...archived.keys(), ...Object.keys(leftOutTables)].filter((name) => !names.includes(name));
  return [
    ...unheard.map((name) => `${name}: put it into modules/archives/tables, or into leftOutTables with the reason`),
    ...gone.map((name) => `${name}: there is no such table`),
    ...[...archived].flatMap(([name, lists]) => listColumnGaps(name, lists, rows.filter(({ table }) => table === name))),
  ];
}

function listColumnGaps(table: string, { kept, left_out }: { kept: string[]; left_out: Record<string, string> }, columns: Column[]): string[] {
  const there = columns.map(({ column }) => column).filter((column) => column !== 'tenant_id');
  const listed = [...kept, ...Object.keys(left_out)];
  return [
    ...there.filter((column) => !listed.includes(column)).map((column) => `${table}.${column}: archived or left out?`),
    ...listed.filter((column) => !there.includes(column)).map((column) => `${table}.${column}: there is no such column`),
    ...kept.filter((column) => column in left_out).map((column) => `${table}.${column}: archived and left out`),
    ...columns.filter(({ column, type }) => kept.includes(column) && (type === 'bytea' || SECRET.test(column))).map(({ column }) => `${table}.${column}: a secret would leave`),
  ];
}

it('every table and every column of a tenant is in its archive, or left out for a reason', async () => {
  expect(await findGaps()).toEqual([]);
});

it.each([
  ['a new table', 'create table forgotten (tenant_id uuid, id uuid)', 'forgotten: put it into'],
  ['a new column', 'alter table users add column nickname text', 'users.nickname: archived or left out?'],
  ['a column that is gone', 'alter table conversations drop column pinned', 'conversations.pinned: there is no such column'],
  ['a column that became sealed', 'alter table supplier_credentials alter column base_url drop default, alter column base_url type bytea using base_url::bytea', 'supplier_credentials.base_url: a secret would leave'],
])('finds %s', async (_name, statement, gap) => {
  await client.query('begin');
  await client.query(statement);
  const gaps = await findGaps();
  await client.query('rollback');
  expect(gaps.join('\n')).toContain(gap);
});

it('every table comes after those that its rows refer to', async () => {
  const { rows } = await client.query<{ from: string; to: string }>(`select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f' and conrelid <> confrelid`);
  const order = archivedTables.map(({ name }) => name);
  const within = rows.filter(({ from, to }) => order.includes(from) && order.includes(to));
  expect(within.length).toBeGreaterThan(5);
  expect(within.filter(({ from, to }) => order.indexOf(from) <= order.indexOf(to))).toEqual([]);
});
