import { useState } from 'react';
import type { Budget } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { useEndRaise } from './api.ts';
import { useBudgetColumns } from './budget-columns.tsx';
import { AddBudgetDrawer, EditBudgetDrawer } from './budget-drawer.tsx';
import { BudgetFilters } from './budget-filters.tsx';
import { PeekedBudget } from './peeked-budget.tsx';
import { describeFailure } from './place-failure.ts';
import { RaiseDrawer } from './raise-drawer.tsx';
import { RemoveBudget } from './remove-budget.tsx';
import { useBudgetsList, type Budgets } from './use-budgets-list.ts';
import './budgets.css';

type Asked = { what: 'edit' | 'raise' | 'remove'; row: Budget } | null;

export default function Page() {
  const t = useTexts('budgets');
  useTitle(t(($) => $.title));
  const list = useBudgetsList();
  const canWrite = useCan('budgets.write');
  const [asked, ask] = useState<Asked>(null);
  const end = useEndRaise();
  const { peek } = list.search;
  const add = () => list.open('new');
  const actions = (row: Budget): RowAction[] => [
    { key: 'open', label: t(($) => $.menu.open), onSelect: () => list.open(row.id) },
    ...(canWrite
      ? [
          { key: 'edit', label: t(($) => $.menu.edit), onSelect: () => ask({ what: 'edit', row }) },
          row.raise ? { key: 'end_raise', label: t(($) => $.menu.end_raise), onSelect: () => end.mutate({ id: row.id, version: row.version }) } : { key: 'raise', label: t(($) => $.menu.raise), onSelect: () => ask({ what: 'raise', row }) },
          { key: 'remove', label: t(($) => $.menu.remove), danger: true, onSelect: () => ask({ what: 'remove', row }) },
        ]
      : []),
  ];
  // The list is fetched again after a 412, and with it the version that the next try sends.
  const row = asked && (list.rows?.find(({ id }) => id === asked.row.id) ?? asked.row);
  const done = () => {
    if (peek === row?.id) list.open('');
    ask(null);
  };
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} {...(canWrite ? { action: <ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton> } : {})} />
      <BudgetsCard list={list} actions={actions} problem={describeFailure(end.error, t)} onAdd={canWrite ? add : undefined} />
      {peek !== '' && peek !== 'new' ? <PeekedBudget id={peek} list={list} actions={actions} busy={asked !== null} /> : null}
      {peek === 'new' && canWrite ? <AddBudgetDrawer onClose={() => list.open('')} /> : null}
      {asked?.what === 'edit' && row ? <EditBudgetDrawer key={row.id} row={row} onClose={() => ask(null)} /> : null}
      {asked?.what === 'raise' && row ? <RaiseDrawer row={row} onClose={() => ask(null)} /> : null}
      {asked?.what === 'remove' && row ? <RemoveBudget row={row} onClose={() => ask(null)} onDone={done} /> : null}
    </>
  );
}

/** By what they are about, the widest first, until somebody sorts them otherwise. Pots overlap: nothing is summed over them. */
function BudgetsCard({ list, actions, problem, onAdd }: { list: Budgets; actions: (row: Budget) => RowAction[]; problem: string | null; onAdd: (() => void) | undefined }) {
  const t = useTexts('budgets');
  return (
    <ListView<Budget>
      name="budgets"
      list={list}
      columns={useBudgetColumns(list.open)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<BudgetFilters search={list.search} filter={list.filter} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      problem={problem}
      add={onAdd ? { label: t(($) => $.add), onAdd } : undefined}
      {...(list.search.sort_by === 'tree' ? { groupOf: ({ scope }: Budget) => t(($) => $.group[scope]) } : {})}
    />
  );
}
