import type { Passkey } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../../crypto/digest.ts';
import type { NewPasskey } from '../../../crypto/passkey.ts';
import { isUniqueViolation } from '../../../db/database.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';

const shown = ['id', 'name', 'is_synced', 'created_at', 'last_used_at', 'version'] as const;

/** Everything that a person's own page shows of their factors. */
export async function readFactors(db: TenantDb, user_id: string) {
  const totp = await db.selectFrom('totp_factors').select(['created_at', 'last_used_at']).where('user_id', '=', user_id).where('confirmed_at', 'is not', null).executeTakeFirst();
  const passkeys: Passkey[] = await db.selectFrom('passkeys').select(shown).where('user_id', '=', user_id).orderBy('created_at').orderBy('id').execute();
  const codes = await db
    .selectFrom('recovery_codes')
    .select([sql<string>`count(*) filter (where used_at is null)`.as('left'), sql<string | null>`max(created_at)`.as('created_at')])
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow();
  return { totp: totp ?? null, passkeys, recovery_codes: codes.created_at === null ? null : { left: Number(codes.left), created_at: codes.created_at } };
}

/** The app's key that counts, or with `awaited` the one whose first code is awaited and still may come. */
export function findTotp(db: TenantDb, user_id: string, kind: 'confirmed' | 'awaited') {
  const rows = db.selectFrom('totp_factors').select(['id', 'sealed_secret', 'last_step', 'created_at']).where('user_id', '=', user_id);
  const wanted = kind === 'confirmed' ? rows.where('confirmed_at', 'is not', null) : rows.where('confirmed_at', 'is', null).where('expires_at', '>', sql<string>`now()`);
  return wanted.executeTakeFirst();
}

/** A new key to be confirmed, in place of any that was not. */
export async function replaceAwaitedTotp(db: TenantDb, row: { id: string; user_id: string; sealed_secret: Buffer; expires_at: Date }): Promise<void> {
  await db.deleteFrom('totp_factors').where('user_id', '=', row.user_id).where('confirmed_at', 'is', null).execute();
  await db.insertInto('totp_factors').values({ tenant_id: db.tenant_id, ...row }).execute();
}

/** The awaited key counts from here on, in place of an older one; false where it no longer waits. */
export async function confirmTotp(db: TenantDb, user_id: string, id: string, step: number): Promise<boolean> {
  const awaited = await db.selectFrom('totp_factors').select('id').where('id', '=', id).where('user_id', '=', user_id).where('confirmed_at', 'is', null).forUpdate().executeTakeFirst();
  if (!awaited) return false;
  await removeTotp(db, user_id);
  await db.updateTable('totp_factors').set({ confirmed_at: sql`now()`, last_step: step }).where('id', '=', id).execute();
  return true;
}

export async function removeTotp(db: TenantDb, user_id: string): Promise<boolean> {
  const removed = await db.deleteFrom('totp_factors').where('user_id', '=', user_id).where('confirmed_at', 'is not', null).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Takes a time step, once: false for one that was taken, or is older than one that was. */
export async function takeTotpStep(db: TenantDb, id: string, step: number): Promise<boolean> {
  const taken = await db
    .updateTable('totp_factors')
    .set({ last_step: step, last_used_at: sql`now()` })
    .where('id', '=', id)
    .where('last_step', '<', String(step))
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export function listPasskeys(db: TenantDb, user_id: string) {
  return db.selectFrom('passkeys').select(['id', 'credential_id', 'transports']).where('user_id', '=', user_id).orderBy('created_at').orderBy('id').execute();
}

export function findPasskey(db: TenantDb, user_id: string, credential_id: Buffer) {
  return db.selectFrom('passkeys').select(['id', 'name', 'credential_id', 'public_key']).where('user_id', '=', user_id).where('credential_id', '=', credential_id).executeTakeFirst();
}

/** Throws 3005 for an authenticator's credential that somebody has registered already. */
export async function insertPasskey(db: TenantDb, user_id: string, name: string, { counter, ...made }: NewPasskey): Promise<Passkey> {
  try {
    return await db.insertInto('passkeys').values({ tenant_id: db.tenant_id, id: newId(), user_id, name, counter, ...made }).returning(shown).executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'passkey_known' }, cause: error });
    throw error;
  }
}

/** Notes a use. False where the counter did not go up: the signature is an old one, or a copy of the authenticator made it. */
export async function takePasskeyCounter(db: TenantDb, id: string, counter: number): Promise<boolean> {
  const taken = await db
    .updateTable('passkeys')
    .set({ counter, last_used_at: sql`now()` })
    .where('id', '=', id)
    // Synced passkeys have no counter: theirs is always 0.
    .where(sql<boolean>`(counter < ${counter} or (counter = 0 and ${counter} = 0))`)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export async function lockPasskey(db: TenantDb, user_id: string, id: string): Promise<Passkey | undefined> {
  return db.selectFrom('passkeys').select(shown).where('id', '=', id).where('user_id', '=', user_id).forUpdate().executeTakeFirst();
}

export function renamePasskey(db: TenantDb, id: string, name: string): Promise<Passkey> {
  return db.updateTable('passkeys').set((set) => ({ name, version: set('version', '+', 1) })).where('id', '=', id).returning(shown).executeTakeFirstOrThrow();
}

export async function removePasskey(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('passkeys').where('id', '=', id).execute();
}

/** New codes in place of all older ones. */
export async function replaceRecoveryCodes(db: TenantDb, user_id: string, hashes: readonly Buffer[]): Promise<void> {
  await removeRecoveryCodes(db, user_id);
  await db.insertInto('recovery_codes').values(hashes.map((code_hash) => ({ tenant_id: db.tenant_id, id: newId(), user_id, code_hash }))).execute();
}

export async function removeRecoveryCodes(db: TenantDb, user_id: string): Promise<void> {
  await db.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute();
}

/** Uses a code up; false for one that is not there, or was used. */
export async function takeRecoveryCode(db: TenantDb, user_id: string, code_hash: Buffer): Promise<boolean> {
  const taken = await db
    .updateTable('recovery_codes')
    .set({ used_at: sql`now()` })
    .where('user_id', '=', user_id)
    .where('code_hash', '=', code_hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export async function hasShortPassword(db: TenantDb, user_id: string): Promise<boolean> {
  const row = await db.selectFrom('users').select('password_is_short').where('id', '=', user_id).executeTakeFirstOrThrow();
  return row.password_is_short;
}

/** Until when the session's last proof counts; null where it does no longer. */
export async function findFreshUntil(db: TenantDb, session_id: string, seconds: number): Promise<string | null> {
  const until = sql<string>`proved_at + make_interval(secs => ${seconds})`;
  const row = await db.selectFrom('sessions').select(until.as('until')).where('id', '=', session_id).where(until, '>', sql<string>`now()`).executeTakeFirst();
  return row?.until ?? null;
}

export async function markProved(db: TenantDb, session_id: string): Promise<void> {
  await db.updateTable('sessions').set({ proved_at: sql`now()` }).where('id', '=', session_id).execute();
}
