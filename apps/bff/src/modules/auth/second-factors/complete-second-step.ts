import type { Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { AppError } from '../../../errors.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';
import { getProfile, lockPerson } from '../repository.ts';
import type { Refusals } from '../refusals.ts';
import type { SignedInPerson } from '../sign-in.ts';
import type { StartSession } from '../start-session.ts';
import { ThrottledError, type AttemptLimit } from '../throttle.ts';
import { countTry, findChallengePlace, takeStep, type StepPlace } from './challenges/repository.ts';
import { tellRecoveryCode } from './tell-recovery-code.ts';
import { verifyFactor, type FactorPorts, type OfferedFactor, type VerifiedFactor } from './verify-factor.ts';

export interface StepPorts extends FactorPorts {
  startSession: StartSession;
  refusals: Pick<Refusals, 'refuse'>;
  /** By person, over all their sign-ins: a new challenge is no new chance. It stops nobody who is signed in. */
  attempts: AttemptLimit;
}

type Carrier = 'cookie' | 'bearer';
type Step = OfferedFactor & { challenge: string };

/**
 * Finishes a sign-in whose password was right. Throws 2007 with how many tries are left, 2003 for a challenge that is used,
 * expired or of something else, 2005 after ten wrong tries in a quarter of an hour.
 */
export async function completeSecondStep(ports: StepPorts, step: Step, carrier: Carrier, caller: Caller): Promise<SignedInPerson> {
  const place = await findChallengePlace(ports.tenancy, step.challenge);
  if (!place) throw new AppError('TOKEN_INVALID', { details: { reason: 'challenge_ended' } });
  const refuseFor = (error: unknown) => ports.refusals.refuse(place, caller, error);
  if (place.tenant_state !== 'active') return refuseFor(new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'tenant_suspended' } }));
  const tries_left = await ports.tenancy.withTenant(place.tenant_id, (db) => countTry(db, place.challenge_id, carrier));
  if (tries_left === null) return refuseFor(new AppError('TOKEN_INVALID', { details: { reason: 'challenge_ended' } }));
  // Only now: a challenge that is over takes nobody's tries away.
  await ports.attempts.take(place.user_id).catch((error: unknown) => recordLocked(ports, place, error, caller));
  const factor = await verifyFactor(ports, place, step, step.challenge);
  const tokens = factor ? await admit(ports, place, factor, carrier, caller).catch(refuseFor) : null;
  if (!tokens) return refuse(ports, place, step.method, tries_left, caller);
  await ports.attempts.forgive(place.user_id);
  return { tokens, tenant_id: place.tenant_id, user_id: place.user_id };
}

/** Null where the factor was used before, with nothing changed. */
async function admit(ports: StepPorts, { tenant_id, user_id, challenge_id }: StepPlace, factor: VerifiedFactor, carrier: Carrier, caller: Caller): Promise<SessionTokens | null> {
  return ports.tenancy.withTenant(tenant_id, async (db) => {
    const person = await lockPerson(db, user_id);
    if (person?.status !== 'active') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'user_disabled' } });
    if (!(await factor.take(db))) return null;
    if (!(await takeStep(db, challenge_id, carrier))) throw new AppError('TOKEN_INVALID', { details: { reason: 'challenge_ended' } });
    const profile = await getProfile(db, user_id);
    const who = { actor: { user_id, name: profile.name }, caller };
    const of = { resource_type: 'user', resource_id: user_id };
    if (factor.method === 'recovery_code') await tellRecoveryCode(db, who, user_id);
    const tokens = await ports.startSession(db, { user_id, epoch: profile.epoch, roles: profile.roles, carrier }, caller);
    await appendAudit(db, who, { action: 'auth.signed_in', ...of, details: { carrier, second_factor: factor.method } });
    return tokens;
  });
}

async function refuse({ tenancy }: StepPorts, { tenant_id, user_id }: StepPlace, method: Step['method'], tries_left: number, caller: Caller): Promise<never> {
  const reason = method === 'passkey' ? 'passkey_refused' : 'code_incorrect';
  await tenancy.withTenant(tenant_id, (db) =>
    appendAudit(db, { actor: null, caller }, { action: 'auth.signed_in', resource_type: 'user', resource_id: user_id, outcome: 'refused', details: { reason: 'second_factor_incorrect', method } }),
  );
  throw new AppError('SECOND_FACTOR_REQUIRED', { details: { reason, tries_left } });
}

async function recordLocked({ tenancy }: StepPorts, { tenant_id, user_id }: StepPlace, error: unknown, caller: Caller): Promise<never> {
  if (error instanceof ThrottledError && error.is_first) {
    const entry = { action: 'auth.signed_in', resource_type: 'user', resource_id: user_id, outcome: 'refused' as const, details: { reason: 'second_factor_locked' } };
    await tenancy.withTenant(tenant_id, (db) => appendAudit(db, { actor: null, caller }, entry));
  }
  throw error;
}
