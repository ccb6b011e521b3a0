import { useTexts } from '../../../app/i18n/use-texts.ts';
import { CustomRange } from '../../../app/range/custom-range.tsx';
import type { RequestsSearch } from '../../../app/usage/usage-search.ts';
import { FilterChip } from '../../../ui/list/filter-chip.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { SharedFilters } from '../usage-filters.tsx';
import type { Requests } from './use-requests.ts';

const ranges = ['1h', '24h', '7d', '30d', 'custom'] as const;
const outcomes = ['unsuccessful', 'failed', 'interrupted', 'complete', 'stopped'] as const;
const durations = ['1000', '5000', '15000', '60000'] as const;
const costs = ['0.001', '0.01', '0.1', '1'] as const;
// Options begin with those that used most, of a while that is long enough for each to be among them.
const OPTIONS_RANGE = {};

/** Everything that narrows the request log; each stands in the address. */
export function RequestFilters({ list }: { list: Requests }) {
  const t = useTexts('usage');
  const { search, filter } = list;
  const clear = t(($) => $.filter.clear);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.filter.range)} clearText={clear} value={search.range || null} options={ranges.map((value) => ({ value, label: t(($) => $.range[value]) }))} onChange={(value) => filter({ range: (value ?? '') as RequestsSearch['range'], from: '', to: '' })} />
      <FilterChip label={t(($) => $.filter.outcome)} clearText={clear} value={search.outcome || null} options={outcomes.map((value) => ({ value, label: t(($) => $.outcome[value]) }))} onChange={(value) => filter({ outcome: (value ?? '') as RequestsSearch['outcome'] })} />
      <SharedFilters search={search} range={OPTIONS_RANGE} onChange={filter} />
      <FilterChip label={t(($) => $.filter.duration)} clearText={clear} value={search.min_duration_ms || null} options={withChosen(durations, search.min_duration_ms).map((value) => ({ value, label: t(($) => $.filter.seconds, { count: Number(value) / 1000 }) }))} onChange={(value) => filter({ min_duration_ms: value ?? '' })} />
      <FilterChip label={t(($) => $.filter.cost)} clearText={clear} value={search.min_cost || null} options={withChosen(costs, search.min_cost).map((value) => ({ value, label: `≥ ${value}` }))} onChange={(value) => filter({ min_cost: value ?? '' })} />
      <SetFilter label={t(($) => $.filter.error_kind)} value={search.error_kind} onClear={() => filter({ error_kind: '' })} />
      <SetFilter label={t(($) => $.filter.conversation)} value={search.conversation_id} onClear={() => filter({ conversation_id: '' })} />
      {search.range === 'custom' ? <CustomRange from={search.from} to={search.to} onChange={filter} texts={{ from: t(($) => $.filter.from), to: t(($) => $.filter.to) }} /> : null}
    </>
  );
}

const withChosen = (options: readonly string[], chosen: string) => (chosen === '' || options.includes(chosen) ? options : [chosen, ...options]);

/** A filter that a link set: which, to what, and a cross to take it away. */
function SetFilter({ label, value, onClear }: { label: string; value: string; onClear: () => void }) {
  const t = useTexts('usage');
  if (value === '') return null;
  return (
    <span className="ui-chip is-set request-set">
      <span className="ui-chip-button">{label} <b className="mono" title={value}>{value}</b></span>
      <button type="button" className="ui-chip-clear" aria-label={`${t(($) => $.filter.clear)} ${label}`} onClick={onClear}><CloseIcon size={12} /></button>
    </span>
  );
}
