import type { FileExport } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../crypto/digest.ts';
import { listPage, type ListWindow } from '../db/list.ts';
import type { Tenancy, TenantDb } from '../db/tenancy.ts';
import type { ExportCursor, ExportOrder } from './maker.ts';

const LEASE = sql<string>`now() + interval '15 seconds'`;
const columns = ['id', 'kind', 'params', 'state', 'progress', 'rows', 'bytes', 'sha256', 'file_name', 'user_id', 'requested_by', 'failure', 'created_at', 'finished_at', 'expires_at'] as const;

type ExportRow = Omit<FileExport, 'requested_by' | 'bytes' | 'params'> & { user_id: string; requested_by: string; bytes: string; params: unknown };

function describeRow({ id, kind, params, state, progress, rows, bytes, sha256, file_name, user_id, requested_by, failure, created_at, finished_at, expires_at }: ExportRow): FileExport {
  const by = { user_id, name: requested_by };
  // Written by insertExport from an object.
  return { id, kind, params: params as FileExport['params'], state, progress, rows, bytes: Number(bytes), sha256, file_name, requested_by: by, failure, created_at, finished_at, expires_at };
}

export interface NewExport {
  kind: string;
  params: Record<string, unknown>;
  file_name: string;
  media_type: string;
  /** One of its kind at a time. */
  is_alone?: boolean;
}

export async function insertExport(db: TenantDb, by: { user_id: string; name: string }, wanted: NewExport, kept_ms: number): Promise<FileExport> {
  const { is_alone: _is_alone, params, ...named } = wanted;
  const values = { ...named, params: JSON.stringify(params), tenant_id: db.tenant_id, id: newId(), user_id: by.user_id, requested_by: by.name, expires_at: new Date(Date.now() + kept_ms).toISOString() };
  const row = await db.insertInto('exports').values(values).returning(columns).executeTakeFirstOrThrow();
  return describeRow(row);
}

/** Those that are being made, or wait for it. The lock is the tenant's own row, its id left to who writes rows of its, so that two at once count each other. */
export async function countUnfinished(db: TenantDb): Promise<number> {
  await db.selectFrom('tenants').select('id').where('id', '=', db.tenant_id).forNoKeyUpdate().execute();
  const counted = await db.selectFrom('exports').select(sql<string>`count(*)`.as('count')).where('state', 'in', ['queued', 'running']).executeTakeFirstOrThrow();
  return Number(counted.count);
}

export async function isBeingMade(db: TenantDb, kind: string): Promise<boolean> {
  const found = await db.selectFrom('exports').select('id').where('kind', '=', kind).where('state', 'in', ['queued', 'running']).limit(1).executeTakeFirst();
  return found !== undefined;
}

export async function listExports(db: TenantDb, kind: string, window: ListWindow) {
  const { items, pagination } = await listPage(db.selectFrom('exports').select(columns).where('kind', '=', kind).where('expires_at', '>', sql<string>`now()`), window);
  return { items: items.map(describeRow), pagination };
}

export async function findExport(db: TenantDb, kind: string, id: string): Promise<(FileExport & { media_type: string; pieces: number }) | null> {
  const row = await db.selectFrom('exports').select([...columns, 'media_type', 'pieces']).where('id', '=', id).where('kind', '=', kind).where('expires_at', '>', sql<string>`now()`).executeTakeFirst();
  if (!row) return null;
  return { ...describeRow(row), media_type: row.media_type, pieces: row.pieces };
}

export async function findPiece(db: TenantDb, export_id: string, number: number): Promise<Buffer | null> {
  const row = await db.selectFrom('export_pieces').select('bytes').where('export_id', '=', export_id).where('number', '=', number).executeTakeFirst();
  return row?.bytes ?? null;
}

/** The piece that holds a file's byte `at`, and the position of that piece's own first one. */
export async function findPlace(db: TenantDb, export_id: string, at: number): Promise<{ number: number; starts: number } | null> {
  const { rows } = await sql<{ number: number; starts: string }>`
    select number, starts from (
      select number, sum(octet_length(bytes)) over (order by number) - octet_length(bytes) as starts, octet_length(bytes) as length from export_pieces where export_id = ${export_id}) p
    where starts + length > ${at} order by number limit 1`.execute(db);
  return rows[0] ? { number: rows[0].number, starts: Number(rows[0].starts) } : null;
}

