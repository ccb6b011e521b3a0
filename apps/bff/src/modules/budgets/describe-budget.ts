import type { Budget, BudgetAlert, BudgetPot, Money } from '@lyss/api-types';
import { fromNano } from '../../nano.ts';
import type { BudgetRow, listAlerts, listPots } from './repository.ts';

const HOUR_MS = 3_600_000;
const EARLY_PART = 50n;

export const money = (nano: bigint | string, currency: string): Money => ({ amount: fromNano(BigInt(nano)), currency });

/** What one pot has, and what it leaves: nothing where its limit was lowered below it. */
export function describeStanding(pot: { whole_nano: string; spent_nano: string | null; held_nano: string | null; currency: string; period_start: string; period_end: string | null }) {
  const [limit, spent, held] = [BigInt(pot.whole_nano), BigInt(pot.spent_nano ?? 0), BigInt(pot.held_nano ?? 0)];
  const left = limit - spent - held;
  const { currency, period_start, period_end } = pot;
  return { limit: money(limit, currency), spent: money(spent, currency), held: money(held, currency), free: money(left < 0n ? 0n : left, currency), period_start, period_end };
}

/** What will be spent at the period's end at the pace so far, in nano-units; null in its first hour or fiftieth part, and where it has no end. */
export function forecast(spent: bigint, period: { start: string; end: string | null }, now: number): bigint | null {
  if (period.end === null) return null;
  const start = Date.parse(period.start);
  const [passed, whole] = [BigInt(now - start), BigInt(Date.parse(period.end) - start)];
  if (passed < HOUR_MS || passed * EARLY_PART < whole) return null;
  return passed >= whole ? spent : (spent * whole) / passed;
}

const holderOf = ({ holder_id, holder_name }: { holder_id: string | null; holder_name: string | null }) => (holder_id === null ? null : { id: holder_id, name: holder_name ?? '' });

export function describeBudget(row: BudgetRow, now = Date.now()): Budget {
  const { id, name, scope, per, period, starts_at, ends_at, is_hard, warn_percent, enabled, state, currency, created_at, updated_at, version } = row;
  return {
    ...{ id, name, scope, per, period, starts_at, ends_at, is_hard, warn_percent, enabled, state, created_at, updated_at, version },
    subject: row.subject_value === null ? null : { value: row.subject_value, name: row.subject_name ?? row.subject_value },
    limit: money(row.limit_nano, currency),
    raise: describeRaise(row, now),
    now: row.pots === null ? null : { ...describeStanding(row), holder: holderOf(row), pots: Number(row.pots), forecast: describeForecast(row, now) },
  };
}

function describeForecast(row: BudgetRow, now: number): Money | null {
  const nano = forecast(BigInt(row.spent_nano ?? 0), { start: row.period_start, end: row.period_end }, now);
  return nano === null ? null : money(nano, row.currency);
}

function describeRaise(row: BudgetRow, now: number): Budget['raise'] {
  const { raise_nano, raise_ends_at, raise_reason, raised_by, raiser_name, currency } = row;
  if (raise_nano === null || raise_ends_at === null || Date.parse(raise_ends_at) <= now) return null;
  return { amount: money(raise_nano, currency), ends_at: raise_ends_at, reason: raise_reason ?? '', by: raised_by === null || raiser_name === null ? null : { user_id: raised_by, name: raiser_name } };
}

/** A pot of a period that may be over; its limit is today's, with a raise where it is this period's. */
export function describePot(budget: BudgetRow, pot: Awaited<ReturnType<typeof listPots>>['items'][number]): BudgetPot {
  const whole_nano = pot.period_start === budget.period_start ? budget.whole_nano : budget.limit_nano;
  return { id: pot.id, ...describeStanding({ ...pot, whole_nano, currency: budget.currency }), holder: holderOf(pot) };
}

export function describeAlert(row: Awaited<ReturnType<typeof listAlerts>>['items'][number]): BudgetAlert {
  const { id, budget_id, name, percent, currency, delivered_at, failure } = row;
  return { ...{ id, budget_id, name, percent, delivered_at, failure }, holder: holderOf(row), spent: money(row.spent_nano, currency), limit: money(row.limit_nano, currency), at: row.created_at };
}
