import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf, QueryOf, SignInDomain } from '@lyss/api-types';
import { ApiFailure, call } from '../../api/client.ts';

export const connectionQuery = queryOptions<DataOf<'sso.read'>, ApiFailure>({ queryKey: ['sso'], queryFn: ({ signal }) => call('sso.read', { signal }) });

/** As lists want it: what names a domain is itself. */
export type DomainRow = SignInDomain & { name: string };
const nameRow = (row: SignInDomain): DomainRow => ({ ...row, name: row.domain });

export function domainPage(query: QueryOf<'sso.listDomains'>) {
  return queryOptions({
    queryKey: ['sso', 'domains', query],
    queryFn: async ({ signal }) => {
      const { items, pagination } = await call('sso.listDomains', { query, signal });
      return { items: items.map(nameRow), pagination };
    },
    placeholderData: keepPreviousData,
  });
}

export const oneDomain = (id: string) => queryOptions({ queryKey: ['sso', 'domain', id], queryFn: async ({ signal }) => nameRow(await call('sso.readDomain', { params: { id }, signal })) });

export const rolesQuery = queryOptions<DataOf<'roles.list'>, ApiFailure>({ queryKey: ['roles', 'list'], queryFn: ({ signal }) => call('roles.list', { signal }) });

function useSsoMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old.
  return useMutation<Output, ApiFailure, Input>({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['sso'] }) });
}

export type Change = { create: BodyOf<'sso.create'> } | { update: BodyOf<'sso.update'>; version: number };
export const useSave = () =>
  useSsoMutation((change: Change) => ('create' in change ? call('sso.create', { body: change.create }) : call('sso.update', { body: change.update, if_match: change.version })));
export const useRemove = () => useSsoMutation(() => call('sso.remove'));
export const useStartTest = () => useSsoMutation(() => call('sso.startTest'));
export const useDecide = () => useSsoMutation(({ id, state }: { id: string; state: 'approved' | 'refused' }) => call('sso.decideDomain', { params: { id }, body: { state } }));
export const useAllowPasswords = () => useSsoMutation((id: string) => call('sso.allowPasswords', { params: { id } }));
