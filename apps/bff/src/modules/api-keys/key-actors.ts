import { KEY_PREFIX } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { sha256 } from '../../crypto/digest.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { Authenticator } from '../../http/authenticate.ts';
import { judgeStanding } from '../../standing.ts';
import { isAllowedFrom } from './networks.ts';
import { findKeyRow, limitsOf, listLiveKeys, permissionsOf, type KeyRow } from './repository.ts';
import type { KeyRefusal, KeyUses } from './uses.ts';

// Revoked, expired or its person disabled must be felt within a second; the rest of it is the clock's and the network's.
const FRESH_MS = 800;
const AT_MOST = 20_000;
const form = new RegExp(`^${KEY_PREFIX}[A-Za-z0-9_-]{43}$`);

interface Known {
  row: Promise<KeyRow | null>;
  read_at: number;
}

export interface KeyActors {
  /** An authenticator that takes API keys, and leaves every other token to `sessions`. Throws 2003, or 2004 from a network that the key is not for. */
  before(sessions: Authenticator): Authenticator;
  /** Which of these secrets may still be served, and by what: an open stream ends with either. */
  listLive(secret_ids: string[]): Promise<Map<string, string>>;
  /** Forgets every key: one was changed, or somebody's rights were. Each is read again, once. */
  forgetAll(): void;
}

/** Turns API keys into living actors. A key is looked for by its SHA-256 alone, so no comparison's time tells anything of one. */
export function createKeyActors(tenancy: Tenancy, uses: Pick<KeyUses, 'note' | 'noteRefusal'>): KeyActors {
  const known = new Map<string, Known>();

  const read = (key: string): Promise<KeyRow | null> => {
    const hash = sha256(key);
    const name = hash.toString('base64');
    const found = known.get(name);
    if (found && Date.now() - found.read_at < FRESH_MS) return found.row;
    if (known.size >= AT_MOST) known.clear();
    const row = findKeyRow(tenancy, hash);
    known.set(name, { row, read_at: Date.now() });
    // A failed read is not an answer, and guesses must not push out who is known.
    row.then((value) => value ?? known.delete(name), () => known.delete(name));
    return row;
  };

  const authenticate = async (key: string, caller: Caller): Promise<Actor> => {
    const row = form.test(key) ? await read(key) : null;
    if (!row || row.tenant_state !== 'active') throw new AppError('TOKEN_INVALID');
    const refusal = judge(row, caller.address);
    if (refusal === null) {
      uses.note(row, caller);
      return describeActor(row);
    }
    uses.noteRefusal(row, refusal, caller);
    throw new AppError(refusal === 'api_key_network' ? 'INSUFFICIENT_PERMISSIONS' : 'TOKEN_INVALID', refusal === 'user_disabled' ? {} : { details: { reason: refusal } });
  };

  return {
    before: (sessions) => ({
      authenticate: (token, caller) => (token.startsWith(KEY_PREFIX) ? authenticate(token, caller) : sessions.authenticate(token, caller)),
    }),
    listLive: (secret_ids) => listLiveKeys(tenancy, secret_ids),
    forgetAll: () => known.clear(),
  };
}

/** Why a key that exists is not served, if it isn't. Whoever has all its 256 bits may know. */
function judge(row: KeyRow, address: string): KeyRefusal | null {
  const isOver = (ends: string | null) => ends !== null && Date.parse(ends) <= Date.now();
  if (row.is_revoked) return 'api_key_revoked';
  if (isOver(row.key_ends)) return 'api_key_expired';
  if (isOver(row.secret_ends)) return 'api_key_rotated';
  if (row.user_status !== 'active') return 'user_disabled';
  return isAllowedFrom(address, row.allowed_networks) ? null : 'api_key_network';
}

function describeActor(row: KeyRow): Actor {
  const { user_id, tenant_id, email, name, roles, has_second_factor } = row;
  const { withheld } = judgeStanding(row);
  const api_key = { id: row.api_key_id, models: row.models, limits: limitsOf(row) };
  return { user_id, tenant_id, session_id: row.secret_id, email, name, roles, permissions: new Set(permissionsOf(row)), has_second_factor, withheld, api_key };
}
