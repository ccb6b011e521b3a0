import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';
import { supplierFailureKinds } from './error.ts';
import { amount, money } from './money.ts';

export const usageSurfaces = ['chat', 'gateway', 'playground', 'workflow'] as const;
export const requestOutcomes = ['complete', 'stopped', 'interrupted', 'failed'] as const;
export const usageGroups = ['model', 'supplier', 'person', 'key', 'surface'] as const;
export type UsageGroup = (typeof usageGroups)[number];
export const usageRanks = ['cost', 'requests', 'tokens'] as const;

/** The longest range that is added up in one answer. */
export const USAGE_MOST_DAYS = 366;
const DAY_MS = 86_400_000;

const name = z.string().trim().min(1).max(200);
const about = {
  model: name.optional(),
  supplier: name.optional(),
  user_id: id.optional(),
  api_key_id: id.optional(),
  surface: z.enum(usageSurfaces).optional(),
};
const range = {
  from: instant.optional().describe('30 days back, where left out'),
  to: instant.optional().describe('Up to, and without, this instant; now, where left out'),
};
// An end alone reaches back as far as a beginning that is left out does.
const isRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => {
  if (from === undefined) return true;
  const length = (to === undefined ? Date.now() : Date.parse(to)) - Date.parse(from);
  return length > 0 && length <= USAGE_MOST_DAYS * DAY_MS;
};
const badRange = { message: 'from before to, at most 366 days', path: ['from'] };

const summaryQuery = z.strictObject({ ...range, ...about }).refine(isRange, badRange);
export type UsageQuery = z.output<typeof summaryQuery>;
const seriesQuery = z.strictObject({ ...range, ...about, group_by: z.enum(['none', ...usageGroups]).default('none'), rank_by: z.enum(usageRanks).default('cost').describe('By what the 8 are chosen that get a series of their own') }).refine(isRange, badRange);
export type UsageSeriesQuery = z.output<typeof seriesQuery>;
const topQuery = z
  .strictObject({ ...range, ...about, by: z.enum(['model', 'supplier', 'person', 'key']).default('model'), sort_by: z.enum(usageRanks).default('cost'), page_size: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(2_000).optional() })
  .refine(isRange, badRange);
export type UsageTopQuery = z.output<typeof topQuery>;
const exportQuery = z.strictObject({ ...range, ...about, group_by: z.enum(['none', ...usageGroups]).default('model') }).refine(isRange, badRange);
export type UsageExportQuery = z.output<typeof exportQuery>;

const counts = {
  requests: z.int(),
  failed: z.int().describe('Interrupted ones among them'),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cached_tokens: z.int().describe('Of the input'),
  reasoning_tokens: z.int().describe('Of the output'),
  unpriced: z.int().describe('Requests whose price nobody knew: they are not in the cost'),
};
const milliseconds = z.int().nullable();
const latency = {
  mean_ms: milliseconds,
  p50_ms: milliseconds.describe('Read off a histogram, whose steps double'),
  p95_ms: milliseconds,
  first_token_p50_ms: milliseconds.describe('Time to the first token'),
  first_token_p95_ms: milliseconds,
};
/** Tokens and failures are integers, durations milliseconds, costs decimal strings. */
export const usageFigures = z
  .strictObject({ ...counts, cost: money, other_costs: z.array(money).describe('What was counted before the tenant changed its currency'), ...latency })
  .meta({ id: 'UsageFigures' });
export type UsageFigures = z.infer<typeof usageFigures>;

const span = {
  from: instant.describe('The beginning of the first hour or day that is counted'),
  to: instant,
  unit: z.enum(['hour', 'day']).describe('Hours up to 7 days, beyond that days in the tenant’s zone'),
  time_zone: z.string(),
};
export const usageSummary = z.strictObject({ ...span, current: usageFigures, before: usageFigures.describe('The same length right before'), before_from: instant }).meta({ id: 'UsageSummary' });
export type UsageSummary = z.infer<typeof usageSummary>;

export const usagePoint = z.strictObject({ at: instant, ...counts, cost: z.string().describe('A decimal in the answer’s currency'), ...latency }).meta({ id: 'UsagePoint' });
export type UsagePoint = z.infer<typeof usagePoint>;
export const usageSeries = z
  .strictObject({
    ...span,
    currency: z.string(),
    buckets: z.array(instant).describe('Where each hour or day begins; a series has no point where nothing happened'),
    total: z.array(usagePoint),
    series: z.array(
      z.strictObject({
        kind: z.enum(['one', 'none', 'other']).describe('`none`: without a key; `other`: all that are not among the first 8'),
        key: z.string(),
        name: z.string().nullable().describe('Null where what it was is gone'),
        points: z.array(usagePoint),
      }),
    ),
  })
  .meta({ id: 'UsageSeries' });
