import { rolePermissions, systemRoles, tenantFigures, type OperatorTenant, type OwnTenant, type PlanUse, type Tenant, type TenantFigure, type TenantsQuery } from '@lyss/api-types';
import { sql } from 'kysely';
import { isUniqueViolation } from '../../db/database.ts';
import { escapeLike, listPage } from '../../db/list.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { describeFound, describeRow, storeParts, type GivenParts, type TenantRow } from './tenant-row.ts';

const policyColumns = ['password_min_length', 'password_blocked_words', 'session_idle_minutes', 'session_absolute_minutes', 'conversation_retention_days', 'session_retention_days'] as const;
const columns = ['id', 'name', 'workspace', 'state', 'locale', 'currency', 'time_zone', 'audit_retention_days', 'require_second_factor', 'seat_limit', 'api_key_limit', 'storage_limit', 'request_limit', ...policyColumns, 'created_at', 'updated_at', 'version'] as const;
const SETUP_DONE = 'setup_completed';

export type { TenantRow } from './tenant-row.ts';

const isFigure = (name: string): name is TenantFigure => tenantFigures.some((figure) => figure === name);

/** The tenants, with a figure of each as a column like any other: by it and the id its pages follow one another. */
function withFigure(db: PlatformDb, figure: TenantFigure, since: Date): PlatformDb {
  const figures = sql<{ tenant_id: string } & Record<TenantFigure, string>>`list_tenant_order(${since})`.as('figures');
  // Whatever stands in `tenants`, and one column more.
  return db.with('tenants', (inner) => inner.selectFrom('tenants as t').innerJoin(figures, 'figures.tenant_id', 't.id').selectAll('t').select(`figures.${figure}`)) as unknown as PlatformDb;
}

function withoutFigures<R extends object>(found: R & Partial<Record<TenantFigure, unknown>>) {
  const { users_count: _users, requests: _requests, tokens: _tokens, cost: _cost, last_active_at: _last, ...row } = found;
  return row;
}

/** `since`: when the month began whose figures it may be sorted by. */
export async function listTenants(db: PlatformDb, query: TenantsQuery, since: Date) {
  const { sort_by } = query;
  let tenants = (isFigure(sort_by) ? withFigure(db, sort_by, since) : db).selectFrom('tenants').select(columns);
  if (isFigure(sort_by)) tenants = tenants.select(sql.ref(sort_by).as(sort_by));
  if (query.state) tenants = tenants.where('state', '=', query.state);
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    tenants = tenants.where((or) => or.or([or('name', 'ilike', like), or('workspace', 'ilike', like)]));
  }
  const { items, pagination } = await listPage(tenants, query);
  return { items: items.map((item) => describeRow(withoutFigures(item))), pagination };
}

export async function findTenant(db: PlatformDb | TenantDb, id: string): Promise<TenantRow | undefined> {
  return describeFound(await db.selectFrom('tenants').select(columns).where('id', '=', id).executeTakeFirst());
}

/** As findTenant, and nobody else changes it before the transaction ends. Its id stays: whoever writes rows of its, as an import does for long, goes on. */
export async function lockTenant(db: PlatformDb | TenantDb, id: string): Promise<TenantRow | undefined> {
  return describeFound(await db.selectFrom('tenants').select(columns).where('id', '=', id).forNoKeyUpdate().executeTakeFirst());
}

/** Throws 3005 where the workspace name is taken. */
export async function insertTenant(db: PlatformDb, { limits, ...tenant }: Pick<Tenant, 'id' | 'name' | 'workspace' | 'locale' | 'currency' | 'time_zone'> & Pick<GivenParts, 'limits'>): Promise<TenantRow> {
  try {
    return describeRow(await db.insertInto('tenants').values({ ...tenant, ...storeParts({ limits }) }).returning(columns).executeTakeFirstOrThrow());
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'workspace_taken', workspace: tenant.workspace }, cause: error });
    throw error;
  }
}

export type TenantChange = Partial<Pick<Tenant, 'name' | 'state' | 'locale' | 'currency' | 'time_zone' | 'audit_retention_days' | 'require_second_factor'>> & GivenParts;

