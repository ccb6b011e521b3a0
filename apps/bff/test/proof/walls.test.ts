import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/crypto/digest.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { plantRows, type Planted } from './plant-rows.ts';

const [ours, theirs] = [newId(), newId()];
let test: TestDatabase;
let superuser: Client;
let app: Client;
let planted: Planted;
let before: string;
beforeAll(async () => {
  test = await createTestDatabase();
  [superuser, app] = [new Client({ connectionString: test.superuser_url }), new Client({ connectionString: test.app_url })];
  await superuser.connect();
  await app.connect();
  for (const id of [ours, theirs]) await superuser.query(`insert into tenants (id, name, workspace, locale, currency, time_zone) values ($1::uuid, 'T', $1::text, 'en-US', 'USD', 'UTC')`, [id]);
  planted = await plantRows(superuser, [ours, theirs]);
  await superuser.query('analyze');
  before = await dump();
});
afterEach(() => app.query('rollback; reset all; discard temp'));
afterAll(async () => {
  await app.end();
  await superuser.end();
  await test.drop();
});

const PRIVILEGE = '42501';
const FOREIGN_KEY = '23503';

/** How many rows a statement met, or the SQLSTATE of its refusal. */
async function meet(text: string, values: unknown[] = [], client = app): Promise<number | string> {
  const outcome = await client.query(text, values).catch((error: { code: string }) => error.code);
  return typeof outcome === 'string' ? outcome : (outcome.rowCount ?? 0);
}

/** Every row of every tenant table. */
async function dump(): Promise<string> {
  const parts: string[] = [];
  for (const table of planted.parents) {
    const { rows } = await superuser.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`);
    parts.push(table, ...rows.map(({ row }) => row));
  }
  return parts.join('\n');
}

async function readRow(table: string, tenant_id: string): Promise<string> {
  const { rows } = await superuser.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t where tenant_id = $1`, [tenant_id]);
  return rows[0]?.row ?? '';
}

const insert = (table: string) => `insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`;

const outside: [string, string][] = [
  ['nothing set', 'select 1'],
  ['an empty tenant', `set app.tenant_id = ''`],
  ['the platform’s own setting', `set app.platform = 'on'`],
  ['the setting of a transaction that is over', `begin; select set_config('app.tenant_id', '${ours}', true); commit`],
  ['the setting of a transaction that failed', `begin; select set_config('app.tenant_id', '${ours}', true); rollback`],
];

describe('the application’s role, outside every tenant', () => {
  it('finds one row of each tenant in every table, when it is the superuser who looks', async () => {
    expect(planted.parents.length).toBeGreaterThanOrEqual(20);
    for (const table of planted.parents) expect(await meet(`select 1 from ${table}`, [], superuser), table).toBe(2);
  });

  it.each(outside)('with %s, sees no row of any table, and adds, changes and removes none', async (_what, prepare) => {
    await app.query(prepare);
    for (const table of planted.tables) {
      const row = await readRow(table, theirs);
      for (const text of [`select 1 from ${table}`, `update ${table} set tenant_id = tenant_id`, `delete from ${table}`]) expect([0, PRIVILEGE], text).toContain(await meet(text));
      if (row !== '') expect(await meet(insert(table), [row]), table).toBe(PRIVILEGE);
    }
    expect(await dump()).toBe(before);
  });

  it.each(['x', '0', '%', `${ours},${theirs}`])('is refused by a setting that is no tenant (%s)', async (setting) => {
    await app.query(`select set_config('app.tenant_id', $1, false)`, [setting]);
    for (const table of planted.tables) expect(['22P02', PRIVILEGE], table).toContain(await meet(`select 1 from ${table}`));
  });

  it('reads nothing of any row in the planner’s statistics, or by a function that the planner might call too early', async () => {
    const rows = await app.query(`select tablename, attname from pg_stats where tablename = any ($1)`, [planted.tables]);
    expect(rows.rows).toEqual([]);
    await app.query(`select set_config('app.tenant_id', $1, false)`, [ours]);
    await app.query(`create function pg_temp.leak(value text) returns boolean language plpgsql cost 0.0000001 as $$ begin raise notice '%', value; return true; end $$`);
    const heard: string[] = [];
    const listen = ({ message }: { message?: string | undefined }) => void heard.push(message ?? '');
    app.on('notice', listen);
    for (const table of planted.parents) await app.query(`select 1 from ${table} t where pg_temp.leak(t.tenant_id::text)`).catch(() => undefined);
    app.off('notice', listen);
    expect(heard.length).toBeGreaterThan(10);
    expect(new Set(heard)).toEqual(new Set([ours]));
  });
});

