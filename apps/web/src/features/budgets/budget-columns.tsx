import type { Budget } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { ListColumn } from '../../ui/list/column.ts';
import { BudgetBar, BudgetState } from './budget-bar.tsx';
import { useWords } from './use-words.ts';

export function useBudgetColumns(open: (id: string) => void): ListColumn<Budget>[] {
  const t = useTexts('budgets');
  const { aboutOf } = useWords();
  return [
    {
      key: 'name',
      title: t(($) => $.column.name),
      sortable: true,
      fixed: true,
      card: 'title',
      render: (row) => (
        <span className="budgets-name">
          <button type="button" className="ui-name-button" onClick={() => open(row.id)}>{row.name}</button>
          <span>{aboutOf(row)}</span>
        </span>
      ),
    },
    { key: 'used', title: t(($) => $.column.used), sortable: true, width: 300, render: (row) => <BudgetBar row={row} /> },
    { key: 'state', title: t(($) => $.column.state), card: 'aside', render: (row) => <BudgetState row={row} /> },
    { key: 'period', title: t(($) => $.column.period), render: (row) => t(($) => $.period[row.period]) },
    { key: 'is_hard', title: t(($) => $.column.is_hard), card: 'none', render: (row) => t(($) => $.hard[row.is_hard ? 'yes' : 'no']) },
    { key: 'pots', title: t(($) => $.column.pots), figure: true, card: 'none', render: (row) => row.now?.pots ?? 0 },
  ];
}
