import { LONGEST_RAISE_DAYS, type RaiseBudgetInput } from '@lyss/api-types';
import { appendAudit, type AuditWho } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano, toNano } from '../../nano.ts';
import { refuse, refuseWhere, type Issues } from './judge-draft.ts';
import { replaceRaise, type LockedBudget } from './repository.ts';

const DAY_MS = 86_400_000;
/** A form stays open for a while. */
const GRACE_MS = 3_600_000;

/** Raises a budget until a day, in the place of a raise that it has; nothing ends it but the clock or `endRaise`. */
export async function raiseBudget(db: TenantDb, who: AuditWho & { actor: { user_id: string } }, budget: LockedBudget, { amount, ends_at, reason }: RaiseBudgetInput): Promise<void> {
  const nano = toNano(amount);
  const ends = Date.parse(ends_at);
  const issues: Issues = [];
  if (nano === 0n) refuse(issues, 'amount', 'more_than_nothing');
  if (ends <= Date.now()) refuse(issues, 'ends_at', 'expires_in_past');
  if (ends > Date.now() + LONGEST_RAISE_DAYS * DAY_MS + GRACE_MS) refuse(issues, 'ends_at', 'raise_too_long');
  refuseWhere(issues);
  await replaceRaise(db, budget.id, { nano: nano.toString(), ends_at, reason, by: who.actor.user_id });
  const details = { before: describeRaise(budget), after: { amount: fromNano(nano), ends_at }, reason };
  await appendAudit(db, who, { action: 'budgets.raised', resource_type: 'budget', resource_id: budget.id, details });
}

/** Throws 3006 where it is not raised, or no more. */
export async function endRaise(db: TenantDb, who: AuditWho, budget: LockedBudget): Promise<void> {
  const before = describeRaise(budget);
  if (before === null || Date.parse(before.ends_at) <= Date.now()) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'budget_not_raised' } });
  await replaceRaise(db, budget.id, null);
  await appendAudit(db, who, { action: 'budgets.raise_ended', resource_type: 'budget', resource_id: budget.id, details: { before } });
}

const describeRaise = ({ raise_nano, raise_ends_at, raise_reason }: LockedBudget) =>
  raise_nano === null || raise_ends_at === null ? null : { amount: fromNano(BigInt(raise_nano)), ends_at: raise_ends_at, reason: raise_reason };
