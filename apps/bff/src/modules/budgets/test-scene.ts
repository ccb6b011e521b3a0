import type { Budget } from '@lyss/api-types';
import { sql } from 'kysely';
import type { TestApp, TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';

export const PATH = '/api/v1/admin/budgets';

export async function makeBudget(app: TestApp, as: TestPerson, given: object = {}): Promise<Budget> {
  const made = await app.call('POST', PATH, { as, body: { name: newId(), scope: 'tenant', period: 'month', limit: '10', ...given } });
  if (made.status !== 201) throw new Error(`no budget: ${JSON.stringify(made.body)}`);
  return made.body.data;
}

export const readBudget = async (app: TestApp, as: TestPerson, id: string): Promise<Budget> => (await app.call('GET', `${PATH}/${id}`, { as })).body.data;

/** What its pot of this period has, as the ledger would have written it. */
export async function fillPot(app: TestApp, as: TestPerson, budget_id: string, spent_nano: bigint, held_nano = 0n, holder_id = budget_id): Promise<string> {
  const id = newId();
  await app.context.tenancy.withTenant(as.tenant_id, (db) =>
    sql`insert into budget_pots (tenant_id, id, budget_id, holder_id, period_start, period_end, spent_nano, reserved_nano)
      select b.tenant_id, ${id}, b.id, ${holder_id}, case b.period when 'once' then b.starts_at else date_trunc(b.period, now() at time zone t.time_zone) at time zone t.time_zone end,
        case b.period when 'once' then coalesce(b.ends_at, 'infinity') else (date_trunc(b.period, now() at time zone t.time_zone) + ('1 ' || b.period)::interval) at time zone t.time_zone end, ${spent_nano.toString()}, ${held_nano.toString()}
      from budgets b join tenants t on t.id = b.tenant_id where b.id = ${budget_id}`.execute(db),
  );
  return id;
}

/** A usage record of some days ago; its cost in nano-units of the tenant's currency. */
export async function addRecord(app: TestApp, as: TestPerson, days_ago: number, cost_nano: bigint | null, more: { model?: string; api_key_id?: string; user_id?: string; currency?: string } = {}): Promise<void> {
  await app.context.tenancy.withTenant(as.tenant_id, (db) =>
    sql`insert into usage_records (tenant_id, id, created_at, user_id, api_key_id, request_id, model, supplier, supplier_model, outcome, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost_nano, currency, duration_ms)
      select t.id, ${newId()}, now() - make_interval(secs => ${days_ago * 86_400}), ${more.user_id ?? as.user_id}, ${more.api_key_id ?? null}, 'r', ${more.model ?? 'm'}, 'custom', 'm', 'complete', 1, 1, 0, 0, false, ${cost_nano === null ? null : cost_nano.toString()}, coalesce(${more.currency ?? null}, t.currency), 1
      from tenants t where t.id = ${as.tenant_id}`.execute(db),
  );
}
