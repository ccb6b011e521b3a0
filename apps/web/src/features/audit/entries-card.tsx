import type { AuditEntry } from '@lyss/api-types';
import { ListFailure } from '../../app/list/list-failure.tsx';
import { ListTools } from '../../app/list/list-tools.tsx';
import { useHiddenColumns } from '../../app/list/use-hidden-columns.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { visibleColumns } from '../../ui/list/column.ts';
import { ListCard } from '../../ui/list/list-card.tsx';
import { ListPager } from '../../ui/list/list-pager.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { ListToolbar, SearchField } from '../../ui/list/toolbar.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { EmptyState, NothingFound } from '../../ui/states/state.tsx';
import { EntryFilters } from './entry-filters.tsx';
import { useEntryColumns } from './entry-columns.tsx';
import type { AuditList } from './use-audit-list.ts';

/** The trail's lines, 40 px each, in each of their states. */
export function EntriesCard({ list, title }: { list: AuditList; title: string }) {
  const t = useTexts('audit');
  const frame = useTexts('app');
  const columns = useEntryColumns(list.open);
  const [hidden, hide] = useHiddenColumns('audit', columns);
  const { query, rows, paging } = list;
  const texts = t(($) => $.list, { returnObjects: true });
  if (query.error && rows === undefined) return <ListCard><ListFailure failure={query.error} texts={texts} retrying={query.isFetching} onRetry={() => void query.refetch()} /></ListCard>;
  const position = t(($) => $.position, { count: rows?.length ?? 0 });
  const pager = paging.has_prev || paging.has_next ? <ListPager paging={paging} texts={{ previous: frame(($) => $.list.previous), next: frame(($) => $.list.next), position }} /> : null;
  const search = <SearchField value={list.search.search} onSearch={list.onSearch} label={texts.search} clearText={frame(($) => $.list.clear)} />;
  const tools = <ListTools query={query} columns={columns} hidden={hidden} onHide={hide} />;
  const none = list.filtered
    ? <NothingFound title={texts.not_found} hint={frame(($) => $.list.not_found_hint)} clearText={frame(($) => $.list.clear_all)} onClear={list.clear} />
    : <EmptyState title={texts.empty} why={texts.why} />;
  return (
    <div className="audit-grid">
      <ListCard toolbar={<ListToolbar search={search} filters={<EntryFilters list={list} />} tools={tools} />} footer={pager}>
        {query.error ? <div className="audit-problem"><InlineError>{query.error.message}</InlineError></div> : null}
        <ListTable<AuditEntry>
          label={title}
          columns={visibleColumns(columns, hidden)}
          rows={rows}
          rowKey={(row) => row.id}
          sort={list.sort}
          onSort={list.onSort}
          onOpen={(row) => list.open(row.id)}
          openKey={list.search.peek}
          actionsLabel={(row) => row.action}
          loadingText={texts.loading}
          empty={none}
        />
      </ListCard>
    </div>
  );
}
