import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { APP_ROLE } from './migrate.ts';

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

/** Tables that belong to no tenant. A new one must be thought about, and then stand here. */
const platformTables = ['kysely_migration', 'kysely_migration_lock', 'passkey_challenges', 'platform_audit_entries', 'platform_audit_seals', 'platform_facts', 'platform_keys', 'rate_limits', 'setup_tokens', 'tenant_erasures', 'tenants'];
/** The ledger's turns and what they are made of: behind the caller's wall, with the caller's rights. */
const ownFunctions = ['admit_calls', 'checkpoint_calls', 'match_budgets', 'release_calls', 'renew_leases', 'roll_up_usage', 'settle_calls'];
const WALL = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)";

const list = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => (await client.query(text, values)).rows as R[];

interface Table {
  name: string;
  enabled: boolean;
  forced: boolean;
  has_tenant: boolean;
}

function listTables(): Promise<Table[]> {
  return list<Table>(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
}

/** Everything that is wrong with the wall of the tables in this database, in words. */
async function findGaps(): Promise<string[]> {
  const gaps: string[] = [];
  for (const { name, enabled, forced, has_tenant } of await listTables()) {
    if (!has_tenant) {
      if (!platformTables.includes(name)) gaps.push(`${name}: no tenant_id, and not on the list of the platform's tables`);
      continue;
    }
    if (!enabled || !forced) gaps.push(`${name}: row-level security is not enabled and forced`);
    gaps.push(...(await findPolicyGaps(name)), ...(await findKeyGaps(name)));
  }
  return gaps;
}

async function findPolicyGaps(table: string): Promise<string[]> {
  const policies = await list<{ name: string; command: string; permissive: boolean; roles: string[]; using: string | null; check: string | null }>(
    `select polname as name, polcmd as command, polpermissive as permissive, pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as check,
       (select array_agg(coalesce(r.rolname, 'public')::text) from unnest(polroles) p(oid) left join pg_roles r on r.oid = p.oid) as roles
     from pg_policy where polrelid = $1::regclass`,
    [table],
  );
  const wall = policies.find(({ name }) => name === 'tenant_wall');
  const whole = wall?.command === '*' && wall.permissive && wall.using === WALL && wall.check === WALL && wall.roles.join() === APP_ROLE;
  // Policies add up: one more for the application, or for everybody, would be a door.
  const doors = policies.filter(({ name, roles, command, using, check }) => name !== 'tenant_wall' && (roles.includes(APP_ROLE) || roles.includes('public') || command !== 'r') && !isRetention({ roles, using, check }));
  return [...(whole ? [] : [`${table}: no wall with both USING and WITH CHECK`]), ...doors.map(({ name }) => `${table}: policy ${name} opens the wall`)];
}

/** The owner's functions may remove a tenant's old entries, and only behind that tenant's wall. */
const isRetention = ({ roles, using, check }: { roles: string[]; using: string | null; check: string | null }) => roles.join() === 'lyss_owner' && [using, check].every((condition) => condition === null || condition === WALL);

async function findKeyGaps(table: string): Promise<string[]> {
  const keys = await list<{ name: string; columns: string[]; target: string }>(
    `select conname as name, confrelid::regclass::text as target,
       (select array_agg(a.attname::text order by k.ord) from unnest(conkey) with ordinality k(num, ord) join pg_attribute a on a.attrelid = conrelid and a.attnum = k.num) as columns
     from pg_constraint where contype = 'f' and conrelid = $1::regclass`,
    [table],
  );
  const crossing = keys.filter(({ columns, target }) => (target === 'tenants' ? columns.join() !== 'tenant_id' : columns[0] !== 'tenant_id' || columns.length < 2));
  const leading = await list(
    `select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = $1::regclass and a.attname = 'tenant_id' and i.indpred is null`,
    [table],
  );
  const nullable = await list(`select 1 from pg_attribute where attrelid = $1::regclass and attname = 'tenant_id' and not attnotnull`, [table]);
  return [
    ...crossing.map(({ name }) => `${table}: foreign key ${name} reaches across the wall`),
    ...(leading.length > 0 ? [] : [`${table}: no index leads with tenant_id`]),
    ...(nullable.length > 0 ? [`${table}: tenant_id may be null`] : []),
  ];
}

/** Rights and things beside tables through which a row could leave, in words. */
async function findLeaks(): Promise<string[]> {
  const rights = await list<{ leak: string }>(
    `select c.oid::regclass || ': ' || coalesce(nullif(pg_get_userbyid(a.grantee), 'unknown (OID=0)'), 'everybody') || ' may ' || a.privilege_type as leak
     from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and a.grantee <> c.relowner and (a.grantee <> $1::regrole or a.is_grantable or c.relispartition or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`,
    [APP_ROLE],
  );
  const columns = await list<{ leak: string }>(`select attrelid::regclass || '.' || attname || ': a right of its own' as leak from pg_attribute where attacl is not null and attrelid >= 16384`);
  const things = await list<{ leak: string }>(
    `select c.oid::regclass || ': a ' || case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table outside public' end as leak
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^(pg_|information_schema$)' and (c.relkind in ('v', 'm', 'f') or (c.relkind in ('r', 'p') and n.nspname <> 'public'))
     union all select 'rights by default for what is made later' from pg_default_acl
     union all select rulename || ': a rule' from pg_rules where schemaname = 'public'`,
  );
  return [...rights, ...columns, ...things].map(({ leak }) => leak);
}

describe('the catalogue', () => {
  it('gives the application rights on rows alone, nobody else any, and has nothing beside tables that a row could leave by', async () => {
    expect(await findLeaks()).toEqual([]);
  });

  const leaks: [string, string, RegExp][] = [
    ['TRUNCATE', 'grant truncate on users to lyss_app', /users: lyss_app may TRUNCATE/],
    ['a right for everybody', 'grant select on users to public', /users: everybody may SELECT/],
    ['a right that may be given on', 'grant select on users to lyss_app with grant option', /users: lyss_app may SELECT/],
    ['a right on a month', 'grant select on audit_entries_default to lyss_app', /audit_entries_default: lyss_app/],
    ['a right on a column', 'grant select (password_hash) on users to public', /users.password_hash/],
    ['a view', 'create view bad as select * from users', /bad: a view/],
    ['a copy', 'create materialized view bad as select * from users', /bad: a materialized view/],
    ['another room', 'create schema bad create table bad (id uuid)', /bad.bad: a table outside public/],
    ['rights for what comes', 'alter default privileges grant select on tables to public', /by default/],
    ['a rule', 'create rule bad as on insert to users do also delete from users', /bad: a rule/],
  ];

  it.each(leaks)('finds %s', async (_name, statement, leak) => {
    await client.query('begin');
    await client.query(statement);
    const found = await findLeaks();
    await client.query('rollback');
    expect(found.join('\n')).toMatch(leak);
  });

  it('has a whole wall around every table of tenants', async () => {
    const tables = await listTables();
    expect(tables.filter(({ has_tenant }) => has_tenant).length).toBeGreaterThanOrEqual(12);
    expect(await findGaps()).toEqual([]);
    for (const name of platformTables) expect(tables.map((table) => table.name)).toContain(name);
  });

  const planted: [string, string, RegExp][] = [
    ['a table nobody thought about', `create table bad (id uuid primary key)`, /not on the list/],
    ['a table without security', `create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id))`, /not enabled and forced/],
    ['security that its owner passes by', `alter table users no force row level security`, /users: row-level security/],
    ['a wall without WITH CHECK', `drop policy tenant_wall on users; create policy tenant_wall on users to lyss_app using (${WALL})`, /users: no wall/],
    ['a wall for reads alone', `drop policy tenant_wall on users; create policy tenant_wall on users for select to lyss_app using (${WALL})`, /users: no wall/],
    ['a second policy', `create policy also on users to lyss_app using (true)`, /policy also opens/],
    ['a policy for everybody', `create policy everybody on users for select using (true)`, /policy everybody opens/],
    ['a plain foreign key', `alter table messages add constraint plain foreign key (conversation_id) references conversations (id)`, /foreign key plain reaches/],
    ['no index by tenant', `alter table reply_events drop constraint reply_events_pkey`, /reply_events: no index/],
    ['a tenant that may be null', `create table bad (tenant_id uuid, id uuid, unique (tenant_id, id))`, /bad: tenant_id may be null/],
  ];

  it.each(planted)('finds %s', async (_name, statement, gap) => {
    await client.query('begin');
    await client.query(statement);
    const gaps = await findGaps();
    await client.query('rollback');
    expect(gaps.join('\n')).toMatch(gap);
  });
});

describe('the application’s role', () => {
  it('owns nothing, is nobody special and belongs to nobody', async () => {
    const [role] = await list(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit from pg_roles where rolname = $1`, [APP_ROLE]);
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false });
    expect(await list(`select relname from pg_class where relowner = $1::regrole`, [APP_ROLE])).toEqual([]);
    expect(await list(`select proname from pg_proc where proowner = $1::regrole`, [APP_ROLE])).toEqual([]);
    expect(await list(`select 1 from pg_auth_members where member = $1::regrole`, [APP_ROLE])).toEqual([]);
    expect(await list(`select datname from pg_database where datdba = $1::regrole`, [APP_ROLE])).toEqual([]);
  });

  it('can make no table, no role, and read no function’s or key’s source of power', async () => {
    const app = new Client({ connectionString: database.app_url });
    await app.connect();
    const denied = [
      'create table mine (id int)',
      'create role other',
      'alter table users disable row level security',
      'drop policy tenant_wall on users',
      'set role lyss_owner',
      'set session authorization lyss_owner',
      'truncate users',
      'drop table users',
      'delete from tenants',
      'delete from audit_entries',
      'update audit_entries set action = action',
      'update usage_records set model = model',
      'delete from platform_audit_entries',
      'update platform_audit_entries set action = action',
      'delete from audit_seals',
      'update audit_seals set hash = digest',
      'insert into audit_starts select tenant_id, seq, hash from audit_seals',
      'update platform_audit_seals set hash = digest',
      'select * from audit_entries_default',
      'insert into audit_entries_default select * from audit_entries',
      'delete from platform_keys',
      'update platform_facts set value = value',
      'select * from kysely_migration',
      'select pg_read_file($$/etc/passwd$$)',
      `copy users to program 'true'`,
    ];
    for (const statement of denied) await expect(app.query(statement), statement).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|42P01|0A000)$/) });
    await app.end();
  });
});

describe('doors through the wall', () => {
  it('are few, pinned to their search path, and not for everybody', async () => {
    const doors = await list<{ name: string; definer: boolean; config: string[] | null; open: boolean; ours: boolean }>(
      `select proname as name, prosecdef as definer, proconfig as config, has_function_privilege('public', oid, 'execute') as open, has_function_privilege($1, oid, 'execute') as ours
       from pg_proc where pronamespace = 'public'::regnamespace and (prosecdef or not proname = any ($2)) order by 1`,
      [APP_ROLE, ownFunctions],
    );
    expect(doors.map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "count_workspaces",
        "drop_empty_audit_partitions",
        "end_looks",
        "ensure_audit_partition",
        "ensure_usage_partition",
        "erase_tenant",
        "erase_tenant_rows",
        "find_actor",
        "find_api_key",
        "find_factor_challenge",
        "find_passkey",
        "find_refresh_token",
        "find_sign_in",
        "find_sso_attempt",
        "find_sso_domain",
        "find_user_token",
        "holds_last_operator",
        "list_calls_to_end",
        "list_exports_to_run",
        "list_finished_replies",
        "list_imports_to_run",
        "list_live_api_keys",
        "list_live_sessions",
        "list_plan_use",
        "list_running_replies",
        "list_sign_in_domains",
        "list_tenant_activity",
        "list_tenant_figures",
        "list_tenant_order",
        "list_tenants_to_seal",
        "list_tenants_to_tidy",
        "list_tenants_with_ended_keys",
        "list_tenants_with_expired_exports",
        "list_tenants_with_expired_imports",
        "list_tenants_with_old_challenges",
        "list_tenants_with_old_pots",
        "remove_audit_before",
        "shorten_idle",
        "shorten_session",
        "stored_bytes",
        "take_api_key",
        "take_seat",
        "take_storage",
        "tell_change",
      ]
    `);
    for (const { name, definer, config, open, ours } of doors) {
      expect([definer, open, ours], name).toEqual([true, false, true]);
      expect(config, name).toEqual(['search_path=pg_catalog, public, pg_temp']);
    }
  });

  it('are none where a function works with its caller’s own rights, pinned all the same', async () => {
    const own = await list<{ name: string; definer: boolean; config: string[] | null; open: boolean; ours: boolean }>(
      `select proname as name, prosecdef as definer, proconfig as config, has_function_privilege('public', oid, 'execute') as open, has_function_privilege($1, oid, 'execute') as ours
       from pg_proc where pronamespace = 'public'::regnamespace and proname = any ($2) order by 1`,
      [APP_ROLE, ownFunctions],
    );
    expect(own.map(({ name }) => name)).toEqual(ownFunctions);
    for (const { name, ...rest } of own) expect(rest, name).toEqual({ definer: false, config: ['search_path=pg_catalog, public, pg_temp'], open: false, ours: true });
  });

  it('look at our tables, not at a temporary one that stands in for them', async () => {
    const app = new Client({ connectionString: database.app_url });
    await app.connect();
    await app.query(`create temporary table tenants (id uuid, workspace text, name text, state text)`);
    await app.query(`create temporary table users (tenant_id uuid, id uuid, email text, password_hash text, status text)`);
    await app.query(`insert into pg_temp.tenants values ($1, 'forged', 'Forged', 'active')`, [crypto.randomUUID()]);
    await app.query(`insert into pg_temp.users select id, id, 'forged@example.com', 'hash', 'active' from pg_temp.tenants`);
    await app.query('grant select on pg_temp.tenants, pg_temp.users to public');
    expect((await app.query(`select * from find_sign_in('forged@example.com', null)`)).rows).toEqual([]);
    await app.end();
  });
});
