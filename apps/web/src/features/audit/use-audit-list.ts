import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AuditEntry, QueryOf } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { auditDefaults, type AuditSearch } from '../../app/search.ts';
import { entryPage, type Trail } from './api.ts';

const PAGE = 50;
const MINUTE_MS = 60_000;
const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000, '30d': 30 * 86_400_000 } as const;
const places = { tenant: '/audit', platform: '/platform-audit' } as const;

export type AuditFilters = Omit<QueryOf<'audit.list'>, 'cursor' | 'page' | 'page_size' | 'sort_by' | 'sort_order' | 'include_total'>;
export type AuditList = List<AuditSearch, AuditEntry> & { trail: Trail };

/** What the server is asked for an address's filters; a span ends now, to the minute, so that the same question stays the same for a while. */
export function toFilters({ range, from, to, search, actor_user_id, action, resource_type, resource_id, outcome, request_id }: AuditSearch, now: number): AuditFilters {
  const since = range === '' || range === 'custom' ? '' : new Date(Math.floor(now / MINUTE_MS) * MINUTE_MS - spans[range]).toISOString();
  const asked = { from: range === 'custom' ? from : since, to: range === 'custom' ? to : '', search, actor_user_id, action, resource_type, resource_id, outcome, request_id };
  // fromEntries forgets the names: they are those above.
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')) as AuditFilters;
}

/** A trail as its address says. */
export function useAuditList(trail: Trail): AuditList {
  // Both places read the same address; which one it is never changes while a page is open.
  const search: AuditSearch = useSearch({ from: places[trail] });
  const navigate = useNavigate({ from: places[trail] });
  const { cursor, sort_order } = search;
  const query = useQuery(entryPage(trail, { ...toFilters(search, Date.now()), sort_by: 'at', sort_order, page_size: PAGE, ...(cursor === '' ? {} : { cursor }) }));
  const onChange = (patch: Partial<AuditSearch>, replace: boolean) => void navigate({ search: (old: AuditSearch) => ({ ...old, ...patch }), replace });
  return { trail, ...createList({ search, defaults: auditDefaults, query, onChange }) };
}
