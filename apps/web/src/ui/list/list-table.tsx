import type { TableColumnsType, TableProps } from 'antd';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { SkeletonRows, Waiting } from '../states/skeleton.tsx';
import type { ListColumn, ListSort, RowAction } from './column.ts';
import { isOwnClick, ListCards } from './list-cards.tsx';
import { RowMenu } from './row-menu.tsx';
import { useNarrow } from './use-narrow.ts';
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
  selection?: { keys: readonly string[]; onChange: (keys: string[]) => void };
  loadingText: string;
  /** Shown in place of rows where there are none: EmptyState or NothingFound. */
  empty: ReactNode;
}

function toAntdColumns<Row extends object>({ columns, sort, actions, actionsLabel }: ListTableProps<Row>): TableColumnsType<Row> {
  const made: TableColumnsType<Row> = columns.map((column) => ({
    key: column.key,
    title: column.title,
    render: (_value: unknown, row: Row) => column.render(row),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.figure === true ? { align: 'right' as const, className: 'is-figure' } : {}),
    ...(column.sortable === true ? { sorter: true, sortOrder: sort?.by === column.key ? (sort.order === 'asc' ? ('ascend' as const) : ('descend' as const)) : null } : {}),
  }));
  if (actions) {
    made.push({ key: 'actions', title: <span className="visually-hidden">{' '}</span>, width: 58, align: 'right', render: (_value: unknown, row: Row) => <RowMenu actions={actions(row)} label={actionsLabel(row)} /> });
  }
  return made;
}

function WideTable<Row extends object>(props: ListTableProps<Row> & { rows: readonly Row[] }) {
  const { label, rows, rowKey, onSort, onOpen, openKey, selection } = props;
  const columns = useMemo(() => toAntdColumns(props), [props]);
  const changeSort: NonNullable<TableProps<Row>['onChange']> = (_pages, _filters, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    if (!one?.order || one.columnKey === undefined) onSort?.(null);
    else onSort?.({ by: String(one.columnKey), order: one.order === 'ascend' ? 'asc' : 'desc' });
  };
  return (
    <Table<Row>
      aria-label={label}
      columns={columns}
      dataSource={rows as Row[] /* antd never writes to it */}
      rowKey={rowKey}
      pagination={false}
      showSorterTooltip={false}
      onChange={changeSort}
      rowClassName={(row) => `${rowKey(row) === openKey ? 'is-open' : ''}${onOpen ? ' can-open' : ''}`}
      onRow={(row) => ({ onClick: (event) => isOwnClick(event) && onOpen?.(row) })}
      {...(selection ? { rowSelection: { selectedRowKeys: [...selection.keys], onChange: (keys) => selection.onChange(keys.map(String)), columnWidth: 44 } } : {})}
    />
  );
}

/** The rows of a list: a table where there is room, two-line cards under 760 px; a skeleton before the first answer, and never a dimmed table after it. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const narrow = useNarrow();
  const { rows, columns, loadingText, empty } = props;
  return (
    <Waiting waiting={rows === undefined} label={loadingText} skeleton={<SkeletonRows columns={narrow ? 2 : Math.min(columns.length, 6)} />}>
      {rows === undefined || rows.length === 0 ? empty : narrow ? <ListCards {...props} rows={rows} /> : <WideTable {...props} rows={rows} />}
    </Waiting>
  );
}
