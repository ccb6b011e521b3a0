import type { ReactNode } from 'react';
import { SkeletonRows, Waiting } from '../states/skeleton.tsx';
import type { ListColumn, ListSelection, ListSort, RowAction } from './column.ts';
import { ListCards } from './list-cards.tsx';
import { useNarrow } from './use-narrow.ts';
import { WideTable } from './wide-table.tsx';
import './list.css';

export interface ListTableProps<Row> {
  /** Names the table for a screen reader. */
  label: string;
  columns: readonly ListColumn<Row>[];
  /** undefined: not there yet. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  sort?: ListSort | null;
  /** null: back to the server's own order. */
  onSort?: (sort: ListSort | null) => void;
  onOpen?: (row: Row) => void;
  /** The key of the row whose peek is open. */
  openKey?: string | null | undefined;
  actions?: (row: Row) => readonly RowAction[];
  actionsLabel: (row: Row) => string;
  /** Absent where nothing can be done with several. */
  selection?: ListSelection<Row> | undefined;
  /** What the rows from here on have in common, where the order gathers them: said above the first of them. */
  groupOf?: ((row: Row) => string) | undefined;
  loadingText: string;
  /** Shown in place of rows where there are none: EmptyState or NothingFound. */
  empty: ReactNode;
}

/** The rows of a list: a table where there is room, two-line cards under 760 px; a skeleton before the first answer, and never a dimmed table after it. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const narrow = useNarrow();
  const { rows, columns, loadingText, empty } = props;
  return (
    <Waiting waiting={rows === undefined} label={loadingText} skeleton={<SkeletonRows columns={narrow ? 2 : Math.min(columns.length, 6)} />}>
      {rows === undefined || rows.length === 0 ? empty : narrow ? <ListCards {...props} rows={rows} /> : <WideTable {...props} rows={rows} />}
    </Waiting>
  );
}
