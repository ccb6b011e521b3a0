import type { SystemRole } from '@lyss/api-types';
import type { Caller } from '../../actor.ts';
import type { AccessTokens } from '../../crypto/access-token.ts';
import { newId, sha256 } from '../../crypto/digest.ts';
import type { RefreshTokens } from '../../crypto/refresh-token.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import { refuseWhereSsoOnly } from './refuse-where-sso-only.ts';
import * as repository from './repository.ts';

const HOUR_S = 3_600;
const IDLE_S = 12 * HOUR_S;
const ABSOLUTE_S = 7 * 24 * HOUR_S;
const OPERATOR_ABSOLUTE_S = 24 * HOUR_S;
/** Seconds that an access token lives (security.md). */
export const ACCESS_SECONDS = 600;

export interface NewSession {
  user_id: string;
  epoch: number;
  roles: readonly SystemRole[];
  carrier: 'cookie' | 'bearer';
  /** What let the person in, where it was no password and no link of ours. */
  by?: 'single_sign_on';
}

export type StartSession = (db: TenantDb, person: NewSession, caller: Caller) => Promise<SessionTokens>;

/** Starts sessions: one row, the first refresh token (only its SHA-256 is kept) and an access token. */
export function createStartSession(accessTokens: AccessTokens, refreshTokens: RefreshTokens): StartSession {
  return async (db, person, caller) => {
    // Here, where every way in ends: none that comes later is forgotten.
    if (person.by !== 'single_sign_on') await refuseWhereSsoOnly(db, person.roles);
    const seconds = person.roles.includes('super_admin') ? OPERATOR_ABSOLUTE_S : ABSOLUTE_S;
    const session_id = newId();
    const { user_id, carrier, epoch } = person;
    const { user_agent, address } = caller;
    const is_proof = person.by !== 'single_sign_on' || !(await repository.getProfile(db, user_id)).has_second_factor;
    await repository.insertSession(db, { id: session_id, user_id, user_agent, address, carrier, expires_at: secondsFromNow(seconds), via: person.by ?? null }, is_proof);
    const refresh_token = refreshTokens.make(session_id);
    await repository.insertRefreshToken(db, newRefreshRow(session_id, refresh_token, null));
    const access_token = await accessTokens.issue({ user_id, session_id, tenant_id: db.tenant_id, epoch });
    // Asked for, not reckoned: the tenant's policy may have shortened it.
    return { access_token, refresh_token, expires_in: ACCESS_SECONDS, session_seconds: await repository.getCookieSeconds(db, session_id) };
  };
}

/** A refresh token's row: its digest, its place in the chain, and when it idles out. */
export function newRefreshRow(session_id: string, token: string, parent_id: string | null) {
  return { id: newId(), session_id, token_hash: sha256(token), parent_id, idle_expires_at: secondsFromNow(IDLE_S) };
}

function secondsFromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1_000);
}
