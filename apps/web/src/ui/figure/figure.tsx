import type { FigureText } from './format-figure.ts';
import { formatDuration, formatFigure, formatMoney } from './format-figure.ts';
import '../parts.css';

function Numbered({ figure, exact }: { figure: FigureText; exact: string | undefined }) {
  // Chinese counting units belong to the number; Latin ones of measure stand off it.
  const apart = /^[a-z%]/.test(figure.unit);
  return (
    <span className="ui-figure" title={exact}>
      {figure.number}
      {figure.unit ? <span className={apart ? 'ui-figure-unit is-apart' : 'ui-figure-unit'}>{figure.unit}</span> : null}
    </span>
  );
}

/** A count with its unit (万, 亿, K, M); the exact number is its tip. `unit` adds a word of measure such as tokens. */
export function Figure({ value, locale, unit }: { value: number | null; locale: string; unit?: string }) {
  if (value === null) return <span className="ui-figure is-missing">–</span>;
  const figure = formatFigure(value, locale);
  const exact = figure.unit ? new Intl.NumberFormat(locale).format(value) : undefined;
  return (
    <>
      <Numbered figure={figure} exact={exact} />
      {unit ? <span className="ui-figure-unit is-apart">{unit}</span> : null}
    </>
  );
}

/** A duration in milliseconds. */
export function Duration({ ms, locale }: { ms: number | null; locale: string }) {
  if (ms === null) return <span className="ui-figure is-missing">–</span>;
  return <Numbered figure={formatDuration(ms, locale)} exact={undefined} />;
}

/** Money as the contract sends it: a decimal string beside its currency. */
export function Money({ amount, currency, locale }: { amount: string; currency: string; locale: string }) {
  return <span className="ui-figure" title={`${amount} ${currency}`}>{formatMoney(amount, currency, locale)}</span>;
}
