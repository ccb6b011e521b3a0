import type { Budget } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { BudgetsSearch } from '../../app/search.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { periods, scopes } from './draft.ts';

const states = ['ok', 'warned', 'used_up', 'off', 'waiting', 'ended'] as const satisfies readonly Budget['state'][];

export function BudgetFilters({ search, filter }: { search: BudgetsSearch; filter: (patch: Partial<BudgetsSearch>) => void }) {
  const t = useTexts('budgets');
  const frame = useTexts('app');
  const clear = frame(($) => $.list.clear);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.column.state)} clearText={clear} value={search.state || null} options={states.map((value) => ({ value, label: t(($) => $.state[value]) }))} onChange={(value) => filter({ state: (value ?? '') as typeof search.state })} />
      <FilterChip label={t(($) => $.form.scope)} clearText={clear} value={search.scope || null} options={scopes.map((value) => ({ value, label: t(($) => $.scope[value]) }))} onChange={(value) => filter({ scope: (value ?? '') as typeof search.scope })} />
      <FilterChip label={t(($) => $.column.period)} clearText={clear} value={search.period || null} options={periods.map((value) => ({ value, label: t(($) => $.period[value]) }))} onChange={(value) => filter({ period: (value ?? '') as typeof search.period })} />
    </>
  );
}