/** Changes a tenant; undefined where `version` is given and stale. */
export async function updateTenant(db: PlatformDb | TenantDb, id: string, version: number | null, { limits, password_policy, session_policy, retention, ...change }: TenantChange): Promise<TenantRow | undefined> {
  const updated = await db
    .updateTable('tenants')
    .set((set) => ({ ...change, ...storeParts({ limits, password_policy, session_policy, retention }), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', id)
    .$if(version !== null, (query) => query.where('version', '=', version))
    .returning(columns)
    .executeTakeFirst();
  return describeFound(updated);
}

export async function findRequestLimit(db: TenantDb): Promise<number | null> {
  const row = await db.selectFrom('tenants').select('request_limit').where('id', '=', db.tenant_id).executeTakeFirst();
  return row?.request_limit ?? null;
}

// Whoever may do more than a member, as standing.ts has it.
const adminRoles = systemRoles.filter((role) => rolePermissions[role].some((permission) => !rolePermissions.end_user.includes(permission)));

/** Active people who have no second factor; of them, those who may do more than a member. */
export async function countWithoutSecondFactor(db: TenantDb): Promise<OwnTenant['without_second_factor']> {
  const { rows } = await sql<Record<'everyone' | 'admins', string>>`
    select count(*) as everyone, count(*) filter (where u.roles && ${adminRoles}::text[] or exists (
        select 1 from user_roles h join roles r on r.tenant_id = h.tenant_id and r.id = h.role_id where h.tenant_id = u.tenant_id and h.user_id = u.id and not r.permissions <@ ${rolePermissions.end_user}::text[])) as admins
    from users u where u.status = 'active'
      and not exists (select 1 from totp_factors f where f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null)
      and not exists (select 1 from passkeys f where f.tenant_id = u.tenant_id and f.user_id = u.id)`.execute(db);
  return { everyone: Number(rows[0]?.everyone ?? 0), admins: Number(rows[0]?.admins ?? 0) };
}

export async function listUse(tenancy: Tenancy, ids: string[]): Promise<Map<string, PlanUse>> {
  const rows = await tenancy.lookUp<{ tenant_id: string; seats: string; api_keys: string; storage_bytes: string }>('select * from list_plan_use($1)', [ids]);
  return new Map(rows.map(({ tenant_id, seats, api_keys, storage_bytes }) => [tenant_id, { seats: Number(seats), api_keys: Number(api_keys), storage_bytes: Number(storage_bytes) }]));
}

export async function listLastActive(tenancy: Tenancy, ids: string[]): Promise<Map<string, string | null>> {
  const rows = await tenancy.lookUp<{ tenant_id: string; last_active_at: string | null }>('select tenant_id, last_active_at from list_tenant_figures($1)', [ids]);
  return new Map(rows.map(({ tenant_id, last_active_at }) => [tenant_id, last_active_at]));
}

export interface Activity {
  suppliers: OperatorTenant['suppliers'];
  requests: number;
  input_tokens: number;
  output_tokens: number;
  costs: { currency: string; nano: string }[];
}
type ActivityRow = Record<'tenant_id' | 'healthy' | 'failing' | 'untested' | 'requests' | 'input_tokens' | 'output_tokens', string> & Pick<Activity, 'costs'>;

/** How each tenant's suppliers do, and what it used since then. */
export async function listActivity(tenancy: Tenancy, ids: string[], since: Date): Promise<Map<string, Activity>> {
  const rows = await tenancy.lookUp<ActivityRow>('select * from list_tenant_activity($1, $2)', [ids, since]);
  return new Map(rows.map(({ tenant_id, healthy, failing, untested, requests, input_tokens, output_tokens, costs }) => {
    const suppliers = { healthy: Number(healthy), failing: Number(failing), untested: Number(untested) };
    return [tenant_id, { suppliers, requests: Number(requests), input_tokens: Number(input_tokens), output_tokens: Number(output_tokens), costs }];
  }));
}

export async function isSetupDone(tenancy: Tenancy): Promise<boolean> {
  const rows = await tenancy.lookUp('select 1 from platform_facts where name = $1', [SETUP_DONE]);
  return rows.length > 0;
}

export async function isSetupTokenUsable(tenancy: Tenancy, token_hash: Buffer): Promise<boolean> {
  const rows = await tenancy.lookUp('select 1 from setup_tokens where token_hash = $1 and used_at is null and expires_at > now()', [token_hash]);
  return rows.length > 0;
}

/** Only one transaction ever gets true. */
export async function claimSetup(db: PlatformDb): Promise<boolean> {
  const row = { name: SETUP_DONE, value: new Date().toISOString() };
  const claimed = await db.insertInto('platform_facts').values(row).onConflict((on) => on.doNothing()).returning('name').executeTakeFirst();
  return claimed !== undefined;
}

export async function consumeSetupToken(db: PlatformDb, token_hash: Buffer): Promise<boolean> {
  const used = await db
    .updateTable('setup_tokens')
    .set({ used_at: sql`now()` })
    .where('token_hash', '=', token_hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returning('token_hash')
    .executeTakeFirst();
  return used !== undefined;
}

/** A new link at each start ends the older ones. */
export async function replaceSetupToken(db: PlatformDb, token_hash: Buffer, expires_at: Date): Promise<void> {
  await db.updateTable('setup_tokens').set({ used_at: sql`now()` }).where('used_at', 'is', null).execute();
  await db.insertInto('setup_tokens').values({ token_hash, expires_at }).execute();
}

/** The first person of the first tenant, active at once: the set-up link was the proof. */
export async function insertFirstUser(
  db: TenantDb,
  user: { id: string; email: string; name: string; locale: 'zh-CN' | 'en-US'; password_hash: string },
): Promise<void> {
  await db
    .insertInto('users')
    .values({ tenant_id: db.tenant_id, ...user, roles: ['super_admin', 'tenant_admin'], status: 'active' })
    .execute();
}
