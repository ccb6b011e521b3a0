import { useRef, useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { changeDraft, draftFields, judgeDraft, startDraft, type Draft, type DraftField } from './draft.ts';
import { placeFailure } from './place-failure.ts';
import { TenantPlace } from './tenant-place.tsx';
import './tenants.css';

interface TenantFormProps {
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

function useDraft(failure: Error | null) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const me = useMe();
  const [draft, setDraft] = useState<Draft>(() => startDraft({ locale, currency: me.tenant.currency, time_zone: me.tenant.time_zone }));
  const [left, setLeft] = useState<readonly DraftField[]>([]);
  const [sent, setSent] = useState<Draft | null>(null);
  const issues = judgeDraft(draft);
  const placed = placeFailure(failure, t);
  const errorOf = (field: DraftField): string | undefined => {
    const issue = issues[field];
    if (issue && left.includes(field)) return t(($) => $.issue[issue]);
    // The server's word about a field holds until that field is changed.
    return sent?.[field] === draft[field] ? placed.fields[field] : undefined;
  };
  return {
    draft,
    errorOf,
    sound: Object.keys(issues).length === 0,
    banner: placed.banner,
    change: (patch: Partial<Draft>) => setDraft((old) => changeDraft(old, patch)),
    leave: (field: DraftField) => setLeft((old) => (old.includes(field) ? old : [...old, field])),
    send: () => {
      setLeft(draftFields);
      setSent(draft);
    },
  };
}

/** A new tenant and its first admin: judged as one goes, and what was typed stays when the server says no. */
export function TenantForm({ pending, failure, onSubmit, onCancel }: TenantFormProps) {
  const t = useTexts('tenants');
  const form = useRef<HTMLFormElement>(null);
  const { draft, errorOf, sound, banner, change, leave, send } = useDraft(failure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
    if (sound) onSubmit(draft);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  };
  return (
    <form ref={form} className="tenants-form" noValidate onSubmit={submit}>
      <fieldset>
        <legend>{t(($) => $.form.tenant)}</legend>
        <TextField label={t(($) => $.form.name)} value={draft.name} error={errorOf('name')} autoFocus autoComplete="off" maxLength={200} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
        <TextField label={t(($) => $.form.workspace)} className="tenants-mono" value={draft.workspace} hint={t(($) => $.form.workspace_hint)} error={errorOf('workspace')} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={64} onValue={(workspace) => change({ workspace: workspace.toLowerCase() })} onBlur={() => leave('workspace')} />
        <TenantPlace draft={draft} zoneError={errorOf('time_zone')} onChange={change} onLeaveZone={() => leave('time_zone')} />
      </fieldset>
      <fieldset>
        <legend>{t(($) => $.form.admin)}</legend>
        <TextField label={t(($) => $.form.admin_name)} value={draft.admin_name} error={errorOf('admin_name')} autoComplete="off" maxLength={200} onValue={(admin_name) => change({ admin_name })} onBlur={() => leave('admin_name')} />
        <TextField label={t(($) => $.form.admin_email)} type="email" inputMode="email" value={draft.admin_email} hint={t(($) => $.form.admin_hint)} error={errorOf('admin_email')} autoComplete="off" onValue={(admin_email) => change({ admin_email })} onBlur={() => leave('admin_email')} />
      </fieldset>
      <InlineError>{banner}</InlineError>
      <div className="tenants-form-actions">
        <ActionButton size="large" onClick={onCancel}>{t(($) => $.form.cancel)}</ActionButton>
        <ActionButton look="primary" size="large" type="submit" pending={pending}>{t(($) => $.form.submit)}</ActionButton>
      </div>
    </form>
  );
}
