import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { createList, type List } from '../../../app/list/create-list.ts';
import { toQuery } from '../../../app/list/list-address.ts';
import { domainsDefaults, type DomainsSearch } from '../../../app/search.ts';
import { domainPage, type DomainRow } from '../api.ts';

export type DomainsList = List<DomainsSearch, DomainRow>;

export function useDomainsList(): DomainsList {
  const search = useSearch({ from: '/sign-in-domains' });
  const navigate = useNavigate({ from: '/sign-in-domains' });
  const query = useQuery(domainPage(toQuery(search)));
  const onChange = (patch: Partial<DomainsSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: domainsDefaults, query, onChange });
}
