import { useQuery } from '@tanstack/react-query';
import type { UsageGroup } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { UsageFilters } from '../../app/usage/usage-search.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { top } from './api.ts';
import type { Range } from './read-range.ts';
import { useUsageWords } from './use-usage-words.ts';

type Options = { value: string; label: string }[];
const MOST_OPTIONS = 100;
const surfaces = ['chat', 'gateway', 'playground', 'workflow'] as const;

/** Those that used most in a range: whoever isn't among them is reached from a list. What an address names is an option, whatever it is. */
function useOptions(group: Exclude<UsageGroup, 'surface'>, range: Range, chosen: string): Options {
  const words = useUsageWords();
  const { data } = useQuery(top({ ...range, by: group, sort_by: 'requests', page_size: MOST_OPTIONS }));
  const options = (data?.items ?? []).flatMap(({ key, name }) => (key === null ? [] : [{ value: key, label: words.name(group, key, name) }]));
  return chosen === '' || options.some(({ value }) => value === chosen) ? options : [{ value: chosen, label: words.name(group, chosen, null) }, ...options];
}

/** The filters that charts and requests have alike. */
export function SharedFilters({ search, range, onChange }: { search: UsageFilters; range: Range; onChange: (patch: Partial<UsageFilters>) => void }) {
  const t = useTexts('usage');
  const words = useUsageWords();
  const clear = t(($) => $.filter.clear);
  const models = useOptions('model', range, search.model);
  const suppliers = useOptions('supplier', range, search.supplier);
  const people = useOptions('person', range, search.user_id);
  const keys = useOptions('key', range, search.api_key_id);
  const chip = (label: string, value: string, options: Options, set: (value: string) => Partial<UsageFilters>) =>
    options.length === 0 ? null : <FilterChip label={label} clearText={clear} value={value || null} options={options} onChange={(chosen) => onChange(set(chosen ?? ''))} />;
  return (
    <>
      {chip(t(($) => $.filter.model), search.model, models, (model) => ({ model }))}
      {chip(t(($) => $.filter.supplier), search.supplier, suppliers, (supplier) => ({ supplier }))}
      {chip(t(($) => $.filter.person), search.user_id, people, (user_id) => ({ user_id }))}
      {chip(t(($) => $.filter.key), search.api_key_id, keys, (api_key_id) => ({ api_key_id }))}
      {/* The options are the contract's own, so what comes back is one of them. */}
      {chip(t(($) => $.filter.surface), search.surface, surfaces.map((value) => ({ value, label: words.surface(value) })), (surface) => ({ surface: surface as UsageFilters['surface'] }))}
    </>
  );
}