describe('the application’s role, inside one tenant', () => {
  it('sees its one row of every table, and nothing that it does reaches the other’s', async () => {
    await app.query(`select set_config('app.tenant_id', $1, false)`, [ours]);
    for (const table of planted.tables) {
      // Rights are on the whole table alone: a month of it is nobody's to ask.
      expect(await meet(`select 1 from ${table} where tenant_id = $1`, [ours]), table).toBe(planted.parents.includes(table) ? 1 : PRIVILEGE);
      for (const text of [`select 1 from ${table} where tenant_id = $1`, `update ${table} set tenant_id = tenant_id where tenant_id = $1`, `delete from ${table} where tenant_id = $1`]) {
        expect([0, PRIVILEGE], text).toContain(await meet(text, [theirs]));
      }
      expect(await meet(`update ${table} set tenant_id = '${theirs}'`), table).toBe(PRIVILEGE);
      const row = await readRow(table, theirs);
      if (row !== '') expect(await meet(insert(table), [row]), table).toBe(PRIVILEGE);
    }
    expect(await dump()).toBe(before);
  });

  it('can’t point at the other’s row by any composite key; nor can a superuser, whom no policy holds', async () => {
    expect(planted.keys.length).toBeGreaterThanOrEqual(15);
    await app.query(`select set_config('app.tenant_id', $1, false)`, [ours]);
    for (const { name, table, target, columns, target_columns } of planted.keys) {
      const at = columns.findIndex((column) => column !== 'tenant_id');
      const [column = '', other = ''] = [columns[at], target_columns[at]];
      const move = (tenant_id: string): [string, string[]] => [`update ${table} set ${column} = $1 where tenant_id = $2`, [planted.valueOf(tenant_id, target, other), ours]];
      expect(await meet(...move(ours), superuser), name).toBe(1);
      expect(await meet(...move(theirs), superuser), name).toBe(FOREIGN_KEY);
      expect([FOREIGN_KEY, PRIVILEGE], name).toContain(await meet(...move(theirs)));
    }
    expect(await dump()).toBe(before);
  });
});

/** Into a table with row-level security nothing is copied at all, whoever asks. */
const NO_COPY = '0A000';
const NO_SUCH_LANGUAGE = '42704';

describe('what COPY takes out', () => {
  const forms = (table: string) => [`copy ${table} to stdout`, `copy (select * from ${table}) to stdout`, `copy (select * from only ${table} where tenant_id is not null) to stdout`];

  it.each(outside)('is no row of any table with %s', async (_what, prepare) => {
    await app.query(prepare);
    for (const table of planted.tables) for (const text of forms(table)) expect([0, PRIVILEGE], text).toContain(await meet(text));
  });

  it('is inside a tenant its one row of every table, and never the other’s', async () => {
    const copied: string[] = [];
    // Typed nowhere: what comes of a copy is handed on by the connection alone.
    const { connection } = app as unknown as { connection: NodeJS.EventEmitter };
    const listen = ({ chunk }: { chunk: Buffer }) => void copied.push(chunk.toString());
    connection.on('copyData', listen);
    await app.query(`select set_config('app.tenant_id', $1, false)`, [ours]);
    for (const table of planted.parents) {
      const [whole = '', chosen = ''] = forms(table);
      // What lies in a table's partitions is not copied by its name.
      expect(await meet(whole), whole).toBe(await meet(`select 1 from only ${table}`));
      expect(await meet(chosen), chosen).toBe(1);
      expect(copied.splice(0).filter((line) => !line.includes(ours)), table).toEqual([]);
      expect(await meet(`copy (select * from ${table} where tenant_id <> '${ours}') to stdout`), table).toBe(0);
    }
    connection.off('copyData', listen);
    // A superuser, whom no policy holds, takes both: what was asked does ask.
    expect(await meet('copy users to stdout', [], superuser)).toBe(2);
  });
});

