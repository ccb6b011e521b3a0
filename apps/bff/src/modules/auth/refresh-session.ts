import { appendAudit } from '../../audit/append.ts';
import type { Caller } from '../../actor.ts';
import type { AccessTokens } from '../../crypto/access-token.ts';
import { sha256 } from '../../crypto/digest.ts';
import type { RefreshTokens } from '../../crypto/refresh-token.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import * as repository from './repository.ts';
import type { SignedInPerson } from './sign-in.ts';
import { ACCESS_SECONDS, newRefreshRow } from './start-session.ts';

// Two tabs that refresh with the same token within this time are one person, not a thief.
export const TOLERATED_S = 10;

export interface RefreshPorts {
  tenancy: Tenancy;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
}

/** Why a session is over, for whoever holds a token of it. */
type EndReason = 'user_disabled' | 'tenant_suspended' | 'password_changed' | 'password_reset' | 'second_factors_changed' | 'second_factors_reset' | 'refresh_reused' | 'session_ended';
/** `reason` is null where the token is not one that this caller may have: then nothing is said. */
type Outcome = { state: 'rotated'; tokens: SessionTokens; user_id: string } | { state: 'dead'; reason: EndReason | null };

/**
 * Rotates a refresh token in one transaction with its session locked (RFC 9700 §4.14). The direct parent gets the same
 * successor for 10 s; any older one revokes the session. Throws 2003 for everything that is not a living token, with
 * `details.reason` where it once was.
 */
export async function refreshSession(ports: RefreshPorts, token: string, carrier: 'cookie' | 'bearer', caller: Caller): Promise<SignedInPerson> {
  const place = await repository.findRefreshPlace(ports.tenancy, sha256(token));
  if (!place) throw new AppError('TOKEN_INVALID');
  const outcome = await ports.tenancy.withTenant(place.tenant_id, (db) => rotate(ports, db, place, token, carrier, caller));
  if (outcome.state !== 'rotated') throw new AppError('TOKEN_INVALID', outcome.reason ? { details: { reason: outcome.reason } } : {});
  return { tokens: outcome.tokens, tenant_id: place.tenant_id, user_id: outcome.user_id };
}

async function rotate(
  ports: RefreshPorts,
  db: TenantDb,
  place: repository.RefreshPlace,
  token: string,
  carrier: 'cookie' | 'bearer',
  caller: Caller,
): Promise<Outcome> {
  const session = await repository.lockSession(db, place.session_id);
  if (!session || session.carrier !== carrier) return { state: 'dead', reason: null };
  const over = findEnd(session);
  if (over) return { state: 'dead', reason: over };
  const row = await repository.getRefreshToken(db, place.token_id, TOLERATED_S);
  if (row.idle) return { state: 'dead', reason: 'session_ended' };
  if (row.used && (!row.used_lately || row.has_used_child)) {
    await repository.revokeSession(db, session.id, 'refresh_reused');
    const who = { actor: { user_id: session.user_id, name: session.name }, caller };
    await appendAudit(db, who, { action: 'auth.refresh_reused', resource_type: 'session', resource_id: session.id, outcome: 'refused' });
    return { state: 'dead', reason: 'refresh_reused' };
  }
  const successor = ports.refreshTokens.succeed(session.id, token);
  if (!row.used) {
    await repository.markRefreshTokenUsed(db, row.id);
    await repository.insertRefreshToken(db, newRefreshRow(session.id, successor, row.id));
    await repository.touchSession(db, session);
  }
  const access_token = await ports.accessTokens.issue({ user_id: session.user_id, session_id: session.id, tenant_id: db.tenant_id, epoch: session.epoch });
  const session_seconds = await repository.getCookieSeconds(db, session.id);
  return { state: 'rotated', user_id: session.user_id, tokens: { access_token, refresh_token: successor, expires_in: ACCESS_SECONDS, session_seconds } };
}

const toldReasons: Record<string, EndReason> = {
  user_disabled: 'user_disabled',
  password_changed: 'password_changed',
  password_reset: 'password_reset',
  second_factors_changed: 'second_factors_changed',
  second_factors_reset: 'second_factors_reset',
  refresh_reused: 'refresh_reused',
};

/** What ended a session, or null: person and tenant first, for a session may outlive neither. */
function findEnd(session: NonNullable<Awaited<ReturnType<typeof repository.lockSession>>>): EndReason | null {
  if (session.user_status !== 'active') return 'user_disabled';
  if (session.tenant_state !== 'active') return 'tenant_suspended';
  return session.ended ? (toldReasons[session.revoke_reason ?? ''] ?? 'session_ended') : null;
}
