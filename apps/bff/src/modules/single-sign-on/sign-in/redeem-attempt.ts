import type { SsoReturned } from '@lyss/api-types';
import type { Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { AppError } from '../../../errors.ts';
import { findConnection, type ConnectionRow } from '../connection/repository.ts';
import { writeRedirectUri, type SsoPorts } from '../ports.ts';
import type { Claims } from '../provider/provider.ts';
import { secretFor } from '../secret.ts';
import { deriveSecrets, hashAttempt } from './attempt-secrets.ts';
import * as repository from './repository.ts';

/** One answer for a state that is unknown, over, used, another browser's or another provider's. */
const unknownAttempt = () => new AppError('TOKEN_INVALID', { details: { reason: 'sso_attempt' } });

export interface Redeemed {
  tenant_id: string;
  connection: ConnectionRow;
  claims: Claims;
}

/**
 * Uses an attempt up, then asks the provider whom its answer is for. `user_id`: of a test, the admin who must have begun
 * it. Throws 2003 for an attempt that is not this browser's to finish, 4004 or 4005 for the provider.
 */
export async function redeemAttempt(ports: SsoPorts, returned: SsoReturned, browser: string | null, user_id: string | null, caller: Caller): Promise<Redeemed> {
  if (!browser) throw unknownAttempt();
  const { state_hash, browser_hash } = hashAttempt(browser, returned.state);
  const place = await repository.findAttemptPlace(ports.tenancy, state_hash);
  // Each tenant's provider answers at an address of its own: what comes to another one was meant for somebody else.
  if (!place || place.workspace !== returned.workspace) throw unknownAttempt();
  const { tenant_id } = place;
  // In its own transaction, before the provider is asked: whatever it says, this state opens nothing again.
  const connection = await ports.tenancy.withTenant(tenant_id, async (db) => {
    const attempt = await repository.consumeAttempt(db, place.attempt_id, browser_hash, user_id);
    const row = attempt && (await findConnection(db));
    return row && row.id === attempt.connection_id && row.version === attempt.connection_version ? row : null;
  });
  if (!connection) throw unknownAttempt();
  const secrets = deriveSecrets(browser, returned.state);
  const needed = ['email', 'email_verified', ...(connection.role_claim === null ? [] : [connection.role_claim])];
  const calls = { request_id: caller.request_id, credential: secretFor(ports.vault, tenant_id, connection), needed };
  try {
    return { tenant_id, connection, claims: await ports.provider.redeem({ tenant_id, ...connection }, secrets, writeRedirectUri(ports.public_url, place.workspace), returned, calls) };
  } catch (error) {
    await recordFailure(ports, tenant_id, { connection_id: connection.id, user_id, error }, caller);
    throw error;
  }
}

/** Why the provider's answer was no good, in the tenant's trail: its admins mend that. */
async function recordFailure({ tenancy }: SsoPorts, tenant_id: string, failed: { connection_id: string; user_id: string | null; error: unknown }, caller: Caller): Promise<void> {
  const reason = failed.error instanceof AppError ? failed.error.details?.['reason'] : undefined;
  const action = failed.user_id === null ? 'auth.signed_in' : 'sso.tested';
  const entry = { action, resource_type: 'sso_connection', resource_id: failed.connection_id, outcome: 'failed' as const, details: { reason: reason ?? 'unknown', via: 'single_sign_on' } };
  await tenancy.withTenant(tenant_id, (db) => appendAudit(db, { actor: null, caller }, entry));
}
