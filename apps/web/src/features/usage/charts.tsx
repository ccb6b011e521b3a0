import { useState } from 'react';
import type { UsageSeries } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import type { UsageFilters } from '../../app/usage/usage-search.ts';
import { useZone } from '../../session/use-zone.ts';
import { buildCharts, chartIds } from './build-charts.ts';
import { ChartCard } from './chart-card.tsx';
import type { Usage } from './use-usage.ts';
import { useUsageWords } from './use-usage-words.ts';

const filterOf = { model: 'model', supplier: 'supplier', person: 'user_id', key: 'api_key_id', surface: 'surface' } as const;

/** All charts of one answer: what is pointed at in one steps forward in all. */
export function Charts({ usage, answer }: { usage: Usage; answer: UsageSeries }) {
  const t = useTexts('usage');
  const words = useUsageWords();
  const [locale, zone] = [useLanguage(), useZone()];
  const [emphasised, emphasise] = useState<string | null>(null);
  const { group, list, openRequests } = usage;
  const name = ({ kind, key, name: called }: UsageSeries['series'][number]) => (kind === 'other' || group === 'none' ? t(($) => $.chart.others) : words.name(group, kind === 'none' ? null : key, called));
  const charts = buildCharts(answer, { locale, zone, words: { total: t(($) => $.chart.total), p50: t(($) => $.chart.p50), p95: t(($) => $.chart.p95), first_token: t(($) => $.chart.first_token), name } });
  const pickBucket = (place: number, isOfFailed: boolean) => openRequests({ from: answer.buckets[place] ?? '', to: answer.buckets[place + 1] ?? answer.to, ...(isOfFailed ? { outcome: 'unsuccessful' } : {}) });
  const pickSeries = (key: string) => {
    if (group === 'none') return;
    // The keys of a group are values of its filter.
    list.filter({ [filterOf[group]]: key } as Partial<UsageFilters>);
  };
  return (
    <div className="usage-charts">
      {chartIds.map((id) => (
        <ChartCard
          key={id}
          id={id}
          title={t(($) => $.chart.title[id])}
          content={charts[id]}
          emphasised={charts[id].series.some(({ key }) => key === emphasised) ? emphasised : null}
          onEmphasise={emphasise}
          onPickBucket={(place) => pickBucket(place, id === 'failed')}
          onPickSeries={id === 'latency' ? undefined : pickSeries}
        />
      ))}
    </div>
  );
}
