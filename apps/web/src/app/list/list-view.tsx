import type { ReactNode } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';
import { visibleColumns, type ListColumn, type RowAction } from '../../ui/list/column.ts';
import { BulkBar } from '../../ui/list/bulk-bar.tsx';
import { ListCard } from '../../ui/list/list-card.tsx';
import { ListPager } from '../../ui/list/list-pager.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { ListToolbar, SearchField } from '../../ui/list/toolbar.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { EmptyState, NothingFound } from '../../ui/states/state.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import type { List } from './create-list.ts';
import type { ListAddress } from './list-address.ts';
import { isForbidden, ListFailure } from './list-failure.tsx';
import { ListTools } from './list-tools.tsx';
import { useFocusAfterBulk } from './use-focus-after-bulk.ts';
import { useHiddenColumns } from './use-hidden-columns.ts';
import { useSelection, type Bulk } from './use-selection.ts';
import './list-view.css';

interface ListTexts {
  search: string;
  loading: string;
  not_found: string;
  failed: string;
  forbidden: string;
  who: string;
  /** Where there is nothing yet, and why one should change that. */
  empty: string;
  why: string;
}

interface ListViewProps<Row> {
  /** The list's noun: the choice of columns is kept under it. */
  name: string;
  list: Pick<List<ListAddress, Row>, 'search' | 'query' | 'rows' | 'paging' | 'filtered' | 'clear' | 'open' | 'sort' | 'onSort' | 'onSearch'>;
  columns: readonly ListColumn<Row>[];
  actions: (row: Row) => RowAction[];
  texts: ListTexts;
  title: string;
  filters: ReactNode;
  /** How many there are in all, and on this page, in words. */
  count: string | null;
  position: string;
  /** Said above the rows. */
  problem?: string | null;
  /** What rows that follow one another have in common: said above the first of them. */
  groupOf?: ((row: Row) => string) | undefined;
  /** Absent where nothing can be done with several at once. */
  bulk?: Bulk<Row> | undefined;
  /** Absent where the person may not add any. */
  add: { label: string; onAdd: () => void } | undefined;
}

/** A list in each of its states: loading, rows, nothing yet, nothing found, failed, forbidden. */
export function ListView<Row extends { id: string; name: string }>(props: ListViewProps<Row>) {
  const { name, list, columns, texts, filters, count, position } = props;
  const t = useTexts('app');
  const [hidden, hide] = useHiddenColumns(name, columns);
  const { query, rows, paging } = list;
  const failed = rows === undefined ? query.error : null;
  const failure = failed && <ListFailure failure={failed} texts={texts} retrying={query.isFetching} onRetry={() => void query.refetch()} />;
  if (failed && isForbidden(failed)) return <ListCard>{failure}</ListCard>;
  const pager = paging.has_prev || paging.has_next ? <ListPager paging={paging} texts={{ previous: t(($) => $.list.previous), next: t(($) => $.list.next), position }} /> : null;
  const search = <SearchField value={list.search.search} onSearch={list.onSearch} label={texts.search} clearText={t(($) => $.list.clear)} />;
  const tools = <ListTools query={query} columns={columns} hidden={hidden} onHide={hide} />;
  return (
    // The toolbar stays where the list failed: it may be a filter that it fails at.
    <ListCard toolbar={<ListToolbar search={search} filters={filters} count={count} tools={tools} />} footer={pager}>
      {failure ?? <Rows {...props} columns={visibleColumns(columns, hidden)} />}
    </ListCard>
  );
}

/** The rows, what can be done with those that are chosen, and what is wrong with them. */
function Rows<Row extends { id: string; name: string }>(props: ListViewProps<Row>) {
  const { list, columns, actions, bulk, texts, title, problem = null, groupOf } = props;
  const t = useTexts('app');
  const { chosen, selection, clear } = useSelection(list.rows, bulk);
  const place = useFocusAfterBulk(chosen.length);
  const said = problem ?? list.query.error?.message;
  const count = chosen.length > 0 && bulk ? t(($) => $.list.selected, { count: chosen.length }) : '';
  return (
    <div ref={place}>
      {said ? <div className="list-problem"><InlineError>{said}</InlineError></div> : null}
      <div className="visually-hidden" role="status">{count}</div>
      <div className="list-rows">
        {count && bulk ? <BulkBar count={count} actions={bulk.actions(chosen, clear)} clearText={t(($) => $.list.clear_selection)} onClear={clear} /> : null}
        <ListTable<Row>
          selection={selection}
          label={title}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          sort={list.sort}
          onSort={list.onSort}
          onOpen={(row) => list.open(row.id)}
          openKey={list.search.peek}
          actions={actions}
          groupOf={groupOf}
          actionsLabel={(row) => t(($) => $.list.actions, { name: row.name })}
          loadingText={texts.loading}
          empty={<NoRows {...props} />}
        />
      </div>
    </div>
  );
}

function NoRows<Row>({ list, texts, add }: ListViewProps<Row>) {
  const t = useTexts('app');
  if (list.filtered) return <NothingFound title={texts.not_found} hint={t(($) => $.list.not_found_hint)} clearText={t(($) => $.list.clear_all)} onClear={list.clear} />;
  const action = add ? <ActionButton look="primary" onClick={add.onAdd}>{add.label}</ActionButton> : undefined;
  return <EmptyState title={texts.empty} why={texts.why} action={action} />;
}
