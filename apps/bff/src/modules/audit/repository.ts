import type { AuditEntry, AuditExportInput, AuditQuery } from '@lyss/api-types';
import { sql, type SelectQueryBuilder } from 'kysely';
import { escapeLike, listPage } from '../../db/list.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { Seal, SealedEntry } from './chain.ts';
import type { ExportedEntry } from './format-line.ts';

/** A tenant's trail, or the platform's: the same shape in two pairs of tables. */
export type TrailDb = TenantDb | PlatformDb;

const LONGEST_WAIT = sql`interval '2 minutes'`;

const tenantOf = (db: TrailDb): string | null => ('tenant_id' in db ? db.tenant_id : null);
const entriesOf = (db: TrailDb) => sql.table(tenantOf(db) ? 'audit_entries' : 'platform_audit_entries');
const sealsOf = (db: TrailDb) => sql.table(tenantOf(db) ? 'audit_seals' : 'platform_audit_seals');

type EntryRow = Omit<SealedEntry, 'tenant_id' | 'outcome' | 'details'> & Pick<AuditEntry, 'outcome' | 'details'>;
interface SealRow {
  seq: string;
  entry_id: string;
  entry_at: string;
  hash: Buffer;
}

function selectEntries(db: TrailDb) {
  return db
    .selectFrom(sql<EntryRow>`${entriesOf(db)}`.as('e'))
    .leftJoin(sql<SealRow>`${sealsOf(db)}`.as('s'), (join) => join.onRef('s.entry_id', '=', 'e.id').onRef('s.entry_at', '=', 'e.at'))
    .select(['id', 'at', 'actor_user_id', 'actor_name', 'action', 'resource_type', 'resource_id', 'outcome', 'request_id', 'address', 'details', 's.seq', 's.hash']);
}
type EntriesQuery = ReturnType<typeof selectEntries>;
type FoundEntry = EntriesQuery extends SelectQueryBuilder<infer _DB, infer _TB, infer O> ? O : never;

function describe({ actor_user_id, actor_name, seq, hash, ...entry }: FoundEntry): AuditEntry {
  return {
    ...entry,
    actor: actor_user_id === null ? null : { user_id: actor_user_id, name: actor_name ?? '' },
    seal: seq === null || hash === null ? null : { seq: Number(seq), hash: hash.toString('hex') },
  };
}

export async function listEntries(db: TrailDb, query: AuditQuery) {
  const { items, pagination } = await listPage(narrow(selectEntries(db), query), query);
  return { items: items.map(describe), pagination };
}

export async function findEntry(db: TrailDb, id: string): Promise<AuditEntry | null> {
  const row = await selectEntries(db).where('id', '=', id).executeTakeFirst();
  return row ? describe(row) : null;
}

type Filters = Omit<AuditExportInput, 'format'>;

function narrow(entries: EntriesQuery, query: Filters): EntriesQuery {
  let narrowed = entries;
  if (query.from) narrowed = narrowed.where('at', '>=', query.from);
  if (query.to) narrowed = narrowed.where('at', '<', query.to);
  if (query.actor_user_id) narrowed = narrowed.where('actor_user_id', '=', query.actor_user_id);
  if (query.action?.includes('.')) narrowed = narrowed.where('action', '=', query.action);
  else if (query.action) narrowed = narrowed.where('action', 'like', `${escapeLike(query.action)}.%`);
  if (query.resource_type) narrowed = narrowed.where('resource_type', '=', query.resource_type);
  if (query.resource_id) narrowed = narrowed.where('resource_id', '=', query.resource_id);
  if (query.outcome) narrowed = narrowed.where('outcome', '=', query.outcome);
  if (query.request_id) narrowed = narrowed.where('request_id', '=', query.request_id);
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    const columns = ['action', 'actor_name', 'resource_id', 'request_id', 'address'] as const;
    narrowed = narrowed.where((or) => or.or(columns.map((column) => or(column, 'ilike', like))));
  }
  return narrowed;
}

/** Tenants with entries that no seal holds, looked for since `since`; null looks as far back as a stopped server may have left some. */
export async function listTenantsToSeal(tenancy: Tenancy, since: Date | null): Promise<string[]> {
  const rows = await tenancy.lookUp<{ tenant_id: string }>('select tenant_id from list_tenants_to_seal($1)', [since]);
  return rows.map(({ tenant_id }) => tenant_id);
}

