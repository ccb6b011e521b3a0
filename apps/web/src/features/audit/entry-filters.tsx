import { auditOutcomes } from './outcomes.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { CustomRange } from '../../app/range/custom-range.tsx';
import type { AuditSearch } from '../../app/search.ts';
import { FilterChip } from '../../ui/list/filter-chip.tsx';
import { nouns, resourceTypes, verbs } from './actions.ts';
import { SetFilter } from './set-filter.tsx';
import type { AuditList } from './use-audit-list.ts';
import { useAuditWords } from './use-audit-words.ts';

const ranges = ['1h', '24h', '7d', '30d', 'custom'] as const satisfies readonly AuditSearch['range'][];

/** Everything that narrows the trail; each stands in the address. */
export function EntryFilters({ list }: { list: AuditList }) {
  const t = useTexts('audit');
  const words = useAuditWords();
  const { search, filter } = list;
  const clear = t(($) => $.filter.clear);
  const [chosen = ''] = search.action.split('.');
  const noun = nouns.find((known) => known === chosen);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <FilterChip label={t(($) => $.filter.range)} clearText={clear} value={search.range || null} options={ranges.map((value) => ({ value, label: t(($) => $.range[value]) }))} onChange={(value) => filter({ range: (value ?? '') as AuditSearch['range'], from: '', to: '' })} />
      <ActorFilter list={list} />
      <FilterChip label={t(($) => $.filter.noun)} clearText={clear} value={chosen || null} options={nouns.map((value) => ({ value, label: words.noun(value) }))} onChange={(value) => filter({ action: value ?? '' })} />
      {noun ? <FilterChip label={t(($) => $.filter.verb)} clearText={clear} value={search.action === noun ? null : search.action} options={verbs[noun].map((verb) => ({ value: `${noun}.${verb}`, label: words.action(`${noun}.${verb}`) }))} onChange={(value) => filter({ action: value ?? noun })} /> : null}
      <FilterChip label={t(($) => $.filter.resource)} clearText={clear} value={search.resource_type || null} options={resourceTypes.map((value) => ({ value, label: words.resource(value) }))} onChange={(value) => filter({ resource_type: value ?? '', resource_id: '' })} />
      <FilterChip label={t(($) => $.filter.outcome)} clearText={clear} value={search.outcome || null} options={auditOutcomes.map((value) => ({ value, label: t(($) => $.outcome[value]) }))} onChange={(value) => filter({ outcome: (value ?? '') as AuditSearch['outcome'] })} />
      <SetFilter label={t(($) => $.filter.object_id)} value={search.resource_id} clearText={clear} onClear={() => filter({ resource_id: '' })} />
      <SetFilter label={t(($) => $.filter.request)} value={search.request_id} clearText={clear} onClear={() => filter({ request_id: '' })} />
      {search.range === 'custom' ? <CustomRange from={search.from} to={search.to} onChange={filter} texts={{ from: t(($) => $.filter.from), to: t(($) => $.filter.to) }} /> : null}
    </>
  );
}

/** Of those who are on this page: whoever isn't is found by name, and then is. */
function ActorFilter({ list: { rows, search, filter } }: { list: AuditList }) {
  const t = useTexts('audit');
  const people = new Map((rows ?? []).flatMap(({ actor }) => (actor ? [[actor.user_id, actor.name] as const] : [])));
  if (search.actor_user_id !== '' && !people.has(search.actor_user_id)) people.set(search.actor_user_id, search.actor_user_id.slice(0, 8));
  if (people.size === 0) return null;
  return <FilterChip label={t(($) => $.filter.actor)} clearText={t(($) => $.filter.clear)} value={search.actor_user_id || null} options={[...people].map(([value, label]) => ({ value, label }))} onChange={(value) => filter({ actor_user_id: value ?? '' })} />;
}
