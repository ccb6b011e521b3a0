import type { ExchangeRates, PutExchangeRateInput } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano, toNano } from '../../nano.ts';
import type { ModelCall } from './change-model.ts';
import * as repository from './settings/repository.ts';

/** What the catalogue's prices are in. */
const FROM = 'USD';
const SHOWN = 100;

export async function readRates(db: TenantDb): Promise<ExchangeRates> {
  const { currency: to } = await repository.lockCurrency(db);
  const rows = await repository.listRates(db, SHOWN);
  const history = rows.map(({ id, currency, rate_nano, user_id, user_name, created_at }) => ({ id, currency, rate: describe(rate_nano), by: describePerson(user_id, user_name), created_at }));
  return { from: FROM, to, rate: history.find(({ currency }) => currency === to)?.rate ?? null, is_needed: to !== FROM, history };
}

export function describePerson(user_id: string | null, name: string | null) {
  return user_id === null || name === null ? null : { user_id, name };
}

const describe = (nano: string | null) => (nano === null ? null : fromNano(BigInt(nano)));

/** From now on; what runs keeps its price. Throws 3005 where the tenant's currency is another one meanwhile, 3006 where it is the catalogue's own. */
export async function replaceRate(db: TenantDb, { actor, caller }: Omit<ModelCall, 'if_match'>, { to, rate }: PutExchangeRateInput): Promise<ExchangeRates> {
  const before = await readRates(db);
  if (!before.is_needed) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'rate_not_needed' } });
  if (before.to !== to) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'currency_changed', currency: before.to } });
  await repository.insertRate(db, actor.user_id, to, rate === null ? null : toNano(rate).toString());
  const details = { from: FROM, to, before: { rate: before.rate }, after: { rate } };
  await appendAudit(db, { actor, caller }, { action: 'exchange_rates.replaced', resource_type: 'exchange_rate', resource_id: null, details });
  return readRates(db);
}
