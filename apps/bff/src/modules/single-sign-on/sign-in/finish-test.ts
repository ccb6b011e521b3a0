import type { SsoReturned, SsoTest } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import { AppError } from '../../../errors.ts';
import { describeError } from '../../../error-texts.ts';
import { findConnection, noteTest } from '../connection/repository.ts';
import type { SsoPorts } from '../ports.ts';
import type { Claims } from '../provider/provider.ts';
import { decide, type Decision } from './decide.ts';
import { redeemAttempt } from './redeem-attempt.ts';

const CLAIMS = 60;
const LENGTH = 500;

/** Tells an admin what their provider says and what would come of it. Claims are answered and kept nowhere. Throws 2003, 4004, 4005. */
export async function finishTest(ports: SsoPorts, actor: Actor, returned: SsoReturned, browser: string | null, caller: Caller): Promise<SsoTest> {
  const redeemed = await redeemAttempt(ports, returned, browser, actor.user_id, caller);
  return ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const connection = await findConnection(db);
    if (!connection || connection.version !== redeemed.connection.version) throw new AppError('RESOURCE_CONFLICT');
    const decision = await decide(db, connection, redeemed.claims);
    if (isProof(decision, actor)) await noteTest(db, connection, actor.user_id);
    const details = { refusal: decision.refusal, would_create: decision.person === null && decision.refusal === null };
    await appendAudit(db, { actor, caller }, { action: 'sso.tested', resource_type: 'sso_connection', resource_id: connection.id, details });
    return describe(decision, redeemed.claims, actor, caller);
  });
}

/** Whether this admin gets in again once passwords are closed: by the provider, or as an operator, who keeps theirs. */
function isProof({ person, refusal }: Decision, actor: Actor): boolean {
  const isOperator = actor.roles.includes('super_admin');
  if (person?.id === actor.user_id) return refusal === null || refusal === 'sso_operator';
  return isOperator && refusal === null;
}

function describe({ claims, person, system, own, matched, refusal }: Decision, given: Claims, actor: Actor, caller: Caller): SsoTest {
  const message = refusal && describeError(new AppError('OPERATION_NOT_ALLOWED', { details: { reason: refusal } }), caller.locale).message;
  const email = person?.email ?? claims.email;
  return {
    claims: Object.entries(given).slice(0, CLAIMS).map(([name, value]) => ({ name, value: write(value).slice(0, LENGTH) })),
    refusal: refusal && message ? { reason: refusal, message } : null,
    user: email === null ? null : { email, name: person?.name ?? claims.name, is_new: person === null, is_me: person?.id === actor.user_id },
    roles: [...system.flatMap((id) => (id === 'super_admin' ? [] : [{ id, name: id as string }])), ...own],
    matched,
  };
}

const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '');
