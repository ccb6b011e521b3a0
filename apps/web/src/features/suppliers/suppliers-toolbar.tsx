import { useQuery } from '@tanstack/react-query';
import type { SupplierCredential, SuppliersQuery } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { ColumnChooser } from '../../ui/list/column-chooser.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { ListToolbar, RefreshButton, SearchField } from '../../ui/list/toolbar.tsx';
import { StaleNote } from '../../ui/states/banner.tsx';
import { availableSuppliers } from './api.ts';
import { useStale } from './use-stale.ts';
import type { SuppliersList } from './use-suppliers-list.ts';
import { useZone } from './use-zone.ts';

const statuses = ['healthy', 'failing', 'untested'] as const satisfies readonly NonNullable<SuppliersQuery['status']>[];

interface SuppliersToolbarProps {
  list: SuppliersList;
  columns: readonly ListColumn<SupplierCredential>[];
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

export function SuppliersToolbar({ list, columns, hidden, onHide }: SuppliersToolbarProps) {
  const t = useTexts('suppliers');
  const { search, query, filter, total } = list;
  const tools = (
    <>
      <OldNote at={query.dataUpdatedAt} />
      <ColumnChooser columns={columns} hidden={hidden} onChange={onHide} label={t(($) => $.list.columns)} />
      <RefreshButton label={t(($) => $.list.refresh)} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />
    </>
  );
  return (
    <ListToolbar
      search={<SearchField value={search.search} onSearch={(text) => filter({ search: text })} label={t(($) => $.search)} clearText={t(($) => $.list.clear)} />}
      filters={<Filters list={list} />}
      count={total === undefined ? null : t(($) => $.total, { count: total })}
      tools={tools}
    />
  );
}

function Filters({ list: { search, filter } }: { list: SuppliersList }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const { data } = useQuery(availableSuppliers);
  const clear = t(($) => $.list.clear);
  const kinds = data?.items.map(({ provider, name }) => ({ value: provider, label: name[locale] })) ?? [];
  const switched = [{ value: 'true', label: t(($) => $.filter.on) }, { value: 'false', label: t(($) => $.filter.off) }];
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.column.status)} clearText={clear} value={search.status || null} options={statuses.map((value) => ({ value, label: t(($) => $.status[value]) }))} onChange={(value) => filter({ status: (value ?? '') as typeof search.status })} />
      <FilterChip label={t(($) => $.column.provider)} clearText={clear} value={search.provider || null} options={kinds} onChange={(value) => filter({ provider: (value ?? '') as typeof search.provider })} />
      <FilterChip label={t(($) => $.column.enabled)} clearText={clear} value={search.enabled || null} options={switched} onChange={(value) => filter({ enabled: (value ?? '') as typeof search.enabled })} />
    </>
  );
}

function OldNote({ at }: { at: number }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const zone = useZone();
  if (!useStale(at)) return null;
  return <StaleNote>{t(($) => $.list.updated)} <RelativeTime at={new Date(at).toISOString()} locale={locale} zone={zone} /></StaleNote>;
}
