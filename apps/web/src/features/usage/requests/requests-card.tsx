import { useRef } from 'react';
import type { LoggedRequest } from '@lyss/api-types';
import { ListFailure } from '../../../app/list/list-failure.tsx';
import { ListTools } from '../../../app/list/list-tools.tsx';
import { useHiddenColumns } from '../../../app/list/use-hidden-columns.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { visibleColumns } from '../../../ui/list/column.ts';
import { ListCard } from '../../../ui/list/list-card.tsx';
import { ListPager } from '../../../ui/list/list-pager.tsx';
import { ListTable } from '../../../ui/list/list-table.tsx';
import { ListToolbar, SearchField } from '../../../ui/list/toolbar.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { EmptyState, NothingFound } from '../../../ui/states/state.tsx';
import { useRequestColumns } from './request-columns.tsx';
import { RequestFilters } from './request-filters.tsx';
import type { Requests } from './use-requests.ts';
import { useTail } from './use-tail.ts';

/** The request log's lines, 40 px each, in each of their states; new ones come by themselves where that is switched on. */
export function RequestsCard({ list }: { list: Requests }) {
  const t = useTexts('usage');
  const frame = useTexts('app');
  const place = useRef<HTMLDivElement>(null);
  const columns = useRequestColumns(list.open);
  const [hidden, hide] = useHiddenColumns('requests', columns);
  const { query, paging, search } = list;
  const tail = useTail({ query: list.tail, rows: list.rows, isHeld: search.peek !== '', list: place });
  const texts = t(($) => $.requests, { returnObjects: true });
  if (query.error && list.rows === undefined) return <ListCard><ListFailure failure={query.error} texts={texts} retrying={query.isFetching} onRetry={() => void query.refetch()} /></ListCard>;
  const position = t(($) => $.position, { count: tail.rows?.length ?? 0 });
  const pager = paging.has_prev || paging.has_next ? <ListPager paging={paging} texts={{ previous: frame(($) => $.list.previous), next: frame(($) => $.list.next), position }} /> : null;
  const find = <SearchField value={search.request_id} onSearch={(request_id) => list.filter({ request_id: request_id.trim() })} label={texts.search} clearText={frame(($) => $.list.clear)} />;
  const none = list.filtered
    ? <NothingFound title={texts.not_found} hint={frame(($) => $.list.not_found_hint)} clearText={frame(($) => $.list.clear_all)} onClear={list.clear} />
    : <EmptyState title={texts.empty} why={texts.why} />;
  const failure = tail.failure ?? query.error;
  return (
    <div className="requests-grid">
      <ListCard toolbar={<ListToolbar search={find} filters={<RequestFilters list={list} />} count={<Live list={list} came={tail.came} />} tools={<ListTools query={query} columns={columns} hidden={hidden} onHide={hide} />} />} footer={pager}>
        {failure ? <div className="request-problem"><InlineError>{failure.message}</InlineError></div> : null}
        <div ref={place}>
          <ListTable<LoggedRequest>
            label={texts.title}
            columns={visibleColumns(columns, hidden)}
            rows={tail.rows}
            rowKey={(row) => row.id}
            sort={list.sort}
            onSort={list.onSort}
            onOpen={(row) => list.open(row.id)}
            openKey={search.peek}
            actionsLabel={(row) => row.model}
            loadingText={texts.loading}
            empty={none}
          />
        </div>
      </ListCard>
    </div>
  );
}

/** The switch of what comes by itself, and how much has come. */
function Live({ list: { search, filter, canFollow }, came }: { list: Requests; came: number }) {
  const t = useTexts('usage');
  const isOn = search.live === 'on';
  return (
    <>
      <button type="button" role="switch" className="request-live" aria-checked={isOn && canFollow} disabled={!canFollow} title={canFollow ? t(($) => $.live.hint) : t(($) => $.live.first_page)} onClick={() => filter({ live: isOn ? '' : 'on' })}><i aria-hidden="true" />{t(($) => $.live.name)}</button>
      {isOn && came > 0 ? <span>{t(($) => $.live.came, { count: came })}</span> : null}
    </>
  );
}
