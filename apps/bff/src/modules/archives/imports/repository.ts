import type { ImportReport, Permission, StartImportInput, SystemRole, TenantImport } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../../crypto/digest.ts';
import { listPage, type ListWindow } from '../../../db/list.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { archivedTables, tenantSettings, type TenantSettings } from '../tables/tables.ts';

const LEASE = sql<string>`now() + interval '15 seconds'`;
const PIECES_AT_ONCE = 64;
const columns = ['id', 'state', 'progress', 'file_name', 'bytes', 'received', 'sha256', 'report', 'problem', 'user_id', 'requested_by', 'created_at', 'finished_at', 'expires_at'] as const;

type ImportRow = Omit<TenantImport, 'requested_by' | 'bytes' | 'received'> & { user_id: string; requested_by: string; bytes: string; received: string };

function describeRow({ user_id, requested_by, bytes, received, ...row }: ImportRow): TenantImport {
  return { ...row, bytes: Number(bytes), received: Number(received), requested_by: { user_id, name: requested_by } };
}

export interface NewImport extends StartImportInput {
  user_id: string;
  requested_by: string;
  permissions: Permission[];
  expires_at: string;
}

export async function insertImport(db: TenantDb, wanted: NewImport): Promise<TenantImport> {
  return describeRow(await db.insertInto('imports').values({ tenant_id: db.tenant_id, id: newId(), ...wanted }).returning(columns).executeTakeFirstOrThrow());
}

export async function listImports(db: TenantDb, window: ListWindow) {
  const { items, pagination } = await listPage(db.selectFrom('imports').select(columns), window);
  return { items: items.map(describeRow), pagination };
}

export async function findImport(db: TenantDb, id: string): Promise<TenantImport | null> {
  const row = await db.selectFrom('imports').select(columns).where('id', '=', id).executeTakeFirst();
  return row ? describeRow(row) : null;
}

/** As findImport, and nobody else changes it before the transaction ends. */
export async function lockImport(db: TenantDb, id: string): Promise<TenantImport | null> {
  const row = await db.selectFrom('imports').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? describeRow(row) : null;
}

/** One that is under way. The lock is the tenant's own row, its id left to who writes rows of its, so that two at once see each other. */
export async function findUnfinished(db: TenantDb): Promise<string | null> {
  await db.selectFrom('tenants').select('id').where('id', '=', db.tenant_id).forNoKeyUpdate().execute();
  const row = await db.selectFrom('imports').select('id').where('state', 'in', ['uploading', 'judging', 'judged', 'applying']).limit(1).executeTakeFirst();
  return row?.id ?? null;
}

export interface ImportChange {
  state?: TenantImport['state'];
  progress?: number;
  received?: number;
  report?: ImportReport | null;
  problem?: TenantImport['problem'];
  attempts?: number;
}

/** Ends the lease with the change; what is over has its time, and its pieces go. */
export async function changeImport(db: TenantDb, id: string, { report, problem, ...change }: ImportChange): Promise<TenantImport> {
  const isOver = change.state === 'done' || change.state === 'refused' || change.state === 'failed';
  const described = { ...(report === undefined ? {} : { report: JSON.stringify(report) }), ...(problem === undefined ? {} : { problem: JSON.stringify(problem) }) };
  const set = { ...change, ...described, lease_owner: null, lease_until: null, ...(isOver ? { finished_at: sql<string>`now()` } : {}) };
  if (isOver) await deletePieces(db, id);
  return describeRow(await db.updateTable('imports').set(set).where('id', '=', id).returning(columns).executeTakeFirstOrThrow());
}

export async function deleteImport(db: TenantDb, id: string): Promise<void> {
  await deletePieces(db, id);
  await db.deleteFrom('imports').where('id', '=', id).execute();
}

/** The same piece again changes nothing. Answers how many bytes are here. */
export async function insertPiece(db: TenantDb, import_id: string, number: number, bytes: Buffer): Promise<number> {
  const row = { tenant_id: db.tenant_id, id: newId(), import_id, number, bytes };
  await db.insertInto('import_pieces').values(row).onConflict((on) => on.columns(['tenant_id', 'import_id', 'number']).doNothing()).execute();
  const { rows } = await sql<{ received: string }>`select coalesce(sum(octet_length(bytes)), 0) as received from import_pieces where import_id = ${import_id}`.execute(db);
  return Number(rows[0]?.received ?? 0);
}

export async function findPiece(db: TenantDb, import_id: string, number: number): Promise<Buffer | null> {
  const row = await db.selectFrom('import_pieces').select('bytes').where('import_id', '=', import_id).where('number', '=', number).executeTakeFirst();
  return row?.bytes ?? null;
}

/** So many at a time that none of the statements takes long; all with the caller's transaction. */
async function deletePieces(db: TenantDb, import_id: string): Promise<void> {
  for (let isMore = true; isMore; ) {
    const some = db.selectFrom('import_pieces').select('id').where('import_id', '=', import_id).limit(PIECES_AT_ONCE);
    const gone = await db.deleteFrom('import_pieces').where('import_id', '=', import_id).where('id', 'in', some).executeTakeFirst();
    isMore = gone.numDeletedRows > 0n;
  }
}

