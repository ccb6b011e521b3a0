import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { UsageTop } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { requestsDefaults, usageDefaults, type RequestsSearch, type UsageSearch } from '../../app/usage/usage-search.ts';
import { summary, timeseries, top } from './api.ts';
import { readFilters, readUsageRange } from './read-range.ts';

const PAGE = 20;

/** The usage page as its address says: one set of filters for all of it. */
export function useUsage() {
  const search: UsageSearch = useSearch({ from: '/usage' });
  const navigate = useNavigate({ from: '/usage' });
  const range = readUsageRange(search, Date.now());
  const asked = { ...range, ...readFilters(search) };
  const group = search.group === '' ? 'model' : search.group;
  const by = search.tab === '' ? 'model' : search.tab;
  const { cursor, sort_by } = search;
  const query = useQuery(top({ ...asked, by, sort_by, page_size: PAGE, ...(cursor === '' ? {} : { cursor }) }));
  const onChange = (patch: Partial<UsageSearch>, replace: boolean) => void navigate({ search: (old: UsageSearch) => ({ ...old, ...patch }), replace });
  const list: List<UsageSearch, UsageTop> = createList({ search, defaults: usageDefaults, query, onChange });
  const figures = useQuery(summary(asked));
  const series = useQuery(timeseries({ ...asked, group_by: group }));
  /** To the requests that a figure is made of, with the filters that made it. */
  const openRequests = (more: Partial<RequestsSearch>) => {
    const { model, supplier, user_id, api_key_id, surface } = search;
    void navigate({ to: '/requests', search: { ...requestsDefaults, model, supplier, user_id, api_key_id, surface, range: 'custom', from: range.from ?? '', to: range.to ?? '', ...more } });
  };
  return { search, range, asked, group, by, list, figures, series, openRequests } as const;
}

export type Usage = ReturnType<typeof useUsage>;
