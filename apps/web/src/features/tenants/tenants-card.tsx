import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';
import type { Tenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { visibleColumns, type RowAction } from '../../ui/list/column.ts';
import { ListCard } from '../../ui/list/list-card.tsx';
import { ListPager } from '../../ui/list/list-pager.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { EmptyState, ErrorState, NoPermission, NothingFound } from '../../ui/states/state.tsx';
import { hideColumns, useColumns } from './store.ts';
import { useTenantColumns } from './tenant-columns.tsx';
import { isFiltered, type TenantsList } from './use-tenants-list.ts';
import { TenantsToolbar } from './tenants-toolbar.tsx';

interface TenantsCardProps {
  list: TenantsList;
  actions: (tenant: Tenant) => RowAction[];
  /** Absent where the person may not add anybody. */
  onAdd: (() => void) | undefined;
}

/** The list itself, in each of its states. */
export function TenantsCard({ list, actions, onAdd }: TenantsCardProps) {
  const t = useTexts('tenants');
  const { query, rows, search } = list;
  const columns = useTenantColumns(list.open);
  const hidden = useColumns((columnStore) => columnStore.hidden);
  const failed = query.error;
  if (failed && rows === undefined) return <ListCard><TenantsFailure failure={failed} retrying={query.isFetching} onRetry={() => void query.refetch()} /></ListCard>;
  const position = t(($) => $.list.position, { count: rows?.length ?? 0 });
  const pager = list.paging.has_prev || list.paging.has_next ? <ListPager paging={list.paging} texts={{ previous: t(($) => $.list.previous), next: t(($) => $.list.next), pageSize: '', position }} /> : null;
  return (
    <ListCard toolbar={<TenantsToolbar list={list} columns={columns} hidden={hidden} onHide={hideColumns} />} footer={pager}>
      {failed ? <div className="tenants-note"><InlineError>{failed.message}</InlineError></div> : null}
      <ListTable<Tenant>
        label={t(($) => $.title)}
        columns={visibleColumns(columns, hidden)}
        rows={rows}
        rowKey={(tenant) => tenant.id}
        sort={list.sort}
        onSort={list.onSort}
        onOpen={(tenant) => list.open(tenant.id)}
        openKey={search.peek}
        actions={actions}
        actionsLabel={(tenant) => t(($) => $.menu.label, { name: tenant.name })}
        loadingText={t(($) => $.list.loading)}
        empty={<NoRows list={list} onAdd={onAdd} />}
      />
    </ListCard>
  );
}

function NoRows({ list, onAdd }: Pick<TenantsCardProps, 'list' | 'onAdd'>) {
  const t = useTexts('tenants');
  if (isFiltered(list.search)) return <NothingFound title={t(($) => $.list.not_found)} hint={t(($) => $.list.not_found_hint)} clearText={t(($) => $.list.clear_all)} onClear={list.clear} />;
  const action = onAdd ? <ActionButton look="primary" onClick={onAdd}>{t(($) => $.add)}</ActionButton> : undefined;
  return <EmptyState title={t(($) => $.empty.title)} why={t(($) => $.empty.why)} action={action} />;
}

function TenantsFailure({ failure, retrying, onRetry }: { failure: Error; retrying: boolean; onRetry: () => void }) {
  const t = useTexts('tenants');
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
