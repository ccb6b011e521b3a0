import type { ReactNode } from 'react';
import type { UsagePoint, UsageSeries, UsageSummary } from '@lyss/api-types';
import { useLanguage, useTexts } from '../i18n/use-texts.ts';
import { Sparkline } from '../../ui/charts/sparkline.tsx';
import { Duration, Figure, Money } from '../../ui/figure/figure.tsx';
import { describeChange, describeShareChange, shareOf, type Change } from './describe-change.ts';
import './figures.css';

interface OneFigure {
  title: string;
  value: ReactNode;
  change: Change | null;
  note?: string;
  course: (point: UsagePoint) => number;
}

/** The page's figures, each with how it changed and its course. */
export function Figures({ summary, series, isCompared }: { summary: UsageSummary; series: UsageSeries | undefined; isCompared: boolean }) {
  const t = useTexts('usage');
  const locale = useLanguage();
  const { current, before } = summary;
  const tokensOf = (of: { input_tokens: number; output_tokens: number }) => of.input_tokens + of.output_tokens;
  const [share, shareBefore] = [shareOf(current.failed, current.requests), shareOf(before.failed, before.requests)];
  const percent = (value: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value);
  const notes = [...current.other_costs.map(({ amount, currency }) => `+ ${amount} ${currency}`), ...(current.unpriced > 0 ? [t(($) => $.figure.unpriced, { count: current.unpriced })] : [])];
  const figures: OneFigure[] = [
    { title: t(($) => $.figure.cost), value: <Money {...current.cost} locale={locale} />, change: describeChange(Number(current.cost.amount), Number(before.cost.amount), locale), note: notes.join(' · '), course: ({ cost }) => Number(cost) },
    { title: t(($) => $.figure.tokens), value: <Figure value={tokensOf(current)} locale={locale} />, change: describeChange(tokensOf(current), tokensOf(before), locale), course: tokensOf },
    { title: t(($) => $.figure.requests), value: <Figure value={current.requests} locale={locale} />, change: describeChange(current.requests, before.requests, locale), course: ({ requests }) => requests },
    { title: t(($) => $.figure.failed), value: share === null ? '–' : percent(share), change: describeShareChange(share, shareBefore, locale), course: ({ failed, requests }) => shareOf(failed, requests) ?? 0 },
    { title: t(($) => $.figure.p95), value: <Duration ms={current.p95_ms} locale={locale} />, change: current.p95_ms === null ? null : describeChange(current.p95_ms, before.p95_ms ?? 0, locale), course: ({ p95_ms }) => p95_ms ?? 0 },
  ];
  const found = new Map((series?.total ?? []).map((point) => [point.at, point]));
  return (
    <dl className="usage-figures">
      {figures.map(({ title, value, change, note, course }) => (
        <div key={title} className="usage-figure">
          <dt>{title}</dt>
          <dd className="tabular-nums">{value}</dd>
          <dd className="usage-change">{isCompared ? change ? <><span className={change.tone ? `is-${change.tone}` : undefined}>{change.text}</span> {t(($) => $.figure.than_before)}</> : t(($) => $.figure.nothing_before) : null}{note ? <span>{note}</span> : null}</dd>
          <dd><Sparkline values={(series?.buckets ?? []).map((at) => { const point = found.get(at); return point ? course(point) : 0; })} /></dd>
        </div>
      ))}
    </dl>
  );
}
