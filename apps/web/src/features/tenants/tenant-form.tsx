import { DraftForm } from '../../app/form/draft-form.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { changeDraft, draftFields, judgeDraft, startDraft, type Draft } from './draft.ts';
import { placeFailure } from './place-failure.ts';
import { TenantPlace } from './tenant-place.tsx';
import './tenants.css';

interface TenantFormProps {
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

function useTenantDraft(failure: Error | null) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const { currency, time_zone } = useMe().tenant;
  return useDraft({
    start: () => startDraft({ locale, currency, time_zone }),
    fields: draftFields,
    judge: judgeDraft,
    say: (issue) => t(($) => $.issue[issue]),
    placed: placeFailure(failure, t),
    change: changeDraft,
  });
}

/** A new tenant and its first admin: judged as one goes, and what was typed stays when the server says no. */
export function TenantForm({ pending, failure, onSubmit, onCancel }: TenantFormProps) {
  const t = useTexts('tenants');
  const form = useTenantDraft(failure);
  const { draft, errorOf, change, leave } = form;
  const texts = { cancel: t(($) => $.form.cancel), submit: t(($) => $.form.submit) };
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<InlineError>{form.banner}</InlineError>} className="tenants-form" onSubmit={onSubmit} onCancel={onCancel}>
      <fieldset>
        <legend>{t(($) => $.form.tenant)}</legend>
        <TextField label={t(($) => $.form.name)} value={draft.name} error={errorOf('name')} autoFocus autoComplete="off" maxLength={200} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
        <TextField label={t(($) => $.form.workspace)} className="tenants-mono" value={draft.workspace} hint={t(($) => $.form.workspace_hint)} error={errorOf('workspace')} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={64} onValue={(workspace) => change({ workspace: workspace.toLowerCase() })} onBlur={() => leave('workspace')} />
        <TenantPlace draft={draft} zoneError={errorOf('time_zone')} onChange={change} />
      </fieldset>
      <fieldset>
        <legend>{t(($) => $.form.admin)}</legend>
        <TextField label={t(($) => $.form.admin_name)} value={draft.admin_name} error={errorOf('admin_name')} autoComplete="off" maxLength={200} onValue={(admin_name) => change({ admin_name })} onBlur={() => leave('admin_name')} />
        <TextField label={t(($) => $.form.admin_email)} type="email" inputMode="email" value={draft.admin_email} hint={t(($) => $.form.admin_hint)} error={errorOf('admin_email')} autoComplete="off" onValue={(admin_email) => change({ admin_email })} onBlur={() => leave('admin_email')} />
      </fieldset>
    </DraftForm>
  );
}
