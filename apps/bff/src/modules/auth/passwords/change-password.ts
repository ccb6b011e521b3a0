import type { ChangePasswordInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import type { AccessTokens } from '../../../crypto/access-token.ts';
import { sha256 } from '../../../crypto/digest.ts';
import { isShortPassword } from '../../../crypto/judge-password.ts';
import type { PasswordHasher } from '../../../crypto/password.ts';
import type { RefreshTokens } from '../../../crypto/refresh-token.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';
import type { Actors } from '../actors.ts';
import { refuseWeakPassword } from '../choose-password.ts';
import { refuseWhereSsoOnly } from '../refuse-where-sso-only.ts';
import { TOLERATED_S } from '../refresh-session.ts';
import * as auth from '../repository.ts';
import { ACCESS_SECONDS, newRefreshRow } from '../start-session.ts';
import type { AttemptLimit } from '../throttle.ts';
import * as repository from './repository.ts';
import type { TellChanged } from './tell-changed.ts';

export interface ChangePorts {
  tenancy: Tenancy;
  hasher: PasswordHasher;
  accessTokens: AccessTokens;
  actors: Pick<Actors, 'forget'>;
  refreshTokens: RefreshTokens;
  /** By person, and apart from sign-in's: strangers who lock that one take nothing from whoever is signed in. */
  attempts: AttemptLimit;
  tellChanged: TellChanged;
}

/**
 * Changes the password of whoever is signed in: every other session ends, this one goes on with new tokens. Answers the
 * cookies, or null for a script, which refreshes. Throws 2006 on the current password, 1001 on the new one, 2005 after ten tries, 3006 where passwords are closed.
 */
export async function changePassword(ports: ChangePorts, actor: Actor, input: ChangePasswordInput, refresh_cookie: string | null, caller: Caller): Promise<SessionTokens | null> {
  await ports.tenancy.withTenant(actor.tenant_id, (db) => refuseWhereSsoOnly(db, actor.roles));
  await ports.attempts.take(actor.user_id);
  const owner = await ports.tenancy.withTenant(actor.tenant_id, (db) => repository.getPasswordOwner(db, actor.user_id));
  if (!(await ports.hasher.verify(owner.password_hash, input.current_password))) return refuse(ports, actor, caller);
  await ports.attempts.forgive(actor.user_id);
  refuseWeakPassword(input.password, owner);
  const password_hash = await ports.hasher.hash(input.password);
  // Before the transaction: a second connection, asked for while others wait for its lock with theirs, may never come.
  const place = refresh_cookie ? await auth.findRefreshPlace(ports.tenancy, sha256(refresh_cookie)) : null;
  const tokens = await ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    await auth.lockPerson(db, actor.user_id);
    const now = await repository.getPasswordOwner(db, actor.user_id);
    // Looked at again behind the lock: somebody may have reset the password, or disabled the person, while it was hashed.
    if (now.password_hash !== owner.password_hash || now.status !== 'active') throw new AppError('TOKEN_INVALID');
    // Removed meanwhile, a second factor no longer makes up for what the password lacks.
    refuseWeakPassword(input.password, now);
    const sessions = await auth.setPassword(db, actor.user_id, { password_hash, password_is_short: isShortPassword(input.password) }, actor.session_id);
    await appendAudit(db, { actor, caller }, { action: 'users.password_chosen', resource_type: 'user', resource_id: actor.user_id, details: { purpose: 'own_change', sessions_ended: sessions } });
    return renewSession(ports, db, actor, refresh_cookie, place);
  });
  ports.actors.forget(actor.session_id);
  ports.tellChanged(owner);
  return tokens;
}

async function refuse({ tenancy }: ChangePorts, actor: Actor, caller: Caller): Promise<never> {
  const entry = { action: 'users.password_chosen', resource_type: 'user', resource_id: actor.user_id, outcome: 'refused' as const, details: { purpose: 'own_change', reason: 'password_incorrect' } };
  await tenancy.withTenant(actor.tenant_id, (db) => appendAudit(db, { actor, caller }, entry));
  const issues = [{ path: 'current_password', code: 'password_incorrect', message: 'password_incorrect' }];
  throw new AppError('PASSWORD_INCORRECT', { details: { reason: 'current_password', issues } });
}

/** New tokens for a browser's session. The cookie's successor is the one that a second tab would get, so the two agree. */
async function renewSession(ports: ChangePorts, db: TenantDb, actor: Actor, cookie: string | null, place: auth.RefreshPlace | null): Promise<SessionTokens | null> {
  const session = await auth.lockSession(db, actor.session_id);
  if (!session || session.ended) throw new AppError('TOKEN_INVALID');
  if (session.carrier === 'bearer') return null;
  const own = place?.session_id === session.id ? await auth.getRefreshToken(db, place.token_id, TOLERATED_S) : null;
  const parent = own && !own.used && !own.idle ? own : null;
  const refresh_token = cookie && parent ? ports.refreshTokens.succeed(session.id, cookie) : ports.refreshTokens.make(session.id);
  if (parent) await auth.markRefreshTokenUsed(db, parent.id);
  await auth.insertRefreshToken(db, newRefreshRow(session.id, refresh_token, parent?.id ?? null));
  const access_token = await ports.accessTokens.issue({ user_id: actor.user_id, session_id: session.id, tenant_id: db.tenant_id, epoch: session.epoch });
  const session_seconds = await auth.getCookieSeconds(db, session.id);
  return { access_token, refresh_token, expires_in: ACCESS_SECONDS, session_seconds };
}
