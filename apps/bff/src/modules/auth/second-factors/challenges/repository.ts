import { sql } from 'kysely';
import { newId, randomToken, sha256 } from '../../../../crypto/digest.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../../../db/tenancy.ts';

/** Seconds that a challenge lives. */
export const CHALLENGE_S = 300;
/** Tries that one sign-in's second step has. */
const STEP_TRIES = 5;
const expires_at = sql<string>`now() + make_interval(secs => ${CHALLENGE_S})`;

export type ChallengePurpose = 'second_step' | 'registration' | 'proof';

/** For whom, for what, and where from; `epoch` is the person's of now. */
export interface NewChallenge {
  user_id: string;
  purpose: ChallengePurpose;
  epoch: number;
  /** Of a second step: what the sign-in was begun by. */
  carrier?: 'cookie' | 'bearer';
  /** Of registration and proof: the session that may use it. */
  session_id?: string;
}

/** A challenge of 256 bits, of which only the SHA-256 is kept. */
export async function insertChallenge(db: TenantDb, challenge: NewChallenge): Promise<string> {
  const text = randomToken();
  await db.insertInto('factor_challenges').values({ tenant_id: db.tenant_id, id: newId(), ...challenge, challenge_hash: sha256(text), expires_at }).execute();
  return text;
}

/** Uses up a challenge of this session; false for one that is another's, for something else, used or expired. */
export async function takeSessionChallenge(db: TenantDb, text: string, of: { user_id: string; session_id: string; purpose: ChallengePurpose }): Promise<boolean> {
  const taken = await db
    .updateTable('factor_challenges')
    .set({ used_at: sql`now()` })
    .where('challenge_hash', '=', sha256(text))
    .where('user_id', '=', of.user_id)
    .where('session_id', '=', of.session_id)
    .where('purpose', '=', of.purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export interface StepPlace {
  tenant_id: string;
  tenant_state: string;
  user_id: string;
  challenge_id: string;
}

/** Whose challenge a text is. */
export async function findChallengePlace(tenancy: Tenancy, text: string): Promise<StepPlace | null> {
  const rows = await tenancy.lookUp<StepPlace>('select * from find_factor_challenge($1)', [sha256(text)]);
  return rows[0] ?? null;
}

const isStep = (id: string, carrier: 'cookie' | 'bearer') =>
  sql<boolean>`id = ${id} and purpose = 'second_step' and carrier = ${carrier} and used_at is null and expires_at > now()
    and exists (select 1 from users u where u.tenant_id = factor_challenges.tenant_id and u.id = factor_challenges.user_id and u.epoch = factor_challenges.epoch)`;

/** Counts one try of a second step that can still be done; answers how many are left, or null where it can't. */
export async function countTry(db: TenantDb, id: string, carrier: 'cookie' | 'bearer'): Promise<number | null> {
  const counted = await db
    .updateTable('factor_challenges')
    .set((set) => ({ tries: set('tries', '+', 1) }))
    .where(isStep(id, carrier))
    .where('tries', '<', STEP_TRIES)
    .returning('tries')
    .executeTakeFirst();
  return counted ? STEP_TRIES - counted.tries : null;
}

/** Uses a second step up; false where somebody was first, or it ended meanwhile. */
export async function takeStep(db: TenantDb, id: string, carrier: 'cookie' | 'bearer'): Promise<boolean> {
  const taken = await db.updateTable('factor_challenges').set({ used_at: sql`now()` }).where(isStep(id, carrier)).executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** A challenge for whoever will come with a passkey. */
export async function insertOpenChallenge(db: PlatformDb): Promise<string> {
  const text = randomToken();
  await db.insertInto('passkey_challenges').values({ challenge_hash: sha256(text), expires_at }).execute();
  return text;
}

/** Uses such a challenge up, whatever comes of it; false for one that can't be used. */
export async function takeOpenChallenge(db: PlatformDb, text: string): Promise<boolean> {
  const taken = await db
    .updateTable('passkey_challenges')
    .set({ used_at: sql`now()` })
    .where('challenge_hash', '=', sha256(text))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export interface PasskeyPlace {
  tenant_id: string;
  tenant_state: string;
  user_id: string;
  passkey_id: string;
}

/** Whose passkey a credential is, and in which tenant. */
export async function findPasskeyPlace(tenancy: Tenancy, credential_id: Buffer): Promise<PasskeyPlace | null> {
  const rows = await tenancy.lookUp<PasskeyPlace>('select * from find_passkey($1)', [credential_id]);
  return rows[0] ?? null;
}

/** Tenants with challenges, or keys of authenticator apps that nobody confirmed, that ran out before. */
export async function listTenantsWithOldChallenges(tenancy: Tenancy, before: Date): Promise<string[]> {
  const rows = await tenancy.lookUp<{ tenant_id: string }>('select * from list_tenants_with_old_challenges($1)', [before]);
  return rows.map(({ tenant_id }) => tenant_id);
}

export async function removeOldChallenges(db: TenantDb, before: Date): Promise<void> {
  await db.deleteFrom('factor_challenges').where('expires_at', '<', before.toISOString()).execute();
  await db.deleteFrom('totp_factors').where('confirmed_at', 'is', null).where('expires_at', '<', before.toISOString()).execute();
}

export async function removeOldOpenChallenges(db: PlatformDb, before: Date): Promise<void> {
  await db.deleteFrom('passkey_challenges').where('expires_at', '<', before.toISOString()).execute();
}