/** One sealer at a time for a trail, whichever replica: until the transaction ends. False where another is at it. */
export async function lockTrail(db: TrailDb): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`audit:${tenantOf(db) ?? 'platform'}`}, 0)) as locked`.execute(db);
  return rows[0]?.locked ?? false;
}

export async function findLastSeal(db: TrailDb): Promise<Pick<Seal, 'seq' | 'hash'> | null> {
  const { rows } = await sql<SealRow>`select seq, hash from ${sealsOf(db)} order by seq desc limit 1`.execute(db);
  return rows[0] ? { seq: Number(rows[0].seq), hash: rows[0].hash } : null;
}

export async function findSealHash(db: TrailDb, seq: number): Promise<Buffer | null> {
  const { rows } = await sql<SealRow>`select hash from ${sealsOf(db)} where seq = ${seq}`.execute(db);
  return rows[0]?.hash ?? null;
}

/** Where retention left the chain's beginning: the last seal that it removed. The platform's trail keeps all. */
export async function findChainStart(db: TrailDb): Promise<Pick<Seal, 'seq' | 'hash'> | null> {
  if (!tenantOf(db)) return null;
  const { rows } = await sql<SealRow>`select seq, hash from audit_starts`.execute(db);
  return rows[0] ? { seq: Number(rows[0].seq), hash: rows[0].hash } : null;
}

/** In the order in which they are sealed. */
export async function listUnsealed(db: TrailDb, at_most: number): Promise<SealedEntry[]> {
  const { rows } = await sql<EntryRow>`
    select e.* from ${entriesOf(db)} e
    where e.at > coalesce((select s.entry_at - interval '15 minutes' from ${sealsOf(db)} s order by s.seq desc limit 1), '-infinity')
      and not exists (select 1 from ${sealsOf(db)} s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at, e.id limit ${at_most}`.execute(db);
  return rows.map((row) => ({ ...row, tenant_id: tenantOf(db) }));
}

export async function insertSeals(db: TrailDb, seals: (Seal & { entry: SealedEntry })[]): Promise<void> {
  const values = sql`unnest(${seals.map(({ seq }) => seq)}::bigint[], ${seals.map(({ entry }) => entry.at)}::timestamptz[], ${seals.map(({ entry }) => entry.id)}::uuid[], ${seals.map(({ digest }) => digest)}::bytea[], ${seals.map(({ hash }) => hash)}::bytea[])`;
  const tenant_id = tenantOf(db);
  if (tenant_id) await sql`insert into audit_seals (tenant_id, seq, entry_at, entry_id, digest, hash) select ${tenant_id}, * from ${values}`.execute(db);
  else await sql`insert into platform_audit_seals (seq, entry_at, entry_id, digest, hash) select * from ${values}`.execute(db);
}

/** A seal with the entry that it seals; null where the entry is gone. */
export interface SealedPair extends Seal {
  entry_id: string;
  entry_at: string;
  entry: SealedEntry | null;
}

type PairRow = EntryRow & { seq: string; digest: Buffer; hash: Buffer; entry_id: string; entry_at: string };

export async function listSealed(db: TrailDb, after_seq: number, at_most: number): Promise<SealedPair[]> {
  const { rows } = await sql<PairRow>`
    select s.seq, s.digest, s.hash, s.entry_id, s.entry_at, e.* from ${sealsOf(db)} s
    left join ${entriesOf(db)} e on e.at = s.entry_at and e.id = s.entry_id
    where s.seq > ${after_seq} order by s.seq limit ${at_most}`.execute(db);
  return rows.map(({ seq, digest, hash, entry_id, entry_at, ...entry }) => ({
    ...{ seq: Number(seq), digest, hash, entry_id, entry_at },
    entry: entry.id === null ? null : { ...entry, tenant_id: tenantOf(db) },
  }));
}

/** Entries that should have been sealed long ago. */
export async function listOverdue(db: TrailDb, at_most: number): Promise<{ id: string; at: string }[]> {
  const { rows } = await sql<{ id: string; at: string }>`
    select e.id, e.at from ${entriesOf(db)} e
    where e.at < now() - ${LONGEST_WAIT} and not exists (select 1 from ${sealsOf(db)} s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at limit ${at_most}`.execute(db);
  return rows;
}

/** Makes this month's partition and the next one's, where they are missing. */
export async function ensurePartitions(tenancy: Tenancy): Promise<void> {
  for (const ahead of ['0 months', '1 month']) await tenancy.lookUp(`select ensure_audit_partition(now() + $1::interval)`, [ahead]);
}

/** What the filters leave of the entries with seals beyond `after` up to `until`, in the chain's order. */
export async function listForExport(db: TrailDb, filters: Filters, { after, until }: { after: number; until: number }): Promise<ExportedEntry[]> {
  const sealed = sql<boolean>`s.seq > ${after} and s.seq <= ${until}`;
  const rows = await narrow(selectEntries(db), filters).where(sealed).orderBy('s.seq').execute();
  // An inner join by its filter: every row here has its seal.
  return rows.map(({ seq, hash, ...entry }) => ({ ...entry, tenant_id: tenantOf(db), seq: Number(seq), hash: hash?.toString('hex') ?? '' }));
}

/** Whether something of the last minutes before `at` waits for its seal. */
export async function isUnsealedBefore(db: TrailDb, at: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${entriesOf(db)} e
    where e.at <= ${at} and e.at > ${at}::timestamptz - ${LONGEST_WAIT} and not exists (select 1 from ${sealsOf(db)} s where s.entry_id = e.id) limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether the same refusal of the same person stands in the trail since a minute ago at most. */
export async function refusedLately(db: TenantDb, user_id: string, { action, resource_type, resource_id }: { action: string; resource_type: string; resource_id: string }): Promise<boolean> {
  const { rows } = await sql`
    select 1 from audit_entries e where e.resource_type = ${resource_type} and e.resource_id = ${resource_id} and e.actor_user_id = ${user_id}
      and e.action = ${action} and e.outcome = 'refused' and e.at > now() - interval '1 minute' limit 1`.execute(db);
  return rows.length > 0;
}

export async function listRetentions(db: PlatformDb): Promise<{ id: string; audit_retention_days: number }[]> {
  const rows = await db.selectFrom('tenants').select(['id', 'audit_retention_days']).where('audit_retention_days', 'is not', null).execute();
  return rows.flatMap(({ id, audit_retention_days }) => (audit_retention_days === null ? [] : [{ id, audit_retention_days }]));
}

/** From the chain's beginning, at most so many; returns how many went. */
export async function removeBefore(db: TenantDb, before: Date, at_most: number): Promise<number> {
  const { rows } = await sql<{ removed: string }>`select remove_audit_before(${before}, ${at_most}) as removed`.execute(db);
  return Number(rows[0]?.removed ?? 0);
}

/** Months that are over and that nobody has entries in any more. */
export async function dropEmptyPartitions(tenancy: Tenancy): Promise<void> {
  await tenancy.lookUp('select drop_empty_audit_partitions()', []);
}
