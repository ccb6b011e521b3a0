import { Fragment } from 'react';
import type { ListColumn, ListSelection, ListSort } from './column.ts';
import { beginsGroup, isOwnClick } from './list-cards.tsx';
import type { ListTableProps } from './list-table.tsx';
import { RowMenu } from './row-menu.tsx';
import { SelectBox } from './select-box.tsx';
import './table.css';

type WideTableProps<Row> = ListTableProps<Row> & { rows: readonly Row[] };

/** Up, down, and back to the server's own order. */
function nextSort(key: string, sort: ListSort | null): ListSort | null {
  if (sort?.by !== key) return { by: key, order: 'asc' };
  return sort.order === 'asc' ? { by: key, order: 'desc' } : null;
}

/** Figures stand right; what a row is called stays in sight however far its figures are scrolled. */
function nameCell<Row>(column: ListColumn<Row>): string | undefined {
  return [column.figure === true ? 'is-figure' : '', column.fixed === true ? 'is-name' : ''].filter(Boolean).join(' ') || undefined;
}

function HeadCell<Row>({ column, sort, onSort }: { column: ListColumn<Row>; sort: ListSort | null; onSort: ListTableProps<Row>['onSort'] }) {
  const order = sort?.by === column.key ? sort.order : null;
  const sorted = order === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" className={nameCell(column)} style={column.width === undefined ? undefined : { width: column.width }} aria-sort={order === null ? undefined : sorted}>
      {column.sortable === true && onSort ? (
        <button type="button" className="ui-sorter" onClick={() => onSort(nextSort(column.key, sort))}>
          {column.title}
          <svg width="8" height="12" viewBox="0 0 8 12" aria-hidden="true">
            <path d="M4 1 7 5H1Z" className={order === 'asc' ? 'is-set' : undefined} />
            <path d="M4 11 1 7h6Z" className={order === 'desc' ? 'is-set' : undefined} />
          </svg>
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

function Row<Row>({ row, ...props }: WideTableProps<Row> & { row: Row }) {
  const { columns, rowKey, onOpen, openKey, actions, actionsLabel, selection } = props;
  const key = rowKey(row);
  const names = [key === openKey ? 'is-open' : '', onOpen ? 'can-open' : ''];
  return (
    // The name inside is the button a keyboard uses; the row as a whole is only a bigger target.
    <tr className={names.filter(Boolean).join(' ') || undefined} onClick={(event) => isOwnClick(event) && onOpen?.(row)}>
      {selection ? <td className="is-select"><SelectBox label={selection.label(row)} checked={selection.selected.has(key)} disabled={!selection.canSelect(row)} onChange={(on) => selection.onSelect([row], on)} /></td> : null}
      {columns.map((column) => <td key={column.key} className={nameCell(column)}>{column.render(row)}</td>)}
      {actions ? <td className="is-figure is-actions"><RowMenu actions={actions(row)} label={actionsLabel(row)} /></td> : null}
    </tr>
  );
}

function SelectAll<Row>({ rows, rowKey, selection }: Pick<WideTableProps<Row>, 'rows' | 'rowKey'> & { selection: ListSelection<Row> }) {
  const choosable = rows.filter(selection.canSelect);
  const chosen = choosable.filter((row) => selection.selected.has(rowKey(row))).length;
  const all = chosen > 0 && chosen === choosable.length;
  return <SelectBox label={selection.allLabel} checked={all} some={chosen > 0 && !all} disabled={choosable.length === 0} onChange={(on) => selection.onSelect(choosable, on)} />;
}

/** The list where there is room. A table of our own: antd's measures scroll bars with a style sheet that the CSP refuses, and weighs more than the page. */
export function WideTable<Row>(props: WideTableProps<Row>) {
  const { label, columns, rows, rowKey, sort = null, onSort, actions, selection, groupOf } = props;
  const width = columns.length + (actions ? 1 : 0) + (selection ? 1 : 0);
  return (
    <div className="ui-table-place">
      <table className="ui-table" aria-label={label}>
        <thead>
          <tr>
            {selection ? <td className="is-select"><SelectAll rows={rows} rowKey={rowKey} selection={selection} /></td> : null}
            {columns.map((column) => <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />)}
            {actions ? <td className="is-actions" /> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Fragment key={rowKey(row)}>
              {beginsGroup(rows, at, groupOf) ? <tr className="ui-group"><th scope="rowgroup" colSpan={width}>{groupOf?.(row)}</th></tr> : null}
              <Row {...props} row={row} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
