import type { Tenant, TenantsQuery } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { ColumnChooser } from '../../ui/list/column-chooser.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { ListToolbar, RefreshButton, SearchField } from '../../ui/list/toolbar.tsx';
import { StaleNote } from '../../ui/states/banner.tsx';
import { useStale } from './use-stale.ts';
import type { TenantsList } from './use-tenants-list.ts';
import { useZone } from './use-zone.ts';

const states = ['active', 'suspended'] as const satisfies readonly NonNullable<TenantsQuery['state']>[];

interface TenantsToolbarProps {
  list: TenantsList;
  columns: readonly ListColumn<Tenant>[];
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

export function TenantsToolbar({ list, columns, hidden, onHide }: TenantsToolbarProps) {
  const t = useTexts('tenants');
  const { search, query, filter, total } = list;
  const clear = t(($) => $.list.clear);
  // The options are the contract's own values, so what comes back is one of them.
  const choose = (value: string | null) => filter({ state: (value ?? '') as typeof search.state });
  const options = states.map((value) => ({ value, label: t(($) => $.state[value]) }));
  const tools = (
    <>
      <OldNote at={query.dataUpdatedAt} />
      <ColumnChooser columns={columns} hidden={hidden} onChange={onHide} label={t(($) => $.list.columns)} />
      <RefreshButton label={t(($) => $.list.refresh)} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />
    </>
  );
  return (
    <ListToolbar
      search={<SearchField value={search.search} onSearch={(text) => filter({ search: text })} label={t(($) => $.search)} clearText={clear} />}
      filters={<FilterChip label={t(($) => $.column.state)} clearText={clear} value={search.state || null} options={options} onChange={choose} />}
      count={total === undefined ? null : t(($) => $.total, { count: total })}
      tools={tools}
    />
  );
}

function OldNote({ at }: { at: number }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const zone = useZone();
  if (!useStale(at)) return null;
  return <StaleNote>{t(($) => $.list.updated)} <RelativeTime at={new Date(at).toISOString()} locale={locale} zone={zone} /></StaleNote>;
}
