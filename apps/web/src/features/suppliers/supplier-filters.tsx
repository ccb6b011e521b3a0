import { useQuery } from '@tanstack/react-query';
import type { SuppliersQuery } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { availableSuppliers } from './api.ts';
import type { SuppliersList } from './use-suppliers-list.ts';

const statuses = ['healthy', 'failing', 'untested'] as const satisfies readonly NonNullable<SuppliersQuery['status']>[];

export function SupplierFilters({ list: { search, filter } }: { list: SuppliersList }) {
  const t = useTexts('suppliers');
  const frame = useTexts('app');
  const locale = useLanguage();
  const { data } = useQuery(availableSuppliers);
  const clear = frame(($) => $.list.clear);
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
