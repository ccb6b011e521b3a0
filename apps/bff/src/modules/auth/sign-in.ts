import type { LoginInput } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import type { Caller } from '../../actor.ts';
import type { PasswordHasher } from '../../crypto/password.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import * as repository from './repository.ts';
import type { SignInCandidate } from './repository.ts';
import type { StartSession } from './start-session.ts';
import type { SignInThrottle } from './throttle.ts';

export interface SignInPorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  throttle: SignInThrottle;
  startSession: StartSession;
}

export interface SignedInPerson {
  tokens: SessionTokens;
  tenant_id: string;
  user_id: string;
}

// Each candidate costs a hash: an address in more workspaces than this must say which one it means.
const CANDIDATES = 4;

/**
 * Signs a person in by e-mail, password and, where several fit, workspace. Unknown address and wrong password are the
 * same 2006 after the same work. Throws 3005 with `details.workspaces` once the password matched in several.
 */
export async function signIn(ports: SignInPorts, input: LoginInput, carrier: 'cookie' | 'bearer', caller: Caller): Promise<SignedInPerson> {
  await ports.throttle.take(input.email, caller.address);
  const candidates = (await repository.listSignInCandidates(ports.tenancy, input.email, input.workspace ?? null)).slice(0, CANDIDATES);
  const fitting = await listFitting(ports.hasher, candidates, input.password);
  if (fitting.length === 0) {
    await Promise.all(candidates.map((candidate) => recordRefusal(ports.tenancy, candidate, caller, 'password_incorrect')));
    throw new AppError('PASSWORD_INCORRECT');
  }
  await ports.throttle.forgive(input.email, caller.address);
  const [person, another] = fitting;
  if (!person || another) throw new AppError('RESOURCE_CONFLICT', { details: { workspaces: fitting.map(({ workspace, tenant_name }) => ({ workspace, name: tenant_name })) } });
  const refusal = person.tenant_state !== 'active' ? 'tenant_suspended' : person.user_status !== 'active' ? 'user_disabled' : null;
  if (refusal) {
    await recordRefusal(ports.tenancy, person, caller, refusal);
    throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: refusal } });
  }
  const tokens = await ports.tenancy.withTenant(person.tenant_id, (db) => admit(ports, db, person, input.password, carrier, caller));
  return { tokens, tenant_id: person.tenant_id, user_id: person.user_id };
}

async function listFitting(hasher: PasswordHasher, candidates: SignInCandidate[], password: string): Promise<SignInCandidate[]> {
  // With nobody there the dummy hash is verified, so that the time says nothing.
  if (candidates.length === 0) await hasher.verify(null, password);
  const fitting: SignInCandidate[] = [];
  for (const candidate of candidates) if (await hasher.verify(candidate.password_hash, password)) fitting.push(candidate);
  return fitting;
}

async function admit(ports: SignInPorts, db: TenantDb, person: SignInCandidate, password: string, carrier: 'cookie' | 'bearer', caller: Caller) {
  const profile = await repository.getProfile(db, person.user_id);
  if (person.password_hash && ports.hasher.needsRehash(person.password_hash)) {
    await repository.replacePasswordHash(db, person.user_id, await ports.hasher.hash(password));
  }
  const tokens = await ports.startSession(db, { user_id: person.user_id, epoch: profile.epoch, roles: profile.roles, carrier }, caller);
  const who = { actor: { user_id: person.user_id, name: profile.name }, caller };
  await appendAudit(db, who, { action: 'auth.signed_in', resource_type: 'user', resource_id: person.user_id, details: { carrier } });
  return tokens;
}

async function recordRefusal(tenancy: Tenancy, person: SignInCandidate, caller: Caller, reason: string): Promise<void> {
  await tenancy.withTenant(person.tenant_id, (db) =>
    appendAudit(db, { actor: null, caller }, { action: 'auth.signed_in', resource_type: 'user', resource_id: person.user_id, outcome: 'refused', details: { reason } }),
  );
}
