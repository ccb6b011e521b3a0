import type { Actor } from '../../actor.ts';
import { AccessTokenError, type AccessClaims, type AccessTokens } from '../../crypto/access-token.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { Authenticator } from '../../http/authenticate.ts';
import { judgeStanding } from '../../standing.ts';
import { findActorRow, type ActorRow } from './repository.ts';

// Disabled, demoted or signed out must be felt within a second; the rest of it is the clock's and the network's.
const FRESH_MS = 800;
const AT_MOST = 20_000;

interface Known {
  row: Promise<ActorRow | null>;
  read_at: number;
}

export interface Actors extends Authenticator {
  /** Forgets what is known of a session, for the process that has just ended it. */
  forget(session_id: string): void;
  /** Forgets everybody: somebody was disabled or has other roles, or it may have been missed. Each is read again, once. */
  forgetAll(): void;
}

/** Turns access tokens into living actors: the token is verified, person, tenant, session and roles are read per request (≤ 1 s old). */
export function createActors(tenancy: Tenancy, accessTokens: AccessTokens): Actors {
  const known = new Map<string, Known>();

  const read = (session_id: string): Promise<ActorRow | null> => {
    const found = known.get(session_id);
    if (found && Date.now() - found.read_at < FRESH_MS) return found.row;
    if (known.size >= AT_MOST) known.clear();
    const row = findActorRow(tenancy, session_id);
    known.set(session_id, { row, read_at: Date.now() });
    // A failed read is not an answer: the next request asks again.
    row.catch(() => known.delete(session_id));
    return row;
  };

  return {
    async authenticate(token) {
      const claims = await verify(accessTokens, token);
      const row = await read(claims.sid);
      if (!row || !fits(row, claims)) throw new AppError('TOKEN_INVALID');
      return describeActor(row, claims.sid);
    },
    forget: (session_id) => void known.delete(session_id),
    forgetAll: () => known.clear(),
  };
}

async function verify(accessTokens: AccessTokens, token: string): Promise<AccessClaims> {
  try {
    return await accessTokens.verify(token);
  } catch (error) {
    if (error instanceof AccessTokenError) throw new AppError(error.reason === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
    throw error;
  }
}

function fits(row: ActorRow, claims: AccessClaims): boolean {
  const same = row.tenant_id === claims.tid && row.user_id === claims.sub && row.epoch === claims.ver;
  return same && !row.session_revoked && Date.parse(row.session_ends) > Date.now() && row.user_status === 'active' && row.tenant_state === 'active';
}

function describeActor(row: ActorRow, session_id: string): Actor {
  const { user_id, tenant_id, email, name, roles, has_second_factor } = row;
  const { permissions, withheld } = judgeStanding(row);
  return { user_id, tenant_id, session_id, email, name, roles, permissions: new Set(permissions), has_second_factor, withheld };
}
