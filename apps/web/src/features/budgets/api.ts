import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, QueryOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export const budgetPage = (query: QueryOf<'budgets.list'>) =>
  queryOptions({ queryKey: ['budgets', 'list', query], queryFn: ({ signal }) => call('budgets.list', { query, signal }), placeholderData: keepPreviousData });

export const oneBudget = (id: string) => queryOptions({ queryKey: ['budgets', 'one', id], queryFn: ({ signal }) => call('budgets.read', { params: { id }, signal }) });

const PEEKED = 10;

/** The fullest pots of this period. */
export const fullestPots = (id: string) =>
  queryOptions({ queryKey: ['budgets', 'pots', id], queryFn: ({ signal }) => call('budgets.listPots', { params: { id }, query: { sort_by: 'spent_nano', current: 'true', page_size: PEEKED }, signal }) });

/** The periods before, newest first, of a budget with one pot. */
export const earlierPots = (id: string) =>
  queryOptions({ queryKey: ['budgets', 'earlier', id], queryFn: ({ signal }) => call('budgets.listPots', { params: { id }, query: { current: 'false', page_size: PEEKED }, signal }) });

export const alertsOf = (budget_id: string) =>
  queryOptions({ queryKey: ['budgets', 'alerts', budget_id], queryFn: ({ signal }) => call('budgets.listAlerts', { query: { budget_id, page_size: PEEKED }, signal }) });

/** What a draft would have done; nothing of it is stored. */
export const simulation = (body: BodyOf<'budgets.simulate'> | null) =>
  queryOptions({
    queryKey: ['budgets', 'simulation', body],
    // Disabled without a body: see `enabled`.
    queryFn: ({ signal }) => call('budgets.simulate', { body: body as BodyOf<'budgets.simulate'>, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

const FOUND = 20;

export interface Choice {
  value: string;
  name: string;
  more?: string;
}

/** What a budget may be about, found by a few letters of its name. */
export const subjects = (scope: string, search: string) => queryOptions({ queryKey: ['budgets', 'subjects', scope, search], queryFn: ({ signal }) => findSubjects(scope, search, signal), placeholderData: keepPreviousData });

async function findSubjects(scope: string, search: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { page_size: FOUND, ...(search === '' ? {} : { search }) };
  const isFound = (name: string) => name.toLowerCase().includes(search.toLowerCase());
  if (scope === 'user') return (await call('users.list', { query, signal })).items.map(({ id, name, email }) => ({ value: id, name, more: email }));
  if (scope === 'api_key') return (await call('apiKeys.listAll', { query: { ...query, status: 'active' }, signal })).items.map(({ id, name, hint, user }) => ({ value: id, name, more: `${user.name} · ${hint}` }));
  if (scope === 'role') return (await call('roles.list', { signal })).items.map(({ id, name }) => ({ value: id, name })).filter(({ name }) => isFound(name));
  if (scope !== 'model') return [];
  return (await call('models.list', { signal })).items.map(({ name }) => ({ value: name, name })).filter(({ name }) => isFound(name)).slice(0, FOUND);
}

function useBudgetMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old.
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['budgets'] }) });
}

interface Versioned {
  id: string;
  version: number;
}
export const useCreateBudget = () => useBudgetMutation((body: BodyOf<'budgets.create'>) => call('budgets.create', { body }));
export const useUpdateBudget = () => useBudgetMutation(({ id, version, body }: Versioned & { body: BodyOf<'budgets.update'> }) => call('budgets.update', { params: { id }, body, if_match: version }));
export const useRaiseBudget = () => useBudgetMutation(({ id, version, body }: Versioned & { body: BodyOf<'budgets.raise'> }) => call('budgets.raise', { params: { id }, body, if_match: version }));
export const useEndRaise = () => useBudgetMutation(({ id, version }: Versioned) => call('budgets.endRaise', { params: { id }, if_match: version }));

/** Ends with what is shown of it closed, before anything is read again: of what is gone nothing is asked. */
export function useRemoveBudget(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Versioned) => call('budgets.remove', { params: { id }, if_match: version }),
    onSuccess: onDone,
    onSettled: (_done, _error, { id }) => client.invalidateQueries({ queryKey: ['budgets'], predicate: ({ queryKey }) => !JSON.stringify(queryKey).includes(id) }),
  });
}
