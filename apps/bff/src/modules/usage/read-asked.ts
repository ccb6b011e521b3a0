import type { UsageQuery } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { readSpan, type About, type Span } from './repository.ts';

const DAY_MS = 86_400_000;
const HOURLY_MS = 7 * DAY_MS;
const STANDARD_MS = 30 * DAY_MS;

/** The range that is meant, whole hours of it up to a week and whole days beyond, and what it is narrowed to. */
export async function readAsked(db: TenantDb, query: UsageQuery): Promise<{ span: Span; about: About }> {
  const to = query.to === undefined ? new Date() : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - STANDARD_MS) : new Date(query.from);
  const unit = to.getTime() - from.getTime() <= HOURLY_MS ? 'hour' : 'day';
  const { model, supplier, user_id, api_key_id, surface } = query;
  return { span: await readSpan(db, unit, from, to), about: { model, supplier, user_id, api_key_id, surface } };
}
