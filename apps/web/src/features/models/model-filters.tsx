import type { Capability } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import type { ModelsList } from './use-models-list.ts';
import { useSuppliers } from './use-supplier-name.ts';

const capabilities = ['vision', 'tools', 'json', 'reasoning', 'embedding'] as const satisfies readonly Capability[];

export function ModelFilters({ list: { search, filter } }: { list: ModelsList }) {
  const t = useTexts('models');
  const frame = useTexts('app');
  const { choices } = useSuppliers();
  const clear = frame(($) => $.list.clear);
  const offered = [{ value: 'true', label: t(($) => $.filter.yes) }, { value: 'false', label: t(($) => $.filter.no) }];
  const priced = [{ value: 'true', label: t(($) => $.filter.known) }, { value: 'false', label: t(($) => $.filter.unknown) }];
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      {choices.length > 0 ? <FilterChip label={t(($) => $.column.provider)} clearText={clear} value={search.provider || null} options={choices} onChange={(value) => filter({ provider: (value ?? '') as typeof search.provider })} /> : null}
      <FilterChip label={t(($) => $.filter.capability)} clearText={clear} value={search.capability || null} options={capabilities.map((value) => ({ value, label: t(($) => $.capability[value]) }))} onChange={(value) => filter({ capability: (value ?? '') as typeof search.capability })} />
      <FilterChip label={t(($) => $.filter.offered)} clearText={clear} value={search.offered || null} options={offered} onChange={(value) => filter({ offered: (value ?? '') as typeof search.offered })} />
      <FilterChip label={t(($) => $.filter.priced)} clearText={clear} value={search.priced || null} options={priced} onChange={(value) => filter({ priced: (value ?? '') as typeof search.priced })} />
    </>
  );
}