/** Ends one that is not finished, with what was made of it; false where it is. */
export async function cancelExport(db: TenantDb, id: string): Promise<boolean> {
  const ended = await db
    .updateTable('exports')
    .set({ state: 'cancelled', finished_at: sql`now()`, lease_until: null, bytes: 0, rows: 0, pieces: 0 })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) return false;
  await db.deleteFrom('export_pieces').where('export_id', '=', id).execute();
  return true;
}

export async function deleteExport(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('exports').where('id', '=', id).execute();
}

export async function deleteExpired(db: TenantDb): Promise<void> {
  await db.deleteFrom('exports').where('expires_at', '<', sql<string>`now()`).execute();
}

export interface RunnableExport {
  tenant_id: string;
  id: string;
}
export const listRunnable = (tenancy: Tenancy) => tenancy.lookUp<RunnableExport>('select tenant_id, id from list_exports_to_run()', []);

export async function listTenantsWithExpired(tenancy: Tenancy): Promise<string[]> {
  return (await tenancy.lookUp<{ tenant_id: string }>('select tenant_id from list_tenants_with_expired_exports()', [])).map(({ tenant_id }) => tenant_id);
}

export interface HeldExport extends ExportOrder {
  kind: string;
  cursor: ExportCursor | null;
  pieces: number;
  bytes: number;
  attempts: number;
}
const held = ['id', 'kind', 'params', 'cursor', 'pieces', 'bytes', 'attempts', 'created_at'] as const;
const hold = (row: { bytes: string; params: unknown; cursor: unknown }) => ({ ...row, bytes: Number(row.bytes) }) as unknown as HeldExport;

/** Takes the lease; null where somebody else holds it, or it is finished. */
export async function claimExport(db: TenantDb, id: string, owner: string): Promise<HeldExport | null> {
  const row = await db
    .updateTable('exports')
    .set((set) => ({ state: 'running', lease_owner: owner, lease_until: LEASE, attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<', sql<string>`now()`)]))
    .returning(held)
    .executeTakeFirst();
  return row ? hold(row) : null;
}

/** Still ours, in a tenant that is open: locked to the transaction's end, so that nobody ends or takes it meanwhile. */
export async function lockHeld(db: TenantDb, id: string, owner: string): Promise<HeldExport | null> {
  const row = await db
    .selectFrom('exports')
    .select(held)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', owner)
    .where((is) => is.exists(is.selectFrom('tenants').select('id').where('state', '=', 'active')))
    .forUpdate()
    .executeTakeFirst();
  return row ? hold(row) : null;
}

export async function insertPiece(db: TenantDb, export_id: string, number: number, bytes: Buffer): Promise<void> {
  await db.insertInto('export_pieces').values({ tenant_id: db.tenant_id, id: newId(), export_id, number, bytes }).execute();
}

export interface ExportChange {
  cursor?: string;
  progress?: number;
  rows?: number;
  bytes?: number;
  pieces?: number;
  attempts?: number;
  sha256?: string;
  state?: 'ready' | 'failed';
  failure?: 'internal' | 'too_large' | 'storage_full';
}

/** Notes how far it came and renews the lease; one that is finished has none. `rows`, `bytes` and `pieces` are added. */
export async function noteProgress(db: TenantDb, id: string, { rows = 0, bytes = 0, pieces = 0, ...change }: ExportChange): Promise<void> {
  const ended = change.state === undefined ? { lease_until: LEASE } : { lease_until: null, finished_at: sql<string>`now()` };
  await db
    .updateTable('exports')
    .set((set) => ({ ...change, ...ended, rows: set('rows', '+', rows), bytes: sql<string>`bytes + ${bytes}`, pieces: set('pieces', '+', pieces) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** Lets another replica go on at once. */
export async function releaseLease(db: TenantDb, id: string, owner: string): Promise<void> {
  await db.updateTable('exports').set({ lease_until: sql`now()` }).where('id', '=', id).where('lease_owner', '=', owner).where('state', '=', 'running').execute();
}
