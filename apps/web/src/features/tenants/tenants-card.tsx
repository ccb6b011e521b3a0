import type { OperatorTenant, TenantsQuery } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { useTenantColumns } from './tenant-columns.tsx';
import type { TenantsList } from './use-tenants-list.ts';

const states = ['active', 'suspended', 'deleting'] as const satisfies readonly NonNullable<TenantsQuery['state']>[];

interface TenantsCardProps {
  list: TenantsList;
  actions: (tenant: OperatorTenant) => RowAction[];
  /** Absent where the person may not add anybody. */
  onAdd: (() => void) | undefined;
}

/** The list itself, in each of its states. */
export function TenantsCard({ list, actions, onAdd }: TenantsCardProps) {
  const t = useTexts('tenants');
  return (
    <ListView<OperatorTenant>
      name="tenants"
      list={list}
      columns={useTenantColumns(list.open)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<StateFilter list={list} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      add={onAdd && { label: t(($) => $.add), onAdd }}
    />
  );
}

function StateFilter({ list: { search, filter } }: { list: TenantsList }) {
  const t = useTexts('tenants');
  const frame = useTexts('app');
  const options = states.map((value) => ({ value, label: t(($) => $.state[value]) }));
  // The options are the contract's own values, so what comes back is one of them.
  return <FilterChip label={t(($) => $.column.state)} clearText={frame(($) => $.list.clear)} value={search.state || null} options={options} onChange={(value) => filter({ state: (value ?? '') as typeof search.state })} />;
}
