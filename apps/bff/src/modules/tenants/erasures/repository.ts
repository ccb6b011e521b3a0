import type { TenantDeletion } from '@lyss/api-types';
import { sql } from 'kysely';
import type { PlatformDb, Tenancy, TenantDb } from '../../../db/tenancy.ts';

const LEASE = sql<string>`now() + interval '15 seconds'`;
const columns = ['id', 'previous_state', 'asked_by', 'reason', 'asked_at', 'due_at', 'begun_at', 'key_ids', 'removed', 'rows_removed'] as const;

export interface Erasure {
  id: string;
  previous_state: 'active' | 'suspended';
  asked_by: string | null;
  reason: string;
  asked_at: string;
  due_at: string;
  begun_at: string | null;
  key_ids: string[];
  /** Rows by table, so far. */
  removed: Record<string, number>;
  rows_removed: number;
}
type ErasureRow = Omit<Erasure, 'rows_removed' | 'removed' | 'previous_state'> & { rows_removed: string; removed: unknown; previous_state: string };
// Written by this file alone, and checked by the table.
const describe = (row: ErasureRow) => ({ ...row, rows_removed: Number(row.rows_removed) }) as Erasure;

export async function insertErasure(db: PlatformDb, erasure: Pick<Erasure, 'id' | 'previous_state' | 'asked_by' | 'reason'>, days: number): Promise<void> {
  await db.insertInto('tenant_erasures').values({ ...erasure, due_at: sql<string>`now() + make_interval(days => ${days})` }).execute();
}

/** Locked to the transaction's end: taking back and beginning wait for one another. */
export async function lockErasure(db: PlatformDb, id: string): Promise<Erasure | null> {
  const row = await db.selectFrom('tenant_erasures').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? describe(row) : null;
}

export async function deleteErasure(db: PlatformDb, id: string): Promise<void> {
  await db.deleteFrom('tenant_erasures').where('id', '=', id).execute();
}

export async function listDeletions(db: PlatformDb, ids: string[]): Promise<Map<string, TenantDeletion>> {
  const rows = ids.length === 0 ? [] : await db.selectFrom('tenant_erasures').select(columns).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, asked_at, due_at, reason, begun_at, rows_removed }) => [id, { asked_at, due_at, reason, is_begun: begun_at !== null, rows_removed: Number(rows_removed) }]));
}

export async function holdsLastOperator(tenancy: Tenancy, tenant_id: string): Promise<boolean> {
  const [row] = await tenancy.lookUp<{ holds: boolean }>('select holds_last_operator($1) as holds', [tenant_id]);
  return row?.holds ?? true;
}

/** Tenants whose day has come and that nobody erases now. */
export async function listDue(db: PlatformDb): Promise<string[]> {
  const rows = await db
    .selectFrom('tenant_erasures')
    .select('id')
    .where('due_at', '<=', sql<string>`now()`)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<', sql<string>`now()`)]))
    .orderBy('due_at')
    .limit(20)
    .execute();
  return rows.map(({ id }) => id);
}

/** Takes the lease; null where somebody else holds it, or it was taken back meanwhile. */
export async function claimErasure(db: PlatformDb, id: string, owner: string): Promise<Erasure | null> {
  const row = await db
    .updateTable('tenant_erasures')
    .set({ lease_owner: owner, lease_until: LEASE })
    .where('id', '=', id)
    .where('due_at', '<=', sql<string>`now()`)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<', sql<string>`now()`)]))
    .returning(columns)
    .executeTakeFirst();
  return row ? describe(row) : null;
}

/** Whether the lease is still ours; renewed, and locked to the transaction's end. */
export async function renewLease(db: PlatformDb, id: string, owner: string): Promise<Erasure | null> {
  const row = await db.updateTable('tenant_erasures').set({ lease_until: LEASE }).where('id', '=', id).where('lease_owner', '=', owner).returning(columns).executeTakeFirst();
  return row ? describe(row) : null;
}

export async function releaseErasure(db: PlatformDb, id: string, owner: string): Promise<void> {
  await db.updateTable('tenant_erasures').set({ lease_until: null }).where('id', '=', id).where('lease_owner', '=', owner).execute();
}

/** From here on it can't be taken back, and the database lets its rows be erased. */
export async function markBegun(db: PlatformDb, id: string, key_ids: string[]): Promise<void> {
  await db.updateTable('tenant_erasures').set({ begun_at: sql`now()`, key_ids }).where('id', '=', id).execute();
}

export async function noteRemoved(db: PlatformDb, id: string, table: string, count: number): Promise<void> {
  await db
    .updateTable('tenant_erasures')
    .set({ rows_removed: sql`rows_removed + ${count}`, removed: sql`removed || jsonb_build_object(${table}::text, coalesce((removed ->> ${table})::bigint, 0) + ${count})` })
    .where('id', '=', id)
    .execute();
}

export async function listKeyIds(db: TenantDb): Promise<string[]> {
  return (await db.selectFrom('data_keys').select('id').orderBy('id').execute()).map(({ id }) => id);
}

/** Removes at most so many of the tenant's rows of one table, newest first; the owner does it, and looks whether it may. */
export async function eraseRows(db: TenantDb, table: string, at_most: number): Promise<number> {
  const { rows } = await sql<{ removed: string }>`select erase_tenant_rows(${table}, ${at_most}) as removed`.execute(db);
  return Number(rows[0]?.removed ?? 0);
}

export async function eraseTenant(db: TenantDb): Promise<void> {
  await sql`select erase_tenant()`.execute(db);
}

/** Every replica drops the tenant's keys from its memory. */
export async function tellErased(db: TenantDb): Promise<void> {
  await sql`select pg_notify('lyss', ${`erased:${db.tenant_id}`})`.execute(db);
}

/** Every table of tenants, as the catalogue has it now, with those that it points to. */
export async function listTenantTables(db: TenantDb): Promise<{ name: string; points_to: string[] }[]> {
  const { rows } = await sql<{ name: string; points_to: string[] }>`
    select c.relname::text as name, array(select distinct t.relname::text from pg_constraint k join pg_class t on t.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and t.oid <> c.oid and t.relname <> 'tenants') as points_to
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(db);
  return rows;
}
