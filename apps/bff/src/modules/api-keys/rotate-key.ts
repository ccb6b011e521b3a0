import type { ShownApiKey } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { makeSecret } from './make-secret.ts';
import * as repository from './repository.ts';

// Whoever rotates without saying which version they saw is one of several that began together.
const TOGETHER_MS = 10_000;

/** Gives a key a new secret, shown this once; the one it had goes on for the overlap. Throws 3005 where somebody else was first, 3006 for a key that has ended. */
export async function rotateKey(db: TenantDb, actor: Actor, id: string, version: number | null, overlap_hours: number, caller: Caller): Promise<ShownApiKey> {
  const before = await lockLiveKey(db, id, { version, user_id: actor.user_id });
  if (version === null && isBeingRotated(before)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'api_key_being_rotated', overlap_ends_at: before.overlap_ends_at, version: before.version } });
  const { key, ...secret } = makeSecret();
  await repository.replaceSecret(db, id, secret, overlap_hours);
  const details = { before: { hint: before.hint }, after: { hint: secret.hint }, overlap_hours };
  await appendAudit(db, { actor, caller }, { action: 'api_keys.rotated', resource_type: 'api_key', resource_id: id, details });
  return { ...(await repository.getKey(db, id)), key };
}

function isBeingRotated({ overlap_ends_at, rotated_at }: repository.LockedKey): boolean {
  return overlap_ends_at !== null || (rotated_at !== null && Date.now() - Date.parse(rotated_at) < TOGETHER_MS);
}

/** Holds a key that may still be changed. Throws 3007 where it isn't there or isn't theirs, 412 for a stale version, 3006 where it has ended. */
export async function lockLiveKey(db: TenantDb, id: string, { version, user_id }: { version: number | null; user_id?: string }): Promise<repository.LockedKey> {
  const key = await repository.lockKey(db, id, user_id);
  if (!key) throw new AppError('RESOURCE_NOT_FOUND');
  if (version !== null && version !== key.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: key.version } });
  if (key.status !== 'active') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'api_key_ended', status: key.status } });
  return key;
}
