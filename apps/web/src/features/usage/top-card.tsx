import { Link } from '@tanstack/react-router';
import type { UsageTop } from '@lyss/api-types';
import { ListFailure } from '../../app/list/list-failure.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { TabLinks } from '../../app/tab-links.tsx';
import type { UsageFilters } from '../../app/usage/usage-search.ts';
import { Duration, Figure, Money } from '../../ui/figure/figure.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { ListCard } from '../../ui/list/list-card.tsx';
import { ListPager } from '../../ui/list/list-pager.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { EmptyState } from '../../ui/states/state.tsx';
import type { Usage } from './use-usage.ts';
import { useUsageWords } from './use-usage-words.ts';

const filterOf = { model: 'model', supplier: 'supplier', person: 'user_id', key: 'api_key_id' } as const;
const sortable: ReadonlySet<string> = new Set(['cost', 'requests', 'tokens']);

/** What one line of the list looks like; its name narrows the whole page to it. */
function useTopColumns({ by, list }: Usage): ListColumn<UsageTop>[] {
  const t = useTexts('usage');
  const locale = useLanguage();
  const words = useUsageWords();
  const figure = (key: string, title: string, render: ListColumn<UsageTop>['render'], more: Partial<ListColumn<UsageTop>> = {}): ListColumn<UsageTop> => ({ key, title, figure: true, named: true, sortable: sortable.has(key), render, ...more });
  const choose = ({ key }: UsageTop) => (key === null ? undefined : () => list.filter({ [filterOf[by]]: key } as Partial<UsageFilters>));
  return [
    { key: 'name', title: t(($) => $.group[by]), fixed: true, card: 'title', render: (row) => {
      const name = words.name(by, row.key, row.name);
      const onClick = choose(row);
      return onClick ? <button type="button" className="ui-name-button" onClick={onClick}>{name}</button> : <span className="usage-quiet">{name}</span>;
    } },
    figure('cost', t(($) => $.column.cost), ({ cost }) => <Money {...cost} locale={locale} />, { card: 'aside' }),
    figure('requests', t(($) => $.column.requests), ({ requests }) => <Figure value={requests} locale={locale} />),
    figure('tokens', t(($) => $.column.tokens), ({ input_tokens, output_tokens }) => <Figure value={input_tokens + output_tokens} locale={locale} />),
    figure('failed', t(($) => $.column.failed), ({ failed }) => <Figure value={failed} locale={locale} />, { card: 'none' }),
    figure('p95', t(($) => $.column.p95), ({ p95_ms }) => <Duration ms={p95_ms} locale={locale} />),
    figure('first_token', t(($) => $.column.first_token), ({ first_token_p50_ms }) => <Duration ms={first_token_p50_ms} locale={locale} />, { card: 'none' }),
  ];
}

/** Who or what used most; from each line on to its requests. */
export function TopCard({ usage }: { usage: Usage }) {
  const t = useTexts('usage');
  const frame = useTexts('app');
  const { list, by, search, openRequests } = usage;
  const { query, rows, paging } = list;
  const columns = useTopColumns(usage);
  const texts = t(($) => $.list, { returnObjects: true });
  const words = useUsageWords();
  const position = t(($) => $.position, { count: rows?.length ?? 0 });
  if (query.error && rows === undefined) return <ListCard><ListFailure failure={query.error} texts={texts} retrying={query.isFetching} onRetry={() => void query.refetch()} /></ListCard>;
  return (
    <section aria-label={t(($) => $.top)}>
      <TabLinks label={t(($) => $.top)}>
        {(['', 'supplier', 'person', 'key'] as const).map((tab) => (
          <Link key={tab} to="/usage" aria-current={tab === search.tab ? 'page' : undefined} search={{ ...search, tab, cursor: '' }} activeOptions={{ exact: true, includeSearch: true }} resetScroll={false}>{t(($) => $.group[tab === '' ? 'model' : tab])}</Link>
        ))}
      </TabLinks>
      <ListCard footer={paging.has_prev || paging.has_next ? <ListPager paging={paging} texts={{ previous: frame(($) => $.list.previous), next: frame(($) => $.list.next), position }} /> : null}>
        <ListTable<UsageTop>
          label={t(($) => $.top)}
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key ?? ''}
          sort={{ by: search.sort_by, order: 'desc' }}
          // There is one order, the most first.
          onSort={(sort) => list.onSort(sort && { ...sort, order: 'desc' })}
          actions={(row) => (row.key === null ? [] : [{ key: 'requests', label: t(($) => $.open_requests), onSelect: () => openRequests({ [filterOf[by]]: row.key ?? '' }) }])}
          actionsLabel={(row) => words.name(by, row.key, row.name)}
          loadingText={texts.loading}
          empty={<EmptyState title={texts.empty} why={texts.why} />}
        />
      </ListCard>
    </section>
  );
}
