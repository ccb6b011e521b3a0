import type { Price } from '@lyss/api-types';
import { sql } from 'kysely';
import type { PlatformDb, Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { Call, End, Grant, Refusal } from '../../spending.ts';

// bigint has no JSON of its own; as text PostgreSQL reads it exactly.
const write = (rows: readonly object[]) => JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

interface Verdict {
  place: number;
  granted_nano: string;
  is_bound: boolean;
  reason: Refusal['reason'] | null;
  budget_id: string;
  limit_nano: string;
  spent_nano: string;
  reserved_nano: string;
  period_end: string | null;
}

/** Admits calls in turn, in one transaction that has been committed when this answers. */
export async function admitCalls(tenancy: Tenancy, tenant_id: string, calls: readonly Call[], lease_ms: number): Promise<(Grant | Refusal)[]> {
  const asked = write(calls.map((call, place) => ({ ...call, place, lease_ms })));
  const verdicts = await tenancy.inOneTrip<Verdict>(tenant_id, 'select * from admit_calls($1, $2)', [asked]);
  const answers = new Map(verdicts.map((verdict) => [verdict.place, verdict]));
  return calls.map((_, place) => {
    const verdict = answers.get(place);
    if (!verdict) throw new Error('a call was neither let in nor refused');
    if (verdict.reason === null) return { granted_nano: BigInt(verdict.granted_nano), is_bound: verdict.is_bound };
    const { reason, budget_id, limit_nano, spent_nano, reserved_nano, period_end } = verdict;
    return { reason, budget_id, limit_nano: BigInt(limit_nano), spent_nano: BigInt(spent_nano), reserved_nano: BigInt(reserved_nano), period_end };
  });
}

/** Ends calls in one transaction; those that were still open. With `expired_only`, of these alone whose lease has run out. */
export async function settleCalls(tenancy: Tenancy, tenant_id: string, ends: readonly End[], expired_only = false): Promise<Set<string>> {
  const rows = await tenancy.inOneTrip<{ id: string }>(tenant_id, 'select id from settle_calls($1, $2, $3)', [write(ends), expired_only]);
  return new Set(rows.map(({ id }) => id));
}

/** Ends one call with what else its end changes, all or nothing: what it was charged, or null where it had ended before. */
export async function settleWithin(db: TenantDb, end: End): Promise<{ cost_nano: bigint | null } | null> {
  const { rows } = await sql<{ cost_nano: string | null }>`select cost_nano from settle_calls(${db.tenant_id}::uuid, ${write([end])}::jsonb, false)`.execute(db);
  return rows[0] ? { cost_nano: rows[0].cost_nano === null ? null : BigInt(rows[0].cost_nano) } : null;
}

export interface Checkpoint {
  id: string;
  output_tokens: number;
}

/** Says how far streams are and renews their leases; those of them that are still open. */
export async function checkpointCalls(tenancy: Tenancy, tenant_id: string, points: readonly Checkpoint[], lease_ms: number): Promise<Set<string>> {
  const values = [points.map(({ id }) => id), points.map(({ output_tokens }) => output_tokens), lease_ms];
  const rows = await tenancy.inOneTrip<{ checkpoint_calls: string }>(tenant_id, 'select * from checkpoint_calls($1, $2, $3, $4)', values);
  return new Set(rows.map(({ checkpoint_calls }) => checkpoint_calls));
}

/** Gives calls back that were never made; those that were still open. */
export async function releaseCalls(tenancy: Tenancy, tenant_id: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tenancy.inOneTrip<{ release_calls: string }>(tenant_id, 'select * from release_calls($1, $2)', [ids]);
  return new Set(rows.map(({ release_calls }) => release_calls));
}

/** Renews leases; the calls of them that are still open. */
export async function renewLeases(tenancy: Tenancy, tenant_id: string, ids: readonly string[], lease_ms: number): Promise<Set<string>> {
  const rows = await tenancy.inOneTrip<{ renew_leases: string }>(tenant_id, 'select * from renew_leases($1, $2, $3)', [ids, lease_ms]);
  return new Set(rows.map(({ renew_leases }) => renew_leases));
}

/** A call that nobody ends any more, with how far it was. */
export interface LeftCall {
  tenant_id: string;
  id: string;
  instance_id: string;
  /** False of a reply that was let in and never saved: its supplier was never asked. */
  was_sent: boolean;
  has_begun: boolean;
  input_tokens: string;
  output_tokens: string;
  price: Price | null;
  supplier: string;
  supplier_model: string;
  credential_id: string | null;
  route: string | null;
  lasted_ms: number;
  lease_ends_at: string;
}

/** Calls across tenants whose lease has run out, and all of `ending`, an instance that ends. */
export function listCallsToEnd(tenancy: Tenancy, ending: string | null, at_most: number): Promise<LeftCall[]> {
  return tenancy.lookUp('select * from list_calls_to_end($1, $2)', [ending, at_most]);
}

/** A pot whose figures are not what its records and the calls that run add up to; all in nano-units. */
export interface Difference {
  pot_id: string;
  budget_id: string;
  period_start: string;
  spent_nano: string;
  /** What its usage records add up to. */
  recorded_nano: string;
  reserved_nano: string;
  /** What the calls that run add up to. */
  held_nano: string;
}

/** Compares every pot whose period ended after `since`, or goes on: one statement, and so one moment. */
export async function listDifferences(db: TenantDb, since: Date): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with judged as (select * from budget_pots where period_end is null or period_end > ${since}),
    recorded as (select pot, sum(u.cost_nano) as nano from usage_records u, unnest(u.pots) pot where u.created_at >= (select min(created_at) from judged) group by pot),
    held as (select pot, sum(r.amount_nano) as nano from reservations r, unnest(r.pots) pot group by pot)
    select p.id as pot_id, p.budget_id, p.period_start, p.spent_nano, coalesce(recorded.nano, 0)::text as recorded_nano, p.reserved_nano, coalesce(held.nano, 0)::text as held_nano
    from judged p left join recorded on recorded.pot = p.id left join held on held.pot = p.id
    where p.spent_nano <> coalesce(recorded.nano, 0) or p.reserved_nano <> coalesce(held.nano, 0) order by p.id`.execute(db);
  return rows;
}

export function listTenants(db: PlatformDb): Promise<{ id: string; workspace: string }[]> {
  return db.selectFrom('tenants').select(['id', 'workspace']).orderBy('workspace').execute();
}

/** Whether the platform's trail tells of this tenant's differences since then. */
export async function isDifferenceTold(db: PlatformDb, action: string, tenant_id: string, since: Date): Promise<boolean> {
  const found = await db.selectFrom('platform_audit_entries').select('id').where('action', '=', action).where('resource_id', '=', tenant_id).where('at', '>', since.toISOString()).limit(1).executeTakeFirst();
  return found !== undefined;
}

/** Makes this month's and the next one's partition of the records, where nobody has yet. */
export async function ensureUsagePartitions(tenancy: Tenancy): Promise<void> {
  for (const ahead of ['0 months', '1 month']) await tenancy.lookUp('select ensure_usage_partition(now() + $1::interval)', [ahead]);
}

export async function listTenantsWithOldPots(tenancy: Tenancy, before: Date): Promise<string[]> {
  const rows = await tenancy.lookUp<{ tenant_id: string }>('select * from list_tenants_with_old_pots($1)', [before]);
  return rows.map(({ tenant_id }) => tenant_id);
}

/** Removes pots whose period ended before, with what was told of them. Returns how many. */
export async function removePots(db: TenantDb, before: Date, at_most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with old as (select id from budget_pots where period_end < ${before} and reserved_nano = 0 order by id limit ${at_most}),
    told as (delete from budget_alerts a using old where a.pot_id = old.id)
    delete from budget_pots p using old where p.id = old.id returning p.id`.execute(db);
  return rows.length;
}
