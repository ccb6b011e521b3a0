import type { LoggedRequest, Page, ReadRequest, RequestsQuery } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { fromNano, toNano } from '../../../nano.ts';
import { readAttempts, type StoredAttempt } from './attempts.ts';
import * as repository from './repository.ts';
import type { RequestRow } from './repository.ts';

export type RequestService = ReturnType<typeof createRequestService>;

/** The request log: every call to a supplier, what it cost and what became of it; never what was said. */
export function createRequestService({ tenancy }: { tenancy: Tenancy }) {
  return {
    list: ({ tenant_id }: Actor, { min_cost, ...query }: RequestsQuery): Promise<Page<LoggedRequest>> =>
      tenancy.withTenant(tenant_id, async (db) => {
        const { items, pagination } = await repository.listRequests(db, { ...query, min_cost_nano: min_cost === undefined ? undefined : toNano(min_cost) });
        return { items: items.map(describe), pagination };
      }),
    read: ({ tenant_id }: Actor, id: string): Promise<ReadRequest> =>
      tenancy.withTenant(tenant_id, async (db) => {
        const row = await repository.findRequest(db, id);
        if (!row) throw new AppError('RESOURCE_NOT_FOUND');
        const { credential_id, credential_name: name, reply_id, workflow, maybe_billed, attempts, pots } = row;
        const tried = await describeAttempts(db, readAttempts(attempts));
        const more = { credential: credential_id === null ? null : { id: credential_id, name }, reply_id, workflow, maybe_billed };
        return { ...describe(row), ...more, attempts: tried.length > 0 ? tried : [onlyAttempt(row)], budgets: await repository.listBudgetsOf(db, pots) };
      }),
  };
}

type FoundRequest = NonNullable<Awaited<ReturnType<typeof repository.findRequest>>>;

function describe(row: RequestRow): LoggedRequest {
  const { id, created_at, surface, outcome, status, error_kind, model, route, supplier, supplier_model, user_id, api_key_id } = row;
  const { estimated, duration_ms, time_to_first_token_ms, is_stream, is_cache_hit, request_id, conversation_id } = row;
  return {
    ...{ id, created_at, surface, outcome, status, error_kind, model, route, supplier, supplier_model },
    user: { id: user_id, name: row.user_name },
    api_key: api_key_id === null ? null : { id: api_key_id, name: row.key_name },
    input_tokens: Number(row.input_tokens),
    output_tokens: Number(row.output_tokens),
    cached_tokens: Number(row.cached_tokens),
    reasoning_tokens: Number(row.reasoning_tokens),
    cost: row.cost_nano === null || row.currency === null ? null : { amount: fromNano(BigInt(row.cost_nano)), currency: row.currency },
    ...{ estimated, duration_ms, time_to_first_token_ms, is_stream, is_cache_hit, request_id, conversation_id },
  };
}

async function describeAttempts(db: TenantDb, tried: readonly StoredAttempt[]): Promise<ReadRequest['attempts']> {
  const ids = tried.flatMap(({ credential_id }) => (credential_id !== null && isId(credential_id) ? [credential_id] : []));
  const names = await repository.listCredentialNames(db, [...new Set(ids)]);
  return tried.map(({ credential_id, ...attempt }) => ({ ...attempt, credential: credential_id === null ? null : { id: credential_id, name: names.get(credential_id) ?? null } }));
}

const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Where nothing was written of attempts, there was one: the call itself. */
function onlyAttempt(row: FoundRequest): ReadRequest['attempts'][number] {
  const { supplier, supplier_model, credential_id, credential_name, outcome, status, error_kind, duration_ms, time_to_first_token_ms } = row;
  const credential = credential_id === null ? null : { id: credential_id, name: credential_name };
  return { supplier, model: supplier_model ?? row.model, credential, outcome, status, error_kind, started_ms: 0, duration_ms, time_to_first_token_ms, reason: null };
}