/** Tables that hold something besides what every new tenant has: its first admin, who imports, and the demo supplier. */
export async function listFilled(db: TenantDb, user_id: string): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of archivedTables) {
    // Keys do not come, and a logo is replaced like a setting.
    if (name === 'api_keys' || name === 'tenant_logos') continue;
    const own = name === 'users' ? sql`where id <> ${user_id}` : name === 'supplier_credentials' ? sql`where provider <> 'demo'` : sql``;
    const { rows } = await sql`select 1 from ${sql.table(name)} ${own} limit 1`.execute(db);
    if (rows.length > 0) filled.push(name);
  }
  return filled;
}

/** What every new tenant may have already, and the archive brings or leaves out. */
export async function deleteFounding(db: TenantDb): Promise<void> {
  await db.deleteFrom('tenant_logos').execute();
  await db.deleteFrom('supplier_credentials').where('provider', '=', 'demo').execute();
}

/** Who imports, as they are now; null where they may do nothing any more. */
export async function findImporter(db: TenantDb, user_id: string): Promise<{ email: string; name: string; roles: SystemRole[]; granted: Permission[] } | null> {
  const user = await db.selectFrom('users').select(['email', 'name', 'roles']).where('id', '=', user_id).where('status', '=', 'active').executeTakeFirst();
  if (!user) return null;
  const own = await db.selectFrom('user_roles as h').innerJoin('roles as r', 'r.id', 'h.role_id').select('r.permissions').where('h.user_id', '=', user_id).execute();
  return { ...user, granted: own.flatMap(({ permissions }) => permissions) };
}

/** Holds the tenant and the importer as they are to the transaction's end; null where one of them is stopped. */
export async function holdActive(db: TenantDb, user_id: string): Promise<SystemRole[] | null> {
  const tenant = await db.selectFrom('tenants').select('state').where('id', '=', db.tenant_id).forShare().executeTakeFirst();
  const user = await db.selectFrom('users').select(['roles', 'status']).where('id', '=', user_id).forShare().executeTakeFirst();
  return tenant?.state === 'active' && user?.status === 'active' ? user.roles : null;
}

/** Rows of a table as JSON: PostgreSQL itself makes its types of them. */
export async function insertRows(db: TenantDb, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${names}) select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}

// Its names are the tenant's own columns; Object.keys forgets them.
const settingNames = Object.keys(tenantSettings.shape) as (keyof TenantSettings)[];

export async function readSettings(db: TenantDb): Promise<TenantSettings> {
  return db.selectFrom('tenants').select(settingNames).where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
}

export async function replaceSettings(db: TenantDb, settings: TenantSettings): Promise<void> {
  await db
    .updateTable('tenants')
    .set((set) => ({ ...settings, version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', db.tenant_id)
    .execute();
}

export const listRunnable = (tenancy: Tenancy) => tenancy.lookUp<{ tenant_id: string; id: string }>('select tenant_id, id from list_imports_to_run()', []);

export async function listTenantsWithExpired(tenancy: Tenancy): Promise<string[]> {
  return (await tenancy.lookUp<{ tenant_id: string }>('select tenant_id from list_tenants_with_expired_imports()', [])).map(({ tenant_id }) => tenant_id);
}

export async function deleteExpired(db: TenantDb): Promise<void> {
  const expired = await db.selectFrom('imports').select('id').where('expires_at', '<', sql<string>`now()`).where('state', 'not in', ['done', 'applying']).forUpdate().execute();
  for (const { id } of expired) await deleteImport(db, id);
}

export interface HeldImport {
  id: string;
  state: TenantImport['state'];
  user_id: string;
  permissions: Permission[];
  bytes: number;
  sha256: string;
  attempts: number;
}

/** Takes the lease; null where somebody else holds it, or there is nothing to do. */
export async function claimImport(db: TenantDb, id: string, owner: string): Promise<HeldImport | null> {
  const row = await db
    .updateTable('imports')
    .set((set) => ({ lease_owner: owner, lease_until: LEASE, attempts: set('attempts', '+', 1), progress: 0 }))
    .where('id', '=', id)
    .where('state', 'in', ['judging', 'applying'])
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<', sql<string>`now()`)]))
    .returning(['id', 'state', 'user_id', 'permissions', 'bytes', 'sha256', 'attempts'])
    .executeTakeFirst();
  return row ? { ...row, bytes: Number(row.bytes) } : null;
}

/** Renews the lease; false where it is somebody else's, or the import is gone. */
export async function noteProgress(db: TenantDb, id: string, owner: string, progress: number): Promise<boolean> {
  const noted = await db.updateTable('imports').set({ progress, lease_until: LEASE }).where('id', '=', id).where('lease_owner', '=', owner).executeTakeFirst();
  return noted.numUpdatedRows > 0n;
}

/** Still ours, and so to this transaction's end. */
export async function isHeld(db: TenantDb, id: string, owner: string): Promise<boolean> {
  const row = await db.selectFrom('imports').select('id').where('id', '=', id).where('lease_owner', '=', owner).forUpdate().executeTakeFirst();
  return row !== undefined;
}
