import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ListView } from '../../../app/list/list-view.tsx';
import type { RowAction } from '../../../ui/list/column.ts';
import { FilterChip } from '../../../ui/list/filter-chip.tsx';
import type { DomainRow } from '../api.ts';
import { useDomainColumns } from './domain-columns.tsx';
import type { DomainsList } from './use-domains-list.ts';

const states = ['pending', 'approved', 'refused'] as const;

/** The list itself, in each of its states. */
export function DomainsCard({ list, actions }: { list: DomainsList; actions: (row: DomainRow) => RowAction[] }) {
  const t = useTexts('single-sign-on');
  return (
    <ListView<DomainRow>
      name="sign_in_domains"
      list={list}
      columns={useDomainColumns(list.open)}
      actions={actions}
      texts={t(($) => $.operator.list, { returnObjects: true })}
      title={t(($) => $.operator.title)}
      filters={<StateFilter list={list} />}
      count={list.total === undefined ? null : t(($) => $.operator.total, { count: list.total })}
      position={t(($) => $.operator.position, { count: list.rows?.length ?? 0 })}
      add={undefined}
    />
  );
}

function StateFilter({ list: { search, filter } }: { list: DomainsList }) {
  const t = useTexts('single-sign-on');
  const frame = useTexts('app');
  const options = states.map((value) => ({ value, label: t(($) => $.operator.states[value]) }));
  // The options are the contract's own values, so what comes back is one of them.
  return <FilterChip label={t(($) => $.operator.state)} clearText={frame(($) => $.list.clear)} value={search.state || null} options={options} onChange={(value) => filter({ state: (value ?? '') as typeof search.state })} />;
}
