import type { Price } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatMoney } from '../../ui/figure/format-figure.ts';
import './models.css';

/** One price in words: what goes in, what is cached, what comes out. */
export function useDescribePrice(): (price: Price | null) => string {
  const t = useTexts('models');
  const locale = useLanguage();
  return (price) => {
    if (price === null) return t(($) => $.unknown);
    const say = (amount: string) => formatMoney(amount, price.currency, locale);
    const all = t(($) => $.price.all, { input: say(price.input), output: say(price.output) });
    return price.cached_input === null ? all : `${all} · ${t(($) => $.price.cached, { cached: say(price.cached_input) })}`;
  };
}

/** One side of a model's price in its row; its own is marked. */
export function PriceCell({ price, side, own }: { price: Price | null; side: 'input' | 'output'; own: boolean }) {
  const t = useTexts('models');
  const locale = useLanguage();
  if (price === null) return <span className="models-unknown">{t(($) => $.unknown)}</span>;
  const free = Number(price[side]) === 0;
  return (
    <span className="models-price" title={`${price[side]} ${price.currency} ${t(($) => $.per_million)}`}>
      {own ? <span className="ui-tag">{t(($) => $.own)}</span> : null}
      {free ? t(($) => $.free) : <span className="ui-figure">{formatMoney(price[side], price.currency, locale)}</span>}
    </span>
  );
}
