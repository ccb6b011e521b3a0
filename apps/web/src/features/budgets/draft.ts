import type { BodyOf, Budget } from '@lyss/api-types';
import { judgeName } from '../../app/form/judge.ts';

export const scopes = ['tenant', 'role', 'user', 'api_key', 'model', 'workflow'] as const satisfies readonly Budget['scope'][];
export const periods = ['day', 'week', 'month', 'once'] as const satisfies readonly Budget['period'][];

/** As it is typed; each field by the contract's name, so that the server's word finds it. */
export interface Draft {
  name: string;
  scope: Budget['scope'];
  /** Empty: all of that kind, each by itself. */
  subject: string;
  per: Budget['per'];
  period: Budget['period'];
  limit: string;
  is_hard: boolean;
  warn_percent: string;
  /** Of a budget for once its last day; empty: none. */
  ends_at: string;
  enabled: boolean;
}
export const draftFields = ['name', 'scope', 'subject', 'per', 'period', 'limit', 'warn_percent', 'ends_at'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue = 'name_required' | 'name_long' | 'subject_required' | 'amount_invalid' | 'percent_invalid' | 'date_past';

const MOST_PERCENT = 100;
const amountShape = /^\d{1,9}(?:\.\d{1,9})?$/;
export const isAmount = (text: string) => amountShape.test(text.trim());

export const startDraft: Draft = { name: '', scope: 'tenant', subject: '', per: 'together', period: 'month', limit: '', is_hard: true, warn_percent: '80', ends_at: '', enabled: true };

export function draftOf(budget: Budget): Draft {
  const { name, scope, subject, per, period, limit, is_hard, warn_percent, ends_at, enabled } = budget;
  return { ...{ name, scope, per, period, is_hard, enabled }, subject: subject?.value ?? '', limit: limit.amount, warn_percent: String(warn_percent), ends_at: ends_at === null ? '' : writeDate(new Date(ends_at)) };
}

/** Whose calls may be counted together: everybody's and every key's are each by itself. */
export function listPers({ scope, subject }: Pick<Draft, 'scope' | 'subject'>): Budget['per'][] {
  if (scope === 'user') return [subject === '' ? 'person' : 'together'];
  if (scope === 'api_key') return [subject === '' ? 'api_key' : 'together'];
  return scope === 'role' ? ['together', 'person'] : ['together', 'person', 'api_key'];
}

/** What else changes with a field: another kind has another subject, and another way to count. */
export function changeDraft(old: Draft, patch: Partial<Draft>): Draft {
  const next = { ...old, ...patch, ...(patch.scope !== undefined && patch.scope !== old.scope ? { subject: '' } : {}) };
  const pers = listPers(next);
  return pers.includes(next.per) ? next : { ...next, per: pers[0] ?? 'together' };
}

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft, now = new Date()): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  const name = judgeName(draft.name);
  if (name) found.name = name;
  if (['role', 'model', 'workflow'].includes(draft.scope) && draft.subject.trim() === '') found.subject = 'subject_required';
  if (!isAmount(draft.limit)) found.limit = 'amount_invalid';
  const percent = Number(draft.warn_percent);
  if (!/^\d+$/.test(draft.warn_percent.trim()) || percent < 1 || percent > MOST_PERCENT) found.warn_percent = 'percent_invalid';
  if (draft.period === 'once' && draft.ends_at !== '' && draft.ends_at < writeDate(now)) found.ends_at = 'date_past';
  return found;
}

/** A day by its own clock here: toISOString would say yesterday's in the morning of the east. */
export const writeDate = (at: Date) => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** A day's end, or null for none. */
export function readEnd(date: string): string | null {
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}

export function toCreateBody(draft: Draft): BodyOf<'budgets.create'> {
  const { scope, per, period, is_hard, enabled } = draft;
  const ends_at = period === 'once' ? readEnd(draft.ends_at) : null;
  return { ...{ scope, per, period, is_hard, enabled, ends_at }, name: draft.name.trim(), subject: scope === 'tenant' ? null : draft.subject.trim() || null, limit: draft.limit.trim(), warn_percent: Number(draft.warn_percent) };
}

/** Only what differs. */
export function toUpdateBody(draft: Draft, budget: Budget): BodyOf<'budgets.update'> {
  const [made, before] = [toCreateBody(draft), toCreateBody(draftOf(budget))];
  const changeable = ['name', 'limit', 'is_hard', 'warn_percent', 'ends_at', 'enabled'] as const;
  const differs = changeable.filter((field) => made[field] !== before[field]);
  // fromEntries forgets the names: they are those of the body.
  return Object.fromEntries(differs.map((field) => [field, made[field]])) as BodyOf<'budgets.update'>;
}

/** What is asked of the server as one types: null while it makes no sense. A name plays no part. */
export function toSimulated(draft: Draft): BodyOf<'budgets.simulate'> | null {
  const { name: _name, ends_at: _ends, ...issues } = judgeDraft(draft);
  return Object.keys(issues).length > 0 ? null : { ...toCreateBody(draft), name: '-', ends_at: null };
}
