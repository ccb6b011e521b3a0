import type { Model } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonText, Waiting } from '../../ui/states/skeleton.tsx';
import { StepHeading } from './step-heading.tsx';
import { useModels } from './supplier-api.ts';

const SHOWN = 8;

function ModelRow({ model }: { model: Model }) {
  const t = useTexts('set-up');
  const language = useLanguage();
  const size = model.context_window === null ? null : new Intl.NumberFormat(language, { notation: 'compact' }).format(model.context_window);
  return (
    <li>
      <span>
        {model.display_name}
        {model.demo ? <span className="set-up-tag">{t(($) => $.models.demo)}</span> : null}
        {model.display_name === model.name ? null : <small className="mono">{model.name}</small>}
      </span>
      <span className="tabular-nums">{size === null ? null : t(($) => $.models.window, { size })}</span>
    </li>
  );
}

/** What can be chatted with now; more is chosen at the suppliers later. */
export function ModelsStep({ onNext, onBack }: { onNext: () => void; onBack: () => void }) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const { items, failure, retry } = useModels();
  const usable = items?.filter((model) => model.available) ?? [];
  return (
    <section className="set-up-form">
      <StepHeading>{t(($) => $.models.title)}</StepHeading>
      <p className="visitor-line">{t(($) => $.models.line)}</p>
      <InlineError>{failure?.message}</InlineError>
      {failure ? <ActionButton onClick={retry}>{frame(($) => $.actions.retry)}</ActionButton> : null}
      <Waiting waiting={items === null && failure === null} label={t(($) => $.waiting)} skeleton={<SkeletonText lines={5} />}>
        {usable.length > 0 ? <ul className="set-up-models">{usable.slice(0, SHOWN).map((model) => <ModelRow key={`${model.supplier}/${model.name}`} model={model} />)}</ul> : null}
        {usable.length > SHOWN ? <p className="visitor-line">{t(($) => $.models.more, { count: usable.length - SHOWN })}</p> : null}
        {items !== null && usable.length === 0 ? <p className="visitor-note">{t(($) => $.models.none)}</p> : null}
      </Waiting>
      <div className="form-actions">
        <ActionButton look="primary" size="large" onClick={onNext}>{frame(($) => $.actions.next)}</ActionButton>
        <ActionButton look="quiet" size="large" onClick={onBack}>{frame(($) => $.actions.back)}</ActionButton>
      </div>
    </section>
  );
}
