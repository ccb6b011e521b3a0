import type { PasskeyAssertion, PasskeyRequestOptions } from '@lyss/api-types';
import type { Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { describeRequest, handleOf, readChallenge, type PasskeySite } from '../../../crypto/passkey.ts';
import { AppError } from '../../../errors.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';
import { getProfile, lockPerson } from '../repository.ts';
import type { Refusals } from '../refusals.ts';
import type { SignedInPerson } from '../sign-in.ts';
import type { StartSession } from '../start-session.ts';
import { findPasskeyPlace, insertOpenChallenge, takeOpenChallenge, type PasskeyPlace } from './challenges/repository.ts';
import { verifyFactor, type FactorPorts, type VerifiedFactor } from './verify-factor.ts';

export interface PasskeySignInPorts extends FactorPorts {
  startSession: StartSession;
  refusals: Refusals;
}

/** Throws 3006 where the console's address allows no passkeys. */
export function requireSite(site: PasskeySite | null): PasskeySite {
  if (!site) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'passkeys_impossible' } });
  return site;
}

/** Begins a sign-in with whichever passkey of this address its owner chooses. */
export async function beginPasskeySignIn({ tenancy, site }: FactorPorts): Promise<PasskeyRequestOptions> {
  const here = requireSite(site);
  return describeRequest(here, await tenancy.withPlatform(insertOpenChallenge), []);
}

/**
 * Signs in whose passkey it is: it is held and was unlocked by its person, which are two factors. Throws the same 2003 for a
 * passkey that is unknown, a signature that does not fit, and a challenge that can't be used.
 */
export async function signInWithPasskey(ports: PasskeySignInPorts, response: PasskeyAssertion, caller: Caller): Promise<SignedInPerson> {
  requireSite(ports.site);
  const { refusals } = ports;
  const credential_id = Buffer.from(response.id, 'base64url');
  const challenge = readChallenge(response);
  if (!challenge || !(await ports.tenancy.withPlatform((db) => takeOpenChallenge(db, challenge)))) {
    // Looked up behind the answer, whose time must not say whether somebody has such a passkey.
    refusals.recordFound(async () => [await findPasskeyPlace(ports.tenancy, credential_id)].filter((place) => place !== null), caller, 'challenge_ended');
    throw new AppError('TOKEN_INVALID', { details: { reason: 'challenge_ended' } });
  }
  const place = await findPasskeyPlace(ports.tenancy, credential_id);
  if (!place) throw refuse();
  // Nobody said who they are: the authenticator must, and it must be the passkey's own person (WebAuthn level 3, §7.2, step 6).
  const isTheirs = response.response.userHandle === handleOf(place.user_id);
  const factor = isTheirs ? await verifyFactor(ports, place, { method: 'passkey', response }, challenge) : null;
  if (factor && place.tenant_state !== 'active') return refusals.refuse(place, caller, new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'tenant_suspended' } }));
  const tokens = factor ? await admit(ports, place, factor, caller).catch((error: unknown) => refusals.refuse(place, caller, error)) : null;
  if (!tokens) return refusals.refuse(place, caller, refuse());
  return { tokens, tenant_id: place.tenant_id, user_id: place.user_id };
}

const refuse = () => new AppError('TOKEN_INVALID', { details: { reason: 'passkey_refused' } });

async function admit(ports: PasskeySignInPorts, { tenant_id, user_id, passkey_id }: PasskeyPlace, factor: VerifiedFactor, caller: Caller): Promise<SessionTokens | null> {
  return ports.tenancy.withTenant(tenant_id, async (db) => {
    const person = await lockPerson(db, user_id);
    if (person?.status !== 'active') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'user_disabled' } });
    if (!(await factor.take(db))) return null;
    const profile = await getProfile(db, user_id);
    const tokens = await ports.startSession(db, { user_id, epoch: profile.epoch, roles: profile.roles, carrier: 'cookie' }, caller);
    const who = { actor: { user_id, name: profile.name }, caller };
    await appendAudit(db, who, { action: 'auth.signed_in', resource_type: 'user', resource_id: user_id, details: { carrier: 'cookie', second_factor: 'passkey', passkey_id } });
    return tokens;
  });
}
