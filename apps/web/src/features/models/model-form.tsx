import type { TenantModel } from '@lyss/api-types';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Meanwhile } from '../../app/list/meanwhile.tsx';
import { useRebase, type Overtaken } from '../../app/list/use-basis.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { AudienceField } from './audience-field.tsx';
import { draftFields, draftOf, judgeDraft, type Draft, type DraftField } from './draft.ts';
import { useAudience } from './model-columns.tsx';
import { placeFailure } from './place-failure.ts';
import { PriceFields } from './price-fields.tsx';
import { useDescribePrice } from './price-text.tsx';

interface ModelFormProps {
  model: TenantModel;
  /** What somebody else saved meanwhile. */
  overtaken: Overtaken<TenantModel> | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

/** What a fields' part of the form is given. */
export interface PartProps {
  draft: Draft;
  errorOf: (field: DraftField) => string | undefined;
  change: (patch: Partial<Draft>) => void;
  leave: (field: DraftField) => void;
}

/** Changes a model: judged as one goes, and what was typed stays when the server says no. */
export function ModelForm({ model, overtaken, pending, failure, onSubmit, onCancel }: ModelFormProps) {
  const t = useTexts('models');
  const form = useDraft({ start: () => draftOf(model), fields: draftFields, judge: judgeDraft, say: (issue) => t(($) => $.issue[issue]), placed: placeFailure(failure, t) });
  const { draft, errorOf, change, leave } = form;
  useRebase(overtaken, draftOf, form);
  const part: PartProps = { draft, errorOf, change, leave };
  const texts = { cancel: t(($) => $.form.cancel), submit: t(($) => $.form.save) };
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<><InlineError>{form.banner}</InlineError><ModelMeanwhile overtaken={overtaken} /></>} onSubmit={onSubmit} onCancel={onCancel}>
      <TextField label={t(($) => $.form.display_name)} value={draft.display_name} hint={t(($) => $.form.display_name_hint, { name: model.own_display_name ? model.name : model.display_name })} error={errorOf('display_name')} autoComplete="off" autoFocus maxLength={160} onValue={(display_name) => change({ display_name })} onBlur={() => leave('display_name')} />
      <TextField label={t(($) => $.form.aliases)} value={draft.aliases} hint={t(($) => $.form.aliases_hint)} error={errorOf('aliases')} className="mono" autoComplete="off" autoCapitalize="none" spellCheck={false} onValue={(aliases) => change({ aliases })} onBlur={() => leave('aliases')} />
      <AudienceField {...part} model={model} />
      <PriceFields {...part} model={model} />
      <TokenFields {...part} model={model} />
    </DraftForm>
  );
}

function TokenFields({ draft, errorOf, change, leave, model }: PartProps & { model: TenantModel }) {
  const t = useTexts('models');
  const locale = useLanguage();
  const hint = (known: number | null, own: number | null) => (known === null || own !== null ? t(($) => $.form.not_known) : t(($) => $.form.known, { tokens: new Intl.NumberFormat(locale).format(known) }));
  return (
    <>
      <TextField label={t(($) => $.form.context_window)} value={draft.context_window} hint={hint(model.context_window, model.own_context_window)} error={errorOf('context_window')} inputMode="numeric" autoComplete="off" onValue={(context_window) => change({ context_window })} onBlur={() => leave('context_window')} />
      <TextField label={t(($) => $.form.max_output)} value={draft.max_output_tokens} hint={hint(model.max_output_tokens, model.own_max_output_tokens)} error={errorOf('max_output_tokens')} inputMode="numeric" autoComplete="off" onValue={(max_output_tokens) => change({ max_output_tokens })} onBlur={() => leave('max_output_tokens')} />
    </>
  );
}

function ModelMeanwhile({ overtaken }: { overtaken: Overtaken<TenantModel> | null }) {
  const t = useTexts('models');
  const audience = useAudience();
  const describe = useDescribePrice();
  if (!overtaken) return <Meanwhile changes={[]} />;
  const { from, to } = overtaken;
  const offered = (row: TenantModel) => (row.offered ? t(($) => $.filter.yes) : t(($) => $.filter.no));
  return (
    <Meanwhile
      changes={[
        [t(($) => $.form.display_name), from.display_name, to.display_name],
        [t(($) => $.form.aliases), from.aliases.join(' · '), to.aliases.join(' · ')],
        [t(($) => $.column.offered), offered(from), offered(to)],
        [t(($) => $.form.audience), audience(from), audience(to)],
        [t(($) => $.peek.price), describe(from.price), describe(to.price)],
      ]}
    />
  );
}
