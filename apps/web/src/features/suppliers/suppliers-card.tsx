import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';
import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { visibleColumns, type RowAction } from '../../ui/list/column.ts';
import { ListCard } from '../../ui/list/list-card.tsx';
import { ListPager } from '../../ui/list/list-pager.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { EmptyState, ErrorState, NoPermission, NothingFound } from '../../ui/states/state.tsx';
import { hideColumns, useColumns } from './store.ts';
import { useSupplierColumns } from './supplier-columns.tsx';
import { isFiltered, type SuppliersList } from './use-suppliers-list.ts';
import { SuppliersToolbar } from './suppliers-toolbar.tsx';

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
  const { query, rows, search } = list;
  const columns = useSupplierColumns(list.open, switching);
  const hidden = useColumns((columnStore) => columnStore.hidden);
  const failed = query.error;
  if (failed && rows === undefined) return <ListCard><SuppliersFailure failure={failed} retrying={query.isFetching} onRetry={() => void query.refetch()} /></ListCard>;
  const position = t(($) => $.list.position, { count: rows?.length ?? 0 });
  const pager = list.paging.has_prev || list.paging.has_next ? <ListPager paging={list.paging} texts={{ previous: t(($) => $.list.previous), next: t(($) => $.list.next), pageSize: '', position }} /> : null;
  return (
    <ListCard toolbar={<SuppliersToolbar list={list} columns={columns} hidden={hidden} onHide={hideColumns} />} footer={pager}>
      {failed ?? problem ? <div className="suppliers-problem"><InlineError>{problem ?? failed?.message}</InlineError></div> : null}
      <ListTable<SupplierCredential>
        label={t(($) => $.title)}
        columns={visibleColumns(columns, hidden)}
        rows={rows}
        rowKey={(row) => row.id}
        sort={list.sort}
        onSort={list.onSort}
        onOpen={(row) => list.open(row.id)}
        openKey={search.peek}
        actions={actions}
        actionsLabel={(row) => t(($) => $.menu.label, { name: row.name })}
        loadingText={t(($) => $.list.loading)}
        empty={<NoRows list={list} onAdd={onAdd} />}
      />
    </ListCard>
  );
}

function NoRows({ list, onAdd }: Pick<SuppliersCardProps, 'list' | 'onAdd'>) {
  const t = useTexts('suppliers');
  if (isFiltered(list.search)) return <NothingFound title={t(($) => $.list.not_found)} hint={t(($) => $.list.not_found_hint)} clearText={t(($) => $.list.clear_all)} onClear={list.clear} />;
  const action = onAdd ? <ActionButton look="primary" onClick={onAdd}>{t(($) => $.add)}</ActionButton> : undefined;
  return <EmptyState title={t(($) => $.empty.title)} why={t(($) => $.empty.why)} action={action} />;
}

function SuppliersFailure({ failure, retrying, onRetry }: { failure: Error; retrying: boolean; onRetry: () => void }) {
  const t = useTexts('suppliers');
  if (failure instanceof ApiFailure && failure.code === errorTable.INSUFFICIENT_PERMISSIONS.code) return <NoPermission title={t(($) => $.list.forbidden)} who={t(($) => $.list.who)} />;
  return (
    <ErrorState
      title={t(($) => $.list.failed)}
      message={failure.message}
      requestId={failure instanceof ApiFailure ? failure.request_id : undefined}
      requestIdLabel={t(($) => $.list.request_id)}
      copyText={t(($) => $.list.copy)}
      copiedText={t(($) => $.list.copied)}
      retryText={t(($) => $.list.retry)}
      retrying={retrying}
      onRetry={onRetry}
    />
  );
}
