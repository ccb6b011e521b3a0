import type { Invitation, OneTimeLink } from '@lyss/api-types';
import { randomToken, sha256 } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { insertUserToken } from './repository.ts';

const HOUR_MS = 3_600_000;
const lifetimes: Record<Invitation['purpose'], number> = { invitation: 72 * HOUR_MS, password_reset: HOUR_MS / 4 };

/** A link that chooses a password once: 72 h for an invitation, 15 min for a reset; only the token's SHA-256 is kept. */
export async function issueLink(db: TenantDb, public_url: URL, user_id: string, purpose: Invitation['purpose']): Promise<OneTimeLink> {
  const token = randomToken();
  const expires_at = new Date(Date.now() + lifetimes[purpose]);
  await insertUserToken(db, { user_id, purpose, token_hash: sha256(token), expires_at });
  return { url: new URL(`/invitation/${token}`, public_url).href, expires_at: expires_at.toISOString() };
}
