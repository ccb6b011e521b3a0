import { useId, useRef, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ChartLegend } from '../../ui/charts/legend.tsx';
import { ChartTable } from '../../ui/charts/chart-table.tsx';
import { savePng } from '../../ui/charts/save-png.ts';
import type { ChartContent } from '../../ui/charts/series.ts';
import { TimeChart } from '../../ui/charts/time-chart.tsx';
import { IconButton } from '../../ui/action-button.tsx';
import { ImageIcon } from '../../ui/icons.tsx';

interface ChartCardProps {
  id: string;
  title: string;
  content: ChartContent;
  emphasised: string | null;
  onEmphasise: (key: string | null) => void;
  onPickBucket?: ((place: number) => void) | undefined;
  onPickSeries?: ((key: string) => void) | undefined;
}

/** One chart with what its colours mean, the same as a table, and the picture to take along. */
export function ChartCard({ id, title, content, emphasised, onEmphasise, onPickBucket, onPickSeries }: ChartCardProps) {
  const t = useTexts('usage');
  const heading = useId();
  const card = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [isOpen, setOpen] = useState(false);
  const { series } = content;
  const total = t(($) => $.chart.total);
  const hasLegend = series.length > 1;

  function save() {
    if (!svg.current) return;
    const swatches = card.current?.querySelectorAll('.chart-legend .chart-swatch') ?? [];
    const legend = hasLegend ? series.map(({ name }, place) => ({ name, swatch: swatches[place] ?? null })) : [];
    void savePng(svg.current, { name: `lyss-usage-${id}.png`, title, legend });
  }

  return (
    <section ref={card} className="usage-card" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="ui-text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t(($) => $.chart.table)}<span className="visually-hidden"> {title}</span></button>
        <IconButton label={t(($) => $.chart.png, { title })} onClick={save}><ImageIcon /></IconButton>
      </header>
      <TimeChart content={content} label={title} totalText={total} emphasised={emphasised} svg={svg} onPick={onPickBucket} />
      {hasLegend ? <ChartLegend label={t(($) => $.chart.legend, { title })} series={series} onEmphasise={onEmphasise} onPick={onPickSeries} canPick={(key) => !key.startsWith(':')} /> : null}
      {isOpen ? <ChartTable content={content} label={title} timeText={t(($) => $.column.time)} totalText={total} /> : null}
    </section>
  );
}
