import type { LoggedRequest, QueryOf, UsageQuery } from '@lyss/api-types';
import { oneOf, readSearch, type ListSearch, type Raw } from '../search.ts';

/** What usage and requests are narrowed by, in every address alike: so that a chart's filters go along to its requests. */
export interface UsageFilters {
  from: string;
  to: string;
  model: string;
  supplier: string;
  user_id: string;
  api_key_id: string;
  surface: NonNullable<UsageQuery['surface']> | '';
}
export interface UsageSearch extends ListSearch, UsageFilters {
  /** How far back from now; empty for 30 days; `custom` is what `from` and `to` (ISO 8601) say. */
  range: '' | '7d' | '90d' | 'custom';
  compare: '' | 'no';
  /** What charts are made of; empty for models. */
  group: '' | 'supplier' | 'person' | 'key' | 'surface' | 'none';
  /** What the list below shows; empty for models. */
  tab: '' | 'supplier' | 'person' | 'key';
  sort_by: NonNullable<QueryOf<'usage.top'>['sort_by']>;
}
export interface RequestsSearch extends ListSearch, UsageFilters {
  sort_by: 'created_at';
  range: '' | '1h' | '24h' | '7d' | '30d' | 'custom';
  outcome: NonNullable<QueryOf<'requests.list'>['outcome']> | '';
  error_kind: string;
  min_duration_ms: string;
  min_cost: string;
  request_id: LoggedRequest['request_id'];
  conversation_id: string;
  /** Whether what is new comes by itself. */
  live: '' | 'on';
}

const list = { search: '', cursor: '', sort_order: 'desc', peek: '' } as const;
const filters = { from: '', to: '', model: '', supplier: '', user_id: '', api_key_id: '', surface: '' } as const;
export const usageDefaults: UsageSearch = { ...list, ...filters, range: '', compare: '', group: '', tab: '', sort_by: 'cost' };
export const requestsDefaults: RequestsSearch = { ...list, ...filters, range: '', outcome: '', error_kind: '', min_duration_ms: '', min_cost: '', request_id: '', conversation_id: '', live: '', sort_by: 'created_at' };

const surfaces = ['', 'chat', 'gateway', 'playground', 'workflow'] as const;

export function readUsageSearch(raw: Raw<UsageSearch>): UsageSearch {
  const read = readSearch(raw, usageDefaults);
  return {
    ...read,
    sort_order: 'desc',
    range: oneOf(read.range, ['', '7d', '90d', 'custom'], ''),
    compare: oneOf(read.compare, ['', 'no'], ''),
    group: oneOf(read.group, ['', 'supplier', 'person', 'key', 'surface', 'none'], ''),
    tab: oneOf(read.tab, ['', 'supplier', 'person', 'key'], ''),
    sort_by: oneOf(read.sort_by, ['cost', 'requests', 'tokens'], 'cost'),
    surface: oneOf(read.surface, surfaces, ''),
  };
}

export function readRequestsSearch(raw: Raw<RequestsSearch>): RequestsSearch {
  const read = readSearch(raw, requestsDefaults);
  return {
    ...read,
    sort_by: 'created_at',
    sort_order: oneOf(read.sort_order, ['asc', 'desc'], 'desc'),
    range: oneOf(read.range, ['', '1h', '24h', '7d', '30d', 'custom'], ''),
    outcome: oneOf(read.outcome, ['', 'complete', 'stopped', 'interrupted', 'failed', 'unsuccessful'], ''),
    surface: oneOf(read.surface, surfaces, ''),
    live: oneOf(read.live, ['', 'on'], ''),
  };
}
