import type { Model } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { formatFigure, formatMoney } from '../../../ui/figure/format-figure.ts';
import { CheckIcon } from '../../../ui/icons.tsx';

interface ModelOptionProps {
  model: Model;
  id: string;
  selected: boolean;
  active: boolean;
  onChoose: () => void;
}

function usePrice(model: Model): string {
  const t = useTexts('chat');
  const locale = useLanguage();
  const { price } = model;
  if (price === null) return model.demo ? t(($) => $.models.free) : t(($) => $.models.no_price);
  if (Number(price.input) === 0 && Number(price.output) === 0) return t(($) => $.models.free);
  const money = (amount: string) => formatMoney(amount, price.currency, locale);
  return t(($) => $.models.price, { input: money(price.input), output: money(price.output) });
}

/** One model to choose: its name, what fits into it, what it costs, or why it cannot be had. */
export function ModelOption({ model, id, selected, active, onChoose }: ModelOptionProps) {
  const t = useTexts('chat');
  const locale = useLanguage();
  const price = usePrice(model);
  const context = model.context_window === null ? null : formatFigure(model.context_window, locale);
  const why = model.available ? null : model.reason === null ? t(($) => $.models.unavailable) : t(($) => $.models.reasons[model.reason ?? '3006']);
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={!model.available || undefined}
      className={`chat-option ${active ? 'is-active' : ''}`}
      // The search keeps the focus: the list is driven from there.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onKeyDown={(event) => event.key === 'Enter' && onChoose()}
      tabIndex={-1}
    >
      <span className="chat-option-name">
        {model.display_name}
        {model.demo ? <span className="chat-badge">{t(($) => $.messages.demo)}</span> : null}
        {selected ? <CheckIcon size={14} /> : null}
      </span>
      <span className="chat-option-facts">
        {why !== null ? <span className="chat-option-why">{why}</span> : null}
        {context !== null ? <span>{t(($) => $.models.context, { tokens: context.number + context.unit })}</span> : null}
        <span>{price}</span>
      </span>
    </div>
  );
}
