import type { Me, SsoReturned } from '@lyss/api-types';
import type { Caller } from '../../../actor.ts';
import { appendAudit, type AuditEntry } from '../../../audit/append.ts';
import { isUniqueViolation } from '../../../db/database.ts';
import { AppError } from '../../../errors.ts';
import type { SessionTokens } from '../../../http/session-cookie.ts';
import { holdConnection } from '../connection/repository.ts';
import type { SsoPorts } from '../ports.ts';
import { admit } from './admit.ts';
import { decide, type Decision, type Refusal } from './decide.ts';
import { readClaims } from './read-claims.ts';
import { redeemAttempt, type Redeemed } from './redeem-attempt.ts';
import { getWorkspace } from './repository.ts';

type Outcome = { admitted: { user_id: string; tokens: SessionTokens } } | { refused: AuditEntry & { details: { reason: string } } };

/** Signs a browser in with what its provider sent back. Throws 2003 for an attempt that is over, 4004 or 4005 for the provider, 3006 for whom it can't be. */
export async function finishSignIn(ports: SsoPorts, returned: SsoReturned, browser: string | null, caller: Caller): Promise<{ user: Me; tokens: SessionTokens }> {
  const redeemed = await redeemAttempt(ports, returned, browser, null, caller);
  const { tenant_id } = redeemed;
  const outcome = await ports.tenancy.withTenant(tenant_id, async (db): Promise<Outcome> => {
    // Read again: the provider took its time, and the connection may have been switched off meanwhile.
    const connection = await holdConnection(db);
    const { state } = await getWorkspace(db);
    const closed = state !== 'active' ? 'tenant_suspended' : !connection?.enabled || connection.version !== redeemed.connection.version ? 'sso_disabled' : null;
    if (closed || !connection) return { refused: describe(redeemed, null, closed ?? 'sso_disabled') };
    const decision = await decide(db, connection, redeemed.claims);
    if (decision.refusal) return { refused: describe(redeemed, decision, decision.refusal) };
    return { admitted: await admit(ports, db, connection, decision, caller) };
  }).catch((error: unknown): Outcome => ({ refused: describe(redeemed, null, nameOvertaken(error)) }));
  if ('admitted' in outcome) {
    const { user_id, tokens } = outcome.admitted;
    return { user: await ports.readMe({ tenant_id, user_id }), tokens };
  }
  await ports.tenancy.withTenant(tenant_id, (db) => appendAudit(db, { actor: null, caller }, outcome.refused));
  throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: outcome.refused.details.reason } });
}

/** What another sign-in, or an admin, took in the same instant: the address, or the last seat. Whatever else failed goes on. */
function nameOvertaken(error: unknown): Refusal {
  if (isUniqueViolation(error)) return 'sso_other_identity';
  if (error instanceof AppError && error.error_name === 'QUOTA_EXCEEDED') return 'sso_no_seat';
  throw error;
}

function describe({ connection, claims }: Redeemed, decision: Decision | null, reason: string) {
  const place = decision?.person ? { resource_type: 'user', resource_id: decision.person.id } : { resource_type: 'sso_connection', resource_id: connection.id };
  return { action: 'auth.signed_in', ...place, outcome: 'refused' as const, details: { reason, via: 'single_sign_on', email: (decision?.claims ?? readClaims(claims, null)).email } };
}
