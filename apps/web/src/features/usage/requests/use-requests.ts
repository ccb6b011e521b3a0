import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { LoggedRequest } from '@lyss/api-types';
import { createList, type List } from '../../../app/list/create-list.ts';
import { requestsDefaults, type RequestsSearch } from '../../../app/usage/usage-search.ts';
import { readFilters, readRequestsRange, type Range } from '../read-range.ts';
import { requestPage, type RequestsQuery } from './api.ts';

const PAGE = 100;
const more = ['outcome', 'error_kind', 'min_duration_ms', 'min_cost', 'request_id', 'conversation_id'] as const;

/** What the server is asked for an address's filters. */
function toAsked(search: RequestsSearch, range: Range): RequestsQuery {
  // The names are those of the contract; what an address holds there the server judges.
  return { ...range, ...readFilters(search), ...Object.fromEntries(more.filter((name) => search[name] !== '').map((name) => [name, search[name]])) } as RequestsQuery;
}

/** The request log as its address says. */
export function useRequests() {
  const search: RequestsSearch = useSearch({ from: '/requests' });
  const navigate = useNavigate({ from: '/requests' });
  const { cursor, sort_order } = search;
  const range = readRequestsRange(search, Date.now());
  const asked = toAsked(search, range);
  const query = useQuery(requestPage({ ...asked, sort_order, page_size: PAGE, ...(cursor === '' ? {} : { cursor }) }));
  const onChange = (patch: Partial<RequestsSearch>, replace: boolean) => void navigate({ search: (old: RequestsSearch) => ({ ...old, ...patch }), replace });
  const list: List<RequestsSearch, LoggedRequest> = createList({ search, defaults: requestsDefaults, query, onChange });
  // What is new stands on the first page, at its top, and nowhere where the range has an end.
  const canFollow = cursor === '' && sort_order === 'desc' && range.to === undefined;
  return { ...list, range, tail: canFollow && search.live === 'on' ? asked : null, canFollow };
}

export type Requests = ReturnType<typeof useRequests>;
