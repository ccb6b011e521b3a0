import type { LoginInput, Me, ProfileInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import { pickChanged } from '../../audit/pick-changed.ts';
import type { AccessTokens } from '../../crypto/access-token.ts';
import { sha256 } from '../../crypto/digest.ts';
import { findShortest } from '../../crypto/judge-password.ts';
import type { PasswordHasher } from '../../crypto/password.ts';
import type { RefreshTokens } from '../../crypto/refresh-token.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { pickGiven } from '../../given-fields.ts';
import { judgeStanding } from '../../standing.ts';
import type { Actors } from './actors.ts';
import { choosePassword, readLink, type ChosenPassword } from './choose-password.ts';
import * as repository from './repository.ts';
import { refreshSession } from './refresh-session.ts';
import type { Refusals } from './refusals.ts';
import { signIn, type SignedInPerson } from './sign-in.ts';
import type { BeginSecondStep } from './second-factors/begin-second-step.ts';
import type { OfferedFactor } from './second-factors/verify-factor.ts';
import type { StartSession } from './start-session.ts';
import type { SignInThrottle } from './throttle.ts';

export interface AuthPorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  throttle: SignInThrottle;
  refusals: Refusals;
  accessTokens: AccessTokens;
  actors: Actors;
  startSession: StartSession;
  beginSecondStep: BeginSecondStep;
  completeSecondStep(step: OfferedFactor & { challenge: string }, carrier: 'cookie' | 'bearer', caller: Caller): Promise<SignedInPerson>;
  refreshTokens: RefreshTokens;
  insecure_transport: boolean;
}
export type AuthService = ReturnType<typeof createAuthService>;

/** Signing in, staying and leaving; profiles; passwords chosen by one-time links. */
export function createAuthService(ports: AuthPorts) {
  const { tenancy } = ports;
  return {
    signIn: (input: LoginInput, caller: Caller) => signIn(ports, input, 'cookie', caller),
    signInProgram: (input: LoginInput, otp: string | undefined, caller: Caller) => signInProgram(ports, input, otp, caller),
    completeSecondStep: ports.completeSecondStep,
    refresh: (token: string, carrier: 'cookie' | 'bearer', caller: Caller) => refreshSession(ports, token, carrier, caller),
    async readMe(who: Pick<Actor, 'tenant_id' | 'user_id' | 'api_key'> & Partial<Pick<Actor, 'permissions'>>): Promise<Me> {
      const me = await tenancy.withTenant(who.tenant_id, (db) => readMe(ports, db, who.user_id));
      // To a program that asks with a key: what it may do, not what its person may.
      return who.api_key ? { ...me, permissions: me.permissions.filter((permission) => who.permissions?.has(permission)) } : me;
    },
    signOut: (tokens: { access_token: string | null; refresh_token: string | null }, caller: Caller) => signOut(ports, tokens, caller),
    updateMe: (actor: Actor, version: number | null, input: ProfileInput, caller: Caller) => updateMe(ports, actor, version, input, caller),
    readInvitation: (token: string) => readLink(tenancy, token, 'invitation'),
    acceptInvitation: (token: string, input: ChosenPassword, caller: Caller) => acceptInvitation(ports, token, input, caller),
  };
}

async function readMe(ports: AuthPorts, db: TenantDb, user_id: string): Promise<Me> {
  const row = await repository.getProfile(db, user_id);
  const { id, email, name, roles, version, locale, theme, time_zone, columns, has_second_factor } = row;
  const { permissions, demanded, withheld } = judgeStanding({ ...row, granted: row.custom_roles.flatMap((role) => role.permissions) });
  return {
    id,
    email,
    name,
    roles,
    version,
    custom_roles: row.custom_roles.map(({ id: role_id, name: role_name }) => ({ id: role_id, name: role_name })),
    permissions,
    tenant: { id: row.tenant_id, name: row.tenant_name, workspace: row.workspace, currency: row.currency, time_zone: row.tenant_time_zone, passwords_closed: row.passwords_closed, logo: row.logo },
    preferences: { locale, theme, time_zone, columns },
    second_factor: { enrolled: has_second_factor, demanded, withheld },
    shortest_password: findShortest(row),
    insecure_transport: ports.insecure_transport,
  };
}

