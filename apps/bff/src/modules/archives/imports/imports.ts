import { IMPORT_PIECE_BYTES, type ImportsQuery, type StartImportInput, type TenantImport, type UploadPieceInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import * as repository from './repository.ts';

const KEPT_MS = 24 * 3_600_000;

/** Archives on their way into an empty tenant; `wake` judges or applies one without waiting for the next turn. */
export function createImports({ tenancy, wake }: { tenancy: Tenancy; wake(): void }) {
  const inTenant = <T>(actor: Actor, work: (db: TenantDb) => Promise<T>) => tenancy.withTenant(actor.tenant_id, work);
  return {
    readiness: (actor: Actor) =>
      inTenant(actor, async (db) => {
        const holds = await repository.listFilled(db, actor.user_id);
        return { is_empty: holds.length === 0, holds };
      }),
    list: (actor: Actor, query: ImportsQuery) => inTenant(actor, (db) => repository.listImports(db, query)),
    read: (actor: Actor, id: string) => inTenant(actor, async (db) => present(await repository.findImport(db, id))),
    start: (actor: Actor, input: StartImportInput, caller: Caller) => inTenant(actor, (db) => start(db, actor, input, caller)),
    async upload(actor: Actor, id: string, piece: UploadPieceInput) {
      const kept = await inTenant(actor, (db) => keepPiece(db, id, piece));
      if (kept.state === 'judging') wake();
      return kept;
    },
    async apply(actor: Actor, id: string, caller: Caller) {
      const confirmed = await inTenant(actor, (db) => confirm(db, actor, id, caller));
      wake();
      return confirmed;
    },
    remove: (actor: Actor, id: string, caller: Caller) =>
      inTenant(actor, async (db) => {
        const { state, file_name } = present(await repository.lockImport(db, id));
        if (state === 'applying') throw refuse('import_applying', { state });
        if (state === 'done') throw refuse('import_done', { state });
        await repository.deleteImport(db, id);
        await appendAudit(db, { actor, caller }, { action: 'tenant.import_removed', resource_type: 'import', resource_id: id, details: { before: { state, file_name } } });
      }),
  };
}

const refuse = (reason: string, details: object = {}) => new AppError('OPERATION_NOT_ALLOWED', { details: { reason, ...details } });

function present(found: TenantImport | null): TenantImport {
  if (!found) throw new AppError('RESOURCE_NOT_FOUND');
  return found;
}

async function refuseFilled(db: TenantDb, actor: Actor): Promise<void> {
  const holds = await repository.listFilled(db, actor.user_id);
  if (holds.length > 0) throw refuse('tenant_not_empty', { holds });
}

async function start(db: TenantDb, actor: Actor, input: StartImportInput, caller: Caller): Promise<TenantImport> {
  if (await repository.findUnfinished(db)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'import_in_progress' } });
  await refuseFilled(db, actor);
  const wanted = { ...input, user_id: actor.user_id, requested_by: actor.name, permissions: [...actor.permissions], expires_at: new Date(Date.now() + KEPT_MS).toISOString() };
  const made = await repository.insertImport(db, wanted);
  await appendAudit(db, { actor, caller }, { action: 'tenant.import_started', resource_type: 'import', resource_id: made.id, details: { ...input } });
  return made;
}

async function keepPiece(db: TenantDb, id: string, { number, content }: UploadPieceInput): Promise<TenantImport> {
  const { state, bytes } = present(await repository.lockImport(db, id));
  if (state !== 'uploading') throw refuse('import_not_awaited', { state });
  const piece = Buffer.from(content, 'base64');
  const expected = Math.min(IMPORT_PIECE_BYTES, bytes - number * IMPORT_PIECE_BYTES);
  if (piece.byteLength !== expected) throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'content', code: 'invalid_format', message: `${Math.max(0, expected)} bytes` }] } });
  const received = await repository.insertPiece(db, id, number, piece);
  return repository.changeImport(db, id, { received, ...(received === bytes ? { state: 'judging' as const } : {}) });
}

async function confirm(db: TenantDb, actor: Actor, id: string, caller: Caller): Promise<TenantImport> {
  const { state, sha256, user_id } = await (async () => {
    const { requested_by, ...found } = present(await repository.lockImport(db, id));
    return { ...found, user_id: requested_by.user_id };
  })();
  if (state !== 'judged') throw refuse('import_not_judged', { state });
  // It was judged by what that person may do.
  if (user_id !== actor.user_id) throw refuse('import_of_somebody_else');
  await refuseFilled(db, actor);
  await appendAudit(db, { actor, caller }, { action: 'tenant.import_confirmed', resource_type: 'import', resource_id: id, details: { sha256 } });
  return repository.changeImport(db, id, { state: 'applying', progress: 0 });
}

/** Takes away what nobody brought in within a day, with its pieces. */
export async function removeExpiredImports(tenancy: Tenancy): Promise<void> {
  for (const tenant_id of await repository.listTenantsWithExpired(tenancy)) await tenancy.withTenant(tenant_id, repository.deleteExpired);
}
