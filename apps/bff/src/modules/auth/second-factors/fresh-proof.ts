import type { ProofInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { describeRequest, readChallenge } from '../../../crypto/passkey.ts';
import type { PasswordHasher } from '../../../crypto/password.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { getPasswordOwner } from '../passwords/repository.ts';
import { getProfile, lockPerson } from '../repository.ts';
import type { AttemptLimit } from '../throttle.ts';
import { insertChallenge, takeSessionChallenge } from './challenges/repository.ts';
import { requireSite } from './passkey-sign-in.ts';
import { findWhyPasswordIsClosed } from './proof-methods.ts';
import * as repository from './repository.ts';
import { tellRecoveryCode } from './tell-recovery-code.ts';
import { verifyFactor, type FactorPorts } from './verify-factor.ts';

/** How long a proof counts. */
export const FRESH_S = 300;

export interface ProofPorts extends FactorPorts {
  hasher: Pick<PasswordHasher, 'verify'>;
  /** By person, and apart from sign-in's: neither uses up the other. */
  proofs: AttemptLimit;
}

/** Throws 2004 where this session did not prove in the last five minutes who it is: whoever finds an open laptop changes no factor. */
export async function requireFreshProof(db: TenantDb, actor: Actor): Promise<void> {
  if ((await repository.findFreshUntil(db, actor.session_id, FRESH_S)) === null) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'fresh_proof_needed' } });
}

/** Throws 3006 where the person has no passkey, or none can be used here. */
export async function beginProof({ tenancy, site }: FactorPorts, actor: Actor) {
  const here = requireSite(site);
  return tenancy.withTenant(actor.tenant_id, async (db) => {
    const known = await repository.listPasskeys(db, actor.user_id);
    if (known.length === 0) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'no_second_factor' } });
    const { epoch } = await getProfile(db, actor.user_id);
    const challenge = await insertChallenge(db, { user_id: actor.user_id, session_id: actor.session_id, purpose: 'proof', epoch });
    return describeRequest(here, challenge, known);
  });
}

/**
 * Proves by a factor, or without one by the password, that it is still the session's person. Throws 2006 or 1001 at the field that
 * is wrong, 3006 for a password that proves nothing here, 2005 after ten tries.
 */
export async function prove(ports: ProofPorts, actor: Actor, input: ProofInput, caller: Caller): Promise<{ fresh_until: string }> {
  await ports.proofs.take(actor.user_id);
  const accept = await judge(ports, actor, input);
  const { fresh_until, refusal } = await ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    // Held, so that a first factor, or another password, comes before or after.
    await lockPerson(db, actor.user_id);
    const closed = input.method === 'password' ? findWhyPasswordIsClosed(await getPasswordOwner(db, actor.user_id)) : null;
    const is_right = closed === null && accept !== null && (await accept(db));
    const of = { resource_type: 'user', resource_id: actor.user_id };
    const outcome = is_right ? ('success' as const) : ('refused' as const);
    await appendAudit(db, { actor, caller }, { action: 'second_factors.proved', ...of, outcome, details: { method: input.method, ...(closed ? { reason: closed } : {}) } });
    if (!is_right) return { fresh_until: null, refusal: closed ? new AppError('OPERATION_NOT_ALLOWED', { details: { reason: closed } }) : refusalOf(input.method) };
    if (input.method === 'recovery_code') await tellRecoveryCode(db, { actor, caller }, actor.user_id);
    await repository.markProved(db, actor.session_id);
    return { fresh_until: await repository.findFreshUntil(db, actor.session_id, FRESH_S), refusal: null };
  });
  // A session that was ended meanwhile has no proof to keep.
  if (fresh_until === null) throw refusal ?? new AppError('TOKEN_INVALID');
  await ports.proofs.forgive(actor.user_id);
  return { fresh_until };
}

/** What makes the proof good in a transaction; null where it is wrong. */
async function judge(ports: ProofPorts, actor: Actor, input: ProofInput): Promise<((db: TenantDb) => Promise<boolean>) | null> {
  if (input.method === 'password') {
    const { password_hash } = await ports.tenancy.withTenant(actor.tenant_id, (db) => getPasswordOwner(db, actor.user_id));
    if (!(await ports.hasher.verify(password_hash, input.password))) return null;
    return async (db) => (await getPasswordOwner(db, actor.user_id)).password_hash === password_hash;
  }
  if (input.method !== 'passkey') return (await verifyFactor(ports, actor, input, ''))?.take ?? null;
  const challenge = readChallenge(input.response);
  const factor = challenge === null ? null : await verifyFactor(ports, actor, input, challenge);
  if (challenge === null || factor === null) return null;
  const of = { user_id: actor.user_id, session_id: actor.session_id, purpose: 'proof' as const };
  return async (db) => (await takeSessionChallenge(db, challenge, of)) && factor.take(db);
}

function refusalOf(method: ProofInput['method']): AppError {
  const at = (path: string, code: string) => [{ path, code, message: code }];
  if (method === 'password') return new AppError('PASSWORD_INCORRECT', { details: { reason: 'proof_password', issues: at('password', 'password_incorrect') } });
  const issues = method === 'passkey' ? at('response', 'passkey_refused') : at('code', 'code_incorrect');
  return new AppError('INVALID_INPUT', { details: { issues } });
}
