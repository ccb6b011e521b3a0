import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { useSupplierColumns } from './supplier-columns.tsx';
import { SupplierFilters } from './supplier-filters.tsx';
import type { SuppliersList } from './use-suppliers-list.ts';

interface SuppliersCardProps {
  list: SuppliersList;
  actions: (row: SupplierCredential) => RowAction[];
  switching: Parameters<typeof useSupplierColumns>[1];
  /** A switch that was refused: said above the rows until the next one. */
  problem: string | null;
  /** Absent where the person may not add anybody. */
  onAdd: (() => void) | undefined;
}

/** The list itself, in each of its states. */
export function SuppliersCard({ list, actions, switching, problem, onAdd }: SuppliersCardProps) {
  const t = useTexts('suppliers');
  return (
    <ListView<SupplierCredential>
      name="suppliers"
      list={list}
      columns={useSupplierColumns(list.open, switching)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<SupplierFilters list={list} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      problem={problem}
      add={onAdd && { label: t(($) => $.add), onAdd }}
    />
  );
}