describe('what only an owner may', () => {
  const aTable = (table: string) => [
    `truncate ${table}`, `truncate ${table} cascade`,
    `copy ${table} to program 'true'`, `copy ${table} from program 'echo 1'`, `copy ${table} to '/tmp/lyss-proof'`, `copy ${table} from '/etc/passwd'`, `copy ${table} from stdin`,
    `alter table ${table} disable row level security`, `alter table ${table} no force row level security`, `alter table ${table} add column mine text`,
    `alter table ${table} owner to lyss_app`, `alter table ${table} disable trigger all`, `alter table ${table} replica identity full`, `alter table ${table} drop column tenant_id`,
    `create policy mine on ${table} using (true)`, `drop policy tenant_wall on ${table}`, `alter policy tenant_wall on ${table} using (true)`,
    `create index mine on ${table} (tenant_id)`, `create rule mine as on select to ${table} do instead nothing`, `drop table ${table}`, `lock table ${table} in access exclusive mode nowait; truncate ${table}`,
    `create trigger mine before insert on ${table} for each row execute function tell_change('session', 'id')`,
    `set row_security = off; select 1 from ${table}`,
  ];

  it('is refused for every table', async () => {
    let tried = 0;
    for (const table of planted.tables) {
      for (const text of aTable(table)) {
        expect([PRIVILEGE, NO_COPY], text).toContain(await meet(text));
        await app.query('rollback; reset row_security');
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThanOrEqual(400);
    expect(await dump()).toBe(before);
  });

  it.each([
    'set role lyss_owner', 'set local role lyss_owner', 'set role postgres', 'set session authorization lyss_owner', 'set session authorization postgres', `select set_config('role', 'lyss_owner', false)`, `select set_config('session_authorization', 'lyss_owner', false)`,
    'set session_replication_role = replica', 'alter role lyss_app superuser', 'alter role lyss_app bypassrls', 'alter role lyss_owner login', 'create role mine', 'grant lyss_owner to lyss_app', 'drop role lyss_owner',
    'create table mine (id int)', 'create view mine as select 1', 'create function mine() returns int language sql as $$ select 1 $$', 'create schema mine', 'create extension pg_stat_statements', 'create sequence mine', 'create type mine as enum ()', 'create event trigger mine on ddl_command_start execute function tell_change()', 'create publication mine for all tables', 'create database mine',
    `alter function find_actor(uuid) owner to lyss_app`, `create or replace function find_actor(wanted_session uuid) returns int language sql as $$ select 1 $$`, 'drop function find_actor(uuid)', 'alter default privileges for role lyss_owner grant all on tables to lyss_app', 'alter schema public owner to lyss_app', `alter system set log_statement = 'all'`,
    `select pg_read_file('/etc/passwd')`, `select pg_ls_dir('/')`, `select lo_import('/etc/passwd')`, `select pg_reload_conf()`, 'select rolpassword from pg_authid', `load 'auto_explain'`, `do $$ begin execute 'set role lyss_owner'; end $$`, `do language plpythonu $$ $$`,
  ])('is refused: %s', async (text) => {
    expect([PRIVILEGE, NO_SUCH_LANGUAGE]).toContain(await meet(text));
    const { rows } = await app.query('select current_user as now, session_user as session');
    expect(rows).toEqual([{ now: 'lyss_app', session: 'lyss_app' }]);
  });
});
