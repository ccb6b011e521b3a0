import type { LoginInput, SecondStep } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import type { Caller } from '../../actor.ts';
import type { PasswordHasher } from '../../crypto/password.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { networkOf } from '../../http/request-facts.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import * as repository from './repository.ts';
import type { SignInCandidate } from './repository.ts';
import type { Refusals } from './refusals.ts';
import { judgeStanding } from '../../standing.ts';
import { refuseWhereSsoOnly } from './refuse-where-sso-only.ts';
import type { BeginSecondStep } from './second-factors/begin-second-step.ts';
import type { StartSession } from './start-session.ts';
import { ThrottledError, type SignInThrottle } from './throttle.ts';

export interface SignInPorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  throttle: SignInThrottle;
  refusals: Refusals;
  startSession: StartSession;
  beginSecondStep: BeginSecondStep;
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
 * same 2006 after the same work. Throws 3005 with `details.workspaces` once the password matched in several, and 2007 with
 * the second step to come.
 */
export async function signIn(ports: SignInPorts, input: LoginInput, carrier: 'cookie' | 'bearer', caller: Caller): Promise<SignedInPerson> {
  const find = () => repository.listSignInCandidates(ports.tenancy, input.email, input.workspace ?? null);
  await ports.throttle.take(input.email, caller.address).catch((error: unknown) => recordThrottled(ports, error, find, caller));
  const candidates = (await find()).slice(0, CANDIDATES);
  const workspaces = input.workspace ? 1 : await repository.countWorkspaces(ports.tenancy, CANDIDATES + 1);
  const fitting = await listFitting(ports.hasher, candidates, input.password, Math.min(workspaces, CANDIDATES));
  if (fitting.length === 0) {
    for (const candidate of candidates) ports.refusals.record(candidate, caller, 'password_incorrect');
    // Said to everybody, known or not: of an address in more workspaces than were looked at, this may be the cause.
    throw new AppError('PASSWORD_INCORRECT', workspaces > CANDIDATES ? { details: { reason: 'workspace_needed' } } : {});
  }
  await ports.throttle.forgive(input.email, caller.address);
  const [person, another] = fitting;
  if (!person || another) throw new AppError('RESOURCE_CONFLICT', { details: { workspaces: fitting.map(({ workspace, tenant_name }) => ({ workspace, name: tenant_name })) } });
  const refusal = person.tenant_state !== 'active' ? 'tenant_suspended' : person.user_status !== 'active' ? 'user_disabled' : null;
  if (refusal) return ports.refusals.refuse(person, caller, new AppError('OPERATION_NOT_ALLOWED', { details: { reason: refusal } }));
  // Also the right password where passwords are closed, and whatever changed while it was being judged.
  const { tokens, step } = await admit(ports, person, input.password, carrier, caller).catch((error: unknown) => ports.refusals.refuse(person, caller, error));
  if (!tokens) throw new AppError('SECOND_FACTOR_REQUIRED', { details: { ...step } });
  return { tokens, tenant_id: person.tenant_id, user_id: person.user_id };
}

function recordThrottled({ refusals }: SignInPorts, error: unknown, find: () => Promise<SignInCandidate[]>, caller: Caller): never {
  if (error instanceof ThrottledError && error.is_first) {
    if (error.error_name === 'ACCOUNT_LOCKED') refusals.recordFound(find, caller, 'account_locked');
    else refusals.recordNetwork(networkOf(caller.address), caller);
  }
  throw error;
}

/** As many hashes for an address in no workspace as for one in several: the time must not say where somebody is. */
async function listFitting(hasher: PasswordHasher, candidates: SignInCandidate[], password: string, rounds: number): Promise<SignInCandidate[]> {
  const fitting: SignInCandidate[] = [];
  for (let round = 0; round < Math.max(1, rounds, candidates.length); round++) {
    const candidate = candidates[round];
    const fits = await hasher.verify(candidate?.password_hash ?? null, password);
    if (candidate && fits) fitting.push(candidate);
  }
  return fitting;
}

async function admit(ports: SignInPorts, person: SignInCandidate, password: string, carrier: 'cookie' | 'bearer', caller: Caller): Promise<{ tokens: SessionTokens; step?: never } | { tokens?: never; step: SecondStep }> {
  const { user_id, password_hash: verified } = person;
  // Before the transaction: a hash takes its time, and a crowd of them waits in a queue.
  const renewed = verified && ports.hasher.needsRehash(verified) ? await ports.hasher.hash(password) : null;
  const admitted = await ports.tenancy.withTenant(person.tenant_id, async (db) => {
    const now = await repository.lockPerson(db, user_id);
    if (now?.status !== 'active') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'user_disabled' } });
    if (now.password_hash !== verified) return { password_hash: now.password_hash };
    const profile = await repository.getProfile(db, user_id);
    if (renewed && verified) await repository.replacePasswordHash(db, user_id, { from: verified, to: renewed });
    // Where passwords are closed nobody is asked for what would come after one.
    await refuseWhereSsoOnly(db, profile.roles);
    const step = await ports.beginSecondStep(db, { user_id, epoch: profile.epoch }, carrier);
    if (step) return { step };
    if (carrier === 'bearer') refuseUnenrolled(profile);
    const tokens = await ports.startSession(db, { user_id, epoch: profile.epoch, roles: profile.roles, carrier }, caller);
    const who = { actor: { user_id, name: profile.name }, caller };
    await appendAudit(db, who, { action: 'auth.signed_in', resource_type: 'user', resource_id: user_id, details: { carrier } });
    return { tokens };
  });
  if (admitted.tokens || admitted.step) return admitted;
  // The stored hash became another one while we verified: by a new password, or by a sign-in that renewed the old one's hash.
  if (!(await ports.hasher.verify(admitted.password_hash, password))) throw new AppError('PASSWORD_INCORRECT');
  return admit(ports, { ...person, password_hash: admitted.password_hash }, password, carrier, caller);
}

/** A program can't set a factor up: where one is demanded first of all, its person does so in the console. Throws 3006. */
function refuseUnenrolled(profile: Awaited<ReturnType<typeof repository.getProfile>>): void {
  const { withheld } = judgeStanding({ ...profile, granted: profile.custom_roles.flatMap(({ permissions }) => permissions) });
  if (withheld === 'everything') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'second_factor_needed' } });
}
