import { useTexts } from '../../app/i18n/use-texts.ts';
import { CustomRange } from '../../app/range/custom-range.tsx';
import type { UsageSearch } from '../../app/usage/usage-search.ts';
import { ListToolbar, RefreshButton } from '../../ui/list/toolbar.tsx';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { SharedFilters } from './usage-filters.tsx';
import type { Usage } from './use-usage.ts';

const ranges = ['7d', '30d', '90d', 'custom'] as const;
const groups = ['model', 'supplier', 'person', 'key', 'surface', 'none'] as const;

/** One bar for all charts: over which time, of what, and made of what; all of it stands in the address. */
export function FilterBar({ usage }: { usage: Usage }) {
  const t = useTexts('usage');
  const frame = useTexts('app');
  const { search, list, range, group, figures, series } = usage;
  const { filter } = list;
  const current = search.range === '' ? '30d' : search.range;
  const refresh = () => void Promise.all([figures.refetch(), series.refetch(), list.query.refetch()]);
  const setRange = (value: (typeof ranges)[number]) => filter({ range: value === '30d' ? '' : value, from: value === 'custom' ? (range.from ?? '') : '', to: value === 'custom' ? (range.to ?? '') : '' });
  return (
    <section className="usage-bar" aria-label={t(($) => $.filter.label)}>
      <ListToolbar
        filters={
          <>
            <div className="usage-ranges" role="group" aria-label={t(($) => $.filter.range)}>
              {ranges.map((value) => <button key={value} type="button" aria-pressed={value === current} onClick={() => setRange(value)}>{t(($) => $.range[value])}</button>)}
            </div>
            <FilterChip label={search.group === '' ? `${t(($) => $.filter.group)} · ${t(($) => $.group[group])}` : t(($) => $.filter.group)} clearText={t(($) => $.filter.clear)} value={search.group || null} options={groups.map((value) => ({ value, label: t(($) => $.group[value]) }))} onChange={(value) => filter({ group: value === null || value === 'model' ? '' : (value as UsageSearch['group']) })} />
            <SharedFilters search={search} range={range} onChange={filter} />
            <label className="usage-compare"><input type="checkbox" checked={search.compare === ''} onChange={(event) => filter({ compare: event.target.checked ? '' : 'no' })} /> {t(($) => $.filter.compare)}</label>
            {search.range === 'custom' ? <CustomRange from={search.from} to={search.to} onChange={filter} texts={{ from: t(($) => $.filter.from), to: t(($) => $.filter.to) }} /> : null}
          </>
        }
        tools={<RefreshButton label={frame(($) => $.list.refresh)} refreshing={figures.isFetching || series.isFetching} onRefresh={refresh} />}
      />
    </section>
  );
}
