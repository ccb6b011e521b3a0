import { sql } from 'kysely';
import type { TenantDb } from '../../db/tenancy.ts';
import type { ArchivedTable } from './tables/table.ts';
import type { TenantSettings } from './tables/tables.ts';

const AT_MOST = 200;
const PART_BYTES = 2 * 1024 * 1024;

export type ArchivedRow = Record<string, unknown> & { id: string };

/** The next rows by id, of those that were there at `until`: as many as make a part, one at least where there is one. */
export async function listRows(db: TenantDb, table: ArchivedTable, { after, until }: { after: string | null; until: string }): Promise<ArchivedRow[]> {
  const columns = sql.join(Object.keys(table.row.shape).map((name) => sql.ref(name)));
  const beyond = after === null ? sql`` : sql`and id > ${after}`;
  const next = sql`select ${columns} from ${sql.table(table.name)} where ${sql.ref(table.born)} <= ${until}::timestamptz ${beyond} order by id limit ${AT_MOST}`;
  // Sizes are summed up by the database: what is too much for one part is never sent.
  const sized = sql`select t.*, coalesce(sum(octet_length(t::text)) over (order by t.id rows between unbounded preceding and 1 preceding), 0) as bytes_before from (${next}) t`;
  const { rows } = await sql<ArchivedRow>`select ${columns} from (${sized}) s where s.bytes_before < ${PART_BYTES} order by id`.execute(db);
  return rows;
}

export async function countRows(db: TenantDb, table: ArchivedTable, until: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table.name)} where ${sql.ref(table.born)} <= ${until}::timestamptz`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

export async function countSeals(db: TenantDb): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from audit_seals`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

// Any number that no other lock of ours has; the tenant's own stands beside it.
const IMPORTING = 7_267_713;

/** Says to this transaction's end that it brings rows of this tenant alone, however long it takes. */
export async function lockImporting(db: TenantDb): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${IMPORTING}, hashtext(${db.tenant_id}))`.execute(db);
}

/**
 * Whether a transaction that began by `at` may still bring rows of this tenant that are as old: any of the application's
 * but those that say they import another's.
 */
export async function isOlderTransactionOpen(db: TenantDb, at: string): Promise<boolean> {
  const others = sql`select 1 from pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.objsubid = 2 and l.classid = ${IMPORTING} and l.granted
    and l.objid <> (hashtext(${db.tenant_id})::bigint & 4294967295)::oid`;
  const { rows } = await sql`
    select 1 from pg_stat_activity a where a.datname = current_database() and a.usename = current_user and a.pid <> pg_backend_pid()
      and a.xact_start <= ${at}::timestamptz + interval '1 millisecond' and not exists (${others}) limit 1`.execute(db);
  return rows.length > 0;
}

export function getTenant(db: TenantDb): Promise<TenantSettings & { id: string; workspace: string }> {
  return db.selectFrom('tenants').select(['id', 'workspace', 'name', 'locale', 'currency', 'time_zone', 'audit_retention_days', 'require_second_factor', 'password_min_length', 'password_blocked_words', 'session_idle_minutes', 'session_absolute_minutes', 'conversation_retention_days', 'session_retention_days']).where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
}

/** Where the tenant's chain of audit entries begins, after what retention removed, and its link at `until`. */
export async function readChain(db: TenantDb, until: number): Promise<{ begins_after: number; head: { seq: number; hash: string } | null }> {
  const start = await sql<{ seq: string }>`select seq from audit_starts`.execute(db);
  const last = await sql<{ seq: string; hash: Buffer }>`select seq, hash from audit_seals where seq = ${until}`.execute(db);
  const head = last.rows[0];
  return { begins_after: Number(start.rows[0]?.seq ?? 0), head: head ? { seq: Number(head.seq), hash: head.hash.toString('hex') } : null };
}
