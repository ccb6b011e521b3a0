import type { RequestsSearch, UsageFilters, UsageSearch } from '../../app/usage/usage-search.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const days = { '': 30, '90d': 90 } as const;
const spans = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const;

export interface Range {
  from?: string;
  to?: string;
}

const write = (ms: number) => new Date(ms).toISOString();
const given = ({ from, to }: { from: string; to: string }): Range => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) });

/** From and to of the usage page: 168 whole hours, or days of which today is one; to the hour, so that the same question stays the same for a while. */
export function readUsageRange({ range, from, to }: UsageSearch, now: number): Range {
  if (range === 'custom') return given({ from, to });
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  if (range === '7d') return { from: write(hour + HOUR_MS - 7 * DAY_MS), to: write(hour + HOUR_MS) };
  return { from: write(hour - (days[range] - 1) * DAY_MS), to: write(hour + HOUR_MS) };
}

/** From and to of the request log; without an end it goes on. */
export function readRequestsRange({ range, from, to }: RequestsSearch, now: number): Range {
  if (range === 'custom') return given({ from, to });
  return range === '' ? {} : { from: write(Math.floor(now / MINUTE_MS) * MINUTE_MS - spans[range]) };
}

const names = ['model', 'supplier', 'user_id', 'api_key_id', 'surface'] as const;

/** What the server is asked for filters: only those that are set. */
export function readFilters(search: UsageFilters): Partial<{ model: string; supplier: string; user_id: string; api_key_id: string; surface: Exclude<UsageFilters['surface'], ''> }> {
  return Object.fromEntries(names.filter((name) => search[name] !== '').map((name) => [name, search[name]]));
}