async function updateMe(ports: AuthPorts, actor: Actor, version: number | null, input: ProfileInput, caller: Caller): Promise<Me> {
  return ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const given = pickGiven({ name: input.name, ...input.preferences });
    await repository.lockPerson(db, actor.user_id);
    const before = await repository.getProfile(db, actor.user_id);
    if (!(await repository.updateProfile(db, actor.user_id, version, given))) throw new AppError('RESOURCE_CONFLICT', { status: 412 });
    const after = await repository.getProfile(db, actor.user_id);
    const details = pickChanged(describeProfile(before), describeProfile(after));
    await appendAudit(db, { actor, caller }, { action: 'users.profile_changed', resource_type: 'user', resource_id: actor.user_id, details });
    return readMe(ports, db, actor.user_id);
  });
}

/** Of the lists' columns, which lists were arranged is enough; how is nobody's business. */
const describeProfile = ({ name, locale, theme, time_zone, columns }: Pick<Me, 'name'> & Me['preferences']) => ({ name, locale, theme, time_zone, columns: Object.keys(columns).toSorted() });

async function signOut(ports: AuthPorts, tokens: { access_token: string | null; refresh_token: string | null }, caller: Caller): Promise<void> {
  const place = await findSession(ports, tokens);
  if (!place) return;
  await ports.tenancy.withTenant(place.tenant_id, async (db) => {
    if (!(await repository.revokeSession(db, place.session_id, 'signed_out'))) return;
    const actor = await repository.getSessionPerson(db, place.session_id);
    await appendAudit(db, { actor, caller }, { action: 'auth.signed_out', resource_type: 'session', resource_id: place.session_id });
  });
  ports.actors.forget(place.session_id);
}

async function findSession(ports: AuthPorts, { access_token, refresh_token }: { access_token: string | null; refresh_token: string | null }) {
  if (refresh_token) return repository.findRefreshPlace(ports.tenancy, sha256(refresh_token));
  const claims = access_token ? await ports.accessTokens.verify(access_token).catch(() => null) : null;
  return claims ? { tenant_id: claims.tid, session_id: claims.sid } : null;
}

/** A link chooses a password; of somebody with a second factor it does no more. Throws 2007 then, with the password chosen. */
async function acceptInvitation(ports: AuthPorts, token: string, input: ChosenPassword, caller: Caller): Promise<SignedInPerson> {
  const { finished, ...place } = await choosePassword(ports, { token, purpose: 'invitation' }, input, caller, async (db, { id, epoch, roles }) => {
    const step = await ports.beginSecondStep(db, { user_id: id, epoch }, 'cookie');
    return step ? { step } : { tokens: await ports.startSession(db, { user_id: id, epoch, roles, carrier: 'cookie' }, caller) };
  });
  if (!finished.tokens) throw new AppError('SECOND_FACTOR_REQUIRED', { details: { ...finished.step } });
  return { tokens: finished.tokens, ...place };
}

/** With an authenticator app's code in the same form a program signs in at once. */
async function signInProgram(ports: AuthPorts, input: LoginInput, otp: string | undefined, caller: Caller): Promise<SignedInPerson> {
  try {
    return await signIn(ports, input, 'bearer', caller);
  } catch (error) {
    const challenge = error instanceof AppError && error.error_name === 'SECOND_FACTOR_REQUIRED' ? error.details?.['challenge'] : undefined;
    if (otp === undefined || typeof challenge !== 'string') throw error;
    return ports.completeSecondStep({ challenge, method: 'totp', code: otp }, 'bearer', caller);
  }
}
