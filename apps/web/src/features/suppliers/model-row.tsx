import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatFigure, formatMoney } from '../../ui/figure/format-figure.ts';
import type { ModelChoice } from './model-choice.ts';

interface ModelRowProps {
  choice: ModelChoice;
  chosen: boolean;
  onToggle: (name: string, chosen: boolean) => void;
}

/** One model to tick, with what is known of it. */
export function ModelRow({ choice: { name, known, found }, chosen, onToggle }: ModelRowProps) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const window = known?.context_window ? formatFigure(known.context_window, locale) : null;
  const price = known?.price;
  const parts = [
    window ? t(($) => $.model.context, { tokens: `${window.number}${window.unit}` }) : null,
    price ? t(($) => $.model.price, { input: formatMoney(price.input, price.currency, locale), output: formatMoney(price.output, price.currency, locale) }) : null,
    !known && found ? t(($) => $.model.found) : null,
  ].filter((part) => part !== null);
  return (
    <li>
      <label>
        <input type="checkbox" checked={chosen} onChange={(event) => onToggle(name, event.target.checked)} />
        <span className="models-field-name">
          {name}
          <small>{parts.length > 0 ? parts.join(' · ') : t(($) => $.model.unknown)}</small>
        </span>
      </label>
    </li>
  );
}
