import { Fragment } from 'react';
import type { ListColumn, ListSelection, RowAction } from './column.ts';
import { RowMenu } from './row-menu.tsx';
import { SelectBox } from './select-box.tsx';
import './row.css';

interface ListCardsProps<Row> {
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  openKey?: string | null | undefined;
  onOpen?: ((row: Row) => void) | undefined;
  actions?: ((row: Row) => readonly RowAction[]) | undefined;
  actionsLabel: (row: Row) => string;
  selection?: ListSelection<Row> | undefined;
  groupOf?: ((row: Row) => string) | undefined;
}

/** Whether a row is the first of its kind on this page. */
export function beginsGroup<Row>(rows: readonly Row[], at: number, groupOf: ((row: Row) => string) | undefined): boolean {
  const [row, before] = [rows[at], rows[at - 1]];
  return groupOf !== undefined && row !== undefined && (before === undefined || groupOf(before) !== groupOf(row));
}

function pick<Row>(columns: readonly ListColumn<Row>[], place: NonNullable<ListColumn<Row>['card']>) {
  return columns.filter((column) => (column.card ?? 'line') === place);
}

/** The list on a phone: two lines a row, the same data in the same order. */
export function ListCards<Row>({ columns, rows, rowKey, openKey, onOpen, actions, actionsLabel, selection, groupOf }: ListCardsProps<Row>) {
  return (
    <ul className="ui-cards">
      {rows.map((row, at) => {
        const key = rowKey(row);
        return (
          <Fragment key={key}>
          {beginsGroup(rows, at, groupOf) ? <li className="ui-card-group">{groupOf?.(row)}</li> : null}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- a keyboard uses the name inside, which is a button; the card is only a bigger target for a finger */}
          <li className={key === openKey ? 'ui-card-row is-open' : 'ui-card-row'} onClick={(event) => isOwnClick(event) && onOpen?.(row)}>
            <div className="ui-card-line">
              {selection ? <SelectBox label={selection.label(row)} checked={selection.selected.has(key)} disabled={!selection.canSelect(row)} onChange={(on) => selection.onSelect([row], on)} /> : null}
              <div className="ui-card-title">{pick(columns, 'title').map((column) => <span key={column.key}>{column.render(row)}</span>)}</div>
              {pick(columns, 'aside').map((column) => <span key={column.key}>{column.render(row)}</span>)}
              {actions ? <RowMenu actions={actions(row)} label={actionsLabel(row)} /> : null}
            </div>
            <div className="ui-card-line is-second">
              {pick(columns, 'line').map((column) => (
                <span key={column.key}><span className={column.named === true ? undefined : 'visually-hidden'}>{column.title} </span><span className={column.named === true ? 'ui-card-value' : undefined}>{column.render(row)}</span></span>
              ))}
            </div>
          </li>
          </Fragment>
        );
      })}
    </ul>
  );
}

/** A click on the row itself, not on a control in it. */
export function isOwnClick(event: { target: EventTarget; currentTarget: EventTarget }): boolean {
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || !(currentTarget instanceof Element)) return false;
  return currentTarget.contains(target) && target.closest('button, a, input, label, select, [role="switch"], [role="checkbox"], [role^="menuitem"], .ui-floating') === null;
}
