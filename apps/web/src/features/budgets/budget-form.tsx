import type { Budget } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { changeDraft, draftFields, draftOf, judgeDraft, listPers, periods, scopes, startDraft, writeDate, type Draft, type DraftField, type DraftIssue } from './draft.ts';
import { placeFailure } from './place-failure.ts';
import { SimulationPanel } from './simulation-panel.tsx';
import { SubjectField } from './subject-field.tsx';
import './budgets.css';

interface BudgetFormProps {
  /** null: a new one. */
  row: Budget | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}
interface PartProps {
  draft: Draft;
  errorOf: (field: DraftField) => string | undefined;
  change: (patch: Partial<Draft>) => void;
  leave: (field: DraftField) => void;
}

/** Makes or changes a budget: judged as one goes, with what it would have done to the last 31 days beside it. */
export function BudgetForm({ row, pending, failure, onSubmit, onCancel }: BudgetFormProps) {
  const t = useTexts('budgets');
  const form = useDraft<Draft, DraftField, DraftIssue>({ start: () => (row ? draftOf(row) : startDraft), fields: draftFields, judge: judgeDraft, say: (issue) => t(($) => $.issue[issue]), placed: placeFailure(failure, t), change: changeDraft });
  const { draft, errorOf, change, leave } = form;
  const texts = { cancel: t(($) => $.form.cancel), submit: row ? t(($) => $.form.save) : t(($) => $.form.submit) };
  const part = { draft, errorOf, change, leave };
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<InlineError>{form.banner}</InlineError>} onSubmit={onSubmit} onCancel={onCancel}>
      <TextField label={t(($) => $.column.name)} value={draft.name} hint={t(($) => $.form.name_hint)} error={errorOf('name')} autoComplete="off" autoFocus maxLength={120} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
      {row ? null : <About {...part} />}
      <Limits {...part} currency={row?.limit.currency} />
      <SimulationPanel draft={draft} />
    </DraftForm>
  );
}

/** What a budget is about, which stays as it is. */
function About({ draft, errorOf, change, leave }: PartProps) {
  const t = useTexts('budgets');
  const pers = listPers(draft);
  // The options are the contract's own values, so what comes back is one of them.
  return (
    <>
      <SelectField label={t(($) => $.form.scope)} value={draft.scope} options={scopes.map((value) => ({ value, label: t(($) => $.scope[value]) }))} error={errorOf('scope')} onValue={(scope) => change({ scope: scope as Draft['scope'] })} />
      <SubjectField draft={draft} error={errorOf('subject')} onValue={(subject) => change({ subject })} onBlur={() => leave('subject')} />
      {pers.length > 1 ? <SelectField label={t(($) => $.form.per)} value={draft.per} options={pers.map((value) => ({ value, label: t(($) => $.form.pers[value]) }))} error={errorOf('per')} hint={t(($) => $.form.per_hint)} onValue={(per) => change({ per: per as Draft['per'] })} /> : null}
      <SelectField label={t(($) => $.column.period)} value={draft.period} options={periods.map((value) => ({ value, label: t(($) => $.period[value]) }))} error={errorOf('period')} onValue={(period) => change({ period: period as Draft['period'] })} />
    </>
  );
}

function Limits({ draft, errorOf, change, leave, currency }: PartProps & { currency: string | undefined }) {
  const t = useTexts('budgets');
  const me = useMe();
  const options = [{ value: 'yes', label: t(($) => $.form.hard_yes) }, { value: 'no', label: t(($) => $.form.hard_no) }] as const;
  const turned = [{ value: 'on', label: t(($) => $.form.enabled_on) }, { value: 'off', label: t(($) => $.form.enabled_off) }] as const;
  return (
    <>
      <TextField label={t(($) => $.form.limit, { currency: currency ?? me.tenant.currency })} value={draft.limit} hint={t(($) => $.form.limit_hint)} error={errorOf('limit')} inputMode="decimal" autoComplete="off" maxLength={20} onValue={(limit) => change({ limit })} onBlur={() => leave('limit')} />
      {draft.period === 'once' ? <TextField label={t(($) => $.form.ends_at)} type="date" value={draft.ends_at} min={writeDate(new Date())} hint={t(($) => $.form.ends_hint)} error={errorOf('ends_at')} onValue={(ends_at) => change({ ends_at })} onBlur={() => leave('ends_at')} /> : null}
      <ChoiceField label={t(($) => $.column.is_hard)} value={draft.is_hard ? 'yes' : 'no'} options={options} onValue={(value) => change({ is_hard: value === 'yes' })} />
      <TextField label={t(($) => $.form.warn_percent)} value={draft.warn_percent} hint={t(($) => $.form.warn_hint)} error={errorOf('warn_percent')} inputMode="numeric" autoComplete="off" maxLength={3} onValue={(warn_percent) => change({ warn_percent })} onBlur={() => leave('warn_percent')} />
      <ChoiceField label={t(($) => $.form.enabled)} value={draft.enabled ? 'on' : 'off'} options={turned} onValue={(value) => change({ enabled: value === 'on' })} />
    </>
  );
}
