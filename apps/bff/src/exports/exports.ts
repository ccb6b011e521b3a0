import type { FileExport } from '@lyss/api-types';
import type { Tenancy, TenantDb } from '../db/tenancy.ts';
import type { ListWindow } from '../db/list.ts';
import { AppError } from '../errors.ts';
import type { ByteRange } from '../http/byte-range.ts';
import type { FileAnswer } from '../http/route.ts';
import * as repository from './repository.ts';
import type { NewExport } from './repository.ts';

const KEPT_MS = 24 * 3_600_000;
const MOST_UNFINISHED = 5;

/** Throws 3009 where the tenant already waits for as many as it may, 3005 for a second one of a kind that is made alone. The caller writes the audit, in the same transaction. */
export async function startExport(db: TenantDb, by: { user_id: string; name: string }, wanted: NewExport): Promise<FileExport> {
  const unfinished = await repository.countUnfinished(db);
  if (unfinished >= MOST_UNFINISHED) throw new AppError('QUOTA_EXCEEDED', { details: { reason: 'too_many_exports', limit: MOST_UNFINISHED } });
  if (wanted.is_alone && (await repository.isBeingMade(db, wanted.kind))) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'export_in_progress' } });
  return repository.insertExport(db, by, wanted, KEPT_MS);
}

export const listExports = (db: TenantDb, kind: string, window: ListWindow) => repository.listExports(db, kind, window);

export async function readExport(db: TenantDb, kind: string, id: string): Promise<FileExport> {
  const { media_type: _type, pieces: _pieces, ...found } = await getExport(db, kind, id);
  return found;
}

/** Stops one that is being made; takes a finished one away. Answers what it was. */
export async function endExport(db: TenantDb, kind: string, id: string): Promise<FileExport> {
  const found = await readExport(db, kind, id);
  if (!(await repository.cancelExport(db, id))) await repository.deleteExport(db, id);
  return found;
}

/** A finished file, read piece by piece in short transactions as its reader takes it. Throws 3007, or 3006 where it is not ready. */
export async function openExport(tenancy: Tenancy, tenant_id: string, kind: string, id: string): Promise<FileAnswer> {
  const { state, file_name, media_type, bytes, sha256, pieces } = await tenancy.withTenant(tenant_id, (db) => getExport(db, kind, id));
  if (state !== 'ready') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'export_not_ready', state } });
  return { name: file_name, media_type, bytes, sha256, read: (signal, part) => readPieces(tenancy, { tenant_id, id, pieces }, part ?? { first: 0, last: bytes - 1 }, signal) };
}

interface Pieces {
  tenant_id: string;
  id: string;
  pieces: number;
}

async function* readPieces(tenancy: Tenancy, { tenant_id, id, pieces }: Pieces, { first, last }: ByteRange, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const begin = first === 0 ? { number: 0, starts: 0 } : await tenancy.withTenant(tenant_id, (db) => repository.findPlace(db, id, first));
  let { starts } = present(begin);
  for (let { number } = present(begin); number < pieces && starts <= last; number++) {
    signal.throwIfAborted();
    // Removed while it was read: a broken connection tells it, an early end would look like a whole file.
    const bytes = present(await tenancy.withTenant(tenant_id, (db) => repository.findPiece(db, id, number)));
    yield bytes.subarray(Math.max(0, first - starts), last - starts + 1);
    starts += bytes.byteLength;
  }
}

async function getExport(db: TenantDb, kind: string, id: string) {
  return present(await repository.findExport(db, kind, id));
}

function present<T>(found: T | null): T {
  if (found === null) throw new AppError('RESOURCE_NOT_FOUND');
  return found;
}

/** Takes away what has expired, with its pieces. */
export async function removeExpiredExports(tenancy: Tenancy): Promise<void> {
  for (const tenant_id of await repository.listTenantsWithExpired(tenancy)) await tenancy.withTenant(tenant_id, repository.deleteExpired);
}