export type UsageSeries = z.infer<typeof usageSeries>;

export const usageTop = z
  .strictObject({ key: z.string().nullable().describe('Null for what came without an API key'), name: z.string().nullable(), ...counts, cost: money, ...latency })
  .meta({ id: 'UsageTop' });
export type UsageTop = z.infer<typeof usageTop>;

const requestsQuery = listQuery(['created_at'], {
  ...range,
  ...about,
  from: instant.optional(),
  outcome: z.enum([...requestOutcomes, 'unsuccessful']).optional().describe('`unsuccessful`: interrupted and failed ones'),
  error_kind: z.enum(supplierFailureKinds).optional(),
  min_duration_ms: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  min_cost: amount.optional(),
  request_id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/).optional(),
  conversation_id: id.optional(),
  // A count of a million takes as long as reading them.
}).omit({ page: true, include_total: true, search: true });
export type RequestsQuery = z.output<typeof requestsQuery>;

const named = z.strictObject({ id, name: z.string().nullable().describe('Null where it is gone') });
export const loggedRequest = z
  .strictObject({
    id,
    created_at: instant.describe('When it ended'),
    surface: z.string(),
    outcome: z.string(),
    status: z.int().nullable().describe('The HTTP status that the caller got'),
    error_kind: z.string().nullable(),
    model: z.string().describe('As it was asked for'),
    route: z.string().nullable(),
    supplier: z.string(),
    supplier_model: z.string().nullable(),
    user: named,
    api_key: named.nullable(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    cached_tokens: z.int(),
    reasoning_tokens: z.int(),
    estimated: z.boolean().describe('Lyss counted, for the supplier did not say or said something absurd'),
    cost: money.nullable().describe('Null where nobody knew the price'),
    duration_ms: z.int(),
    time_to_first_token_ms: z.int().nullable(),
    is_stream: z.boolean(),
    is_cache_hit: z.boolean(),
    request_id: z.string(),
    conversation_id: id.nullable(),
  })
  .meta({ id: 'LoggedRequest' });
export type LoggedRequest = z.infer<typeof loggedRequest>;

const text = z.string().nullable();
export const requestAttempt = z
  .strictObject({
    supplier: text,
    model: text,
    credential: z.strictObject({ id: z.string(), name: text }).nullable(),
    outcome: text,
    status: z.int().nullable(),
    error_kind: text,
    started_ms: z.int().nullable().describe('After the request came'),
    duration_ms: z.int().nullable(),
    time_to_first_token_ms: z.int().nullable(),
    reason: text.describe('Why it was tried there'),
  })
  .meta({ id: 'RequestAttempt' });
export type RequestAttempt = z.infer<typeof requestAttempt>;
export const readRequest = loggedRequest
  .extend({
    credential: named.nullable(),
    reply_id: id.nullable(),
    workflow: z.string().nullable(),
    maybe_billed: z.boolean().describe('The supplier may charge for it although nothing of an answer came'),
    attempts: z.array(requestAttempt).describe('In order; one where nothing else was tried'),
    budgets: z.array(z.strictObject({ budget_id: id, name: z.string(), period_start: instant, period_end: instant.nullable() })).describe('The pots that it was counted to'),
  })
  .meta({ id: 'ReadRequest' });
export type ReadRequest = z.infer<typeof readRequest>;

const permission = 'usage.read';

export const usageEndpoints = {
  summary: endpoint({ method: 'GET', path: '/api/v1/admin/usage/summary', summary: 'Requests, tokens, cost, failures and latency of a range and of the one before', query: summaryQuery, data: usageSummary, permission }),
  timeseries: endpoint({ method: 'GET', path: '/api/v1/admin/usage/timeseries', summary: 'The same by hour or day, as a whole and by what is asked for: the first 8 and all others', query: seriesQuery, data: usageSeries, permission }),
  top: endpoint({ method: 'GET', path: '/api/v1/admin/usage/top', summary: 'Which models, suppliers, people or keys cost, ask or read most', query: topQuery, data: page(usageTop), permission }),
  export: file({ method: 'GET', path: '/api/v1/admin/usage/export.csv', summary: 'Usage by hour or day as a table for a spreadsheet', query: exportQuery, errors: ['OPERATION_NOT_ALLOWED'], permission }),
};

export const requestEndpoints = {
  list: endpoint({ method: 'GET', path: '/api/v1/admin/requests', summary: 'Every call to a supplier, with what became of it', query: requestsQuery, data: page(loggedRequest), permission }),
  read: endpoint({ method: 'GET', path: '/api/v1/admin/requests/{id}', summary: 'One call with its attempts and the budgets that it was counted to', params: z.strictObject({ id }), data: readRequest, errors: ['RESOURCE_NOT_FOUND'], permission }),
};
