import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Budget } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { budgetsDefaults, type BudgetsSearch } from '../../app/search.ts';
import { budgetPage } from './api.ts';

export type Budgets = List<BudgetsSearch, Budget>;

export function useBudgetsList(): Budgets {
  const search = useSearch({ from: '/budgets' });
  const navigate = useNavigate({ from: '/budgets' });
  const onChange = (patch: Partial<BudgetsSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: budgetsDefaults, query: useQuery(budgetPage(toQuery(search))), onChange });
}
