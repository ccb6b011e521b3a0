import { useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PeekPanel } from '../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { TrailLinks } from '../trail-link.tsx';
import './list-view.css';

interface PeekedRowProps<Row, Key extends QueryKey> {
  /** The row the address names. */
  id: string;
  list: { rows: readonly Row[] | undefined; open: (id: string) => void };
  /** Fetches it where it is not on this page. */
  one: UseQueryOptions<Row, Error, Row, Key>;
  /** `title` stands there until the row does; `gone`: there is none. */
  texts: { title: string; gone: string; previous: string; next: string };
  heading?: (row: Row) => ReactNode;
  actions: (row: Row) => RowAction[];
  /** Said at the foot in place of the actions. */
  refusal?: (row: Row) => string | null;
  /** What the audit calls such a row, and whether it stands in the platform's: links to its trail. */
  trail?: { type: string; platform?: boolean };
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
  children: (row: Row) => ReactNode;
}

/** One row in detail beside the list: from the list where it is on this page, else fetched. */
export function PeekedRow<Row extends { id: string; name: string }, Key extends QueryKey>({ id, list, one, texts, heading, actions, refusal, trail, busy, children }: PeekedRowProps<Row, Key>) {
  const t = useTexts('app');
  const rows = list.rows ?? [];
  const at = rows.findIndex((candidate) => candidate.id === id);
  const fetched = useQuery({ ...one, enabled: at === -1 && list.rows !== undefined });
  const row = rows[at] ?? fetched.data ?? (fetched.isError ? null : undefined);
  const [before, after] = at === -1 ? [] : [rows[at - 1], rows[at + 1]];
  const step = (to: Row | undefined) => (to && !busy ? () => list.open(to.id) : undefined);
  // What opens the row has no place beside the open row.
  const offered = row ? actions(row).filter((action) => action.key !== 'open') : [];
  const refused = row ? (refusal?.(row) ?? null) : null;
  const title = row ? (heading?.(row) ?? row.name) : texts.title;
  return (
    <PeekPanel
      title={title}
      texts={{ previous: texts.previous, next: texts.next, close: t(($) => $.actions.close) }}
      actions={refused !== null ? <p className="form-line">{refused}</p> : offered.length > 0 ? <Foot actions={offered} /> : undefined}
      onPrevious={step(before)}
      onNext={step(after)}
      onClose={() => !busy && list.open('')}
    >
      {row && trail ? <>{children(row)}<TrailLinks {...trail} id={row.id} /></> : row ? children(row) : row === null ? <p>{texts.gone}</p> : <SkeletonText lines={6} />}
    </PeekPanel>
  );
}

function Foot({ actions }: { actions: RowAction[] }) {
  return (
    <div className="list-foot">
      {actions.map((action) => <ActionButton key={action.key} className={action.danger ? 'list-danger' : ''} disabled={action.disabled === true} onClick={action.onSelect}>{action.label}</ActionButton>)}
    </div>
  );
}
