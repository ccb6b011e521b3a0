import { useRef, useState, type FormEvent } from 'react';
import type { User } from '@lyss/api-types';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { draftOf, judgeDraft, startDraft, type Draft, type DraftField } from './draft.ts';
import { placeFailure } from './place-failure.ts';
import { RolesField } from './roles-field.tsx';
import './users.css';

interface UserFormProps {
  /** null: a new person. */
  user: User | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

function useDraft(user: User | null) {
  const locale = useLanguage();
  const [draft, setDraft] = useState<Draft>(() => (user ? draftOf(user) : startDraft(locale)));
  const [left, setLeft] = useState<readonly DraftField[]>([]);
  const change = (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch }));
  const leave = (field: DraftField) => setLeft((old) => (old.includes(field) ? old : [...old, field]));
  return { draft, change, left, leave, leaveAll: () => setLeft(['name', 'email', 'roles']) };
}

/** Adds or changes a person: judged as one goes, and what was typed stays when the server says no. */
export function UserForm({ user, pending, failure, onSubmit, onCancel }: UserFormProps) {
  const t = useTexts('users');
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, left, leave, leaveAll } = useDraft(user);
  const [sent, setSent] = useState<Draft | null>(null);
  const issues = judgeDraft(draft);
  const placed = placeFailure(failure, t);
  const errorOf = (field: DraftField) => {
    const issue = issues[field];
    if (issue && left.includes(field)) return t(($) => $.issue[issue]);
    // The server's word about a field holds until that field is changed.
    return sent?.[field] === draft[field] ? placed.fields[field] : undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    leaveAll();
    if (Object.keys(issues).length > 0) return requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
    setSent(draft);
    onSubmit(draft);
  };
  const locales = (['zh-CN', 'en-US'] as const).map((value) => ({ value, label: t(($) => $.locale[value]) }));
  return (
    <form ref={form} className="users-form" noValidate onSubmit={submit}>
      <TextField label={t(($) => $.form.name)} value={draft.name} error={errorOf('name')} autoComplete="off" autoFocus maxLength={200} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
      <TextField label={t(($) => $.form.email)} type="email" inputMode="email" value={draft.email} hint={t(($) => $.form.email_hint)} error={errorOf('email')} autoComplete="off" readOnly={user !== null} onValue={(email) => change({ email })} onBlur={() => leave('email')} />
      <RolesField value={draft.roles} error={errorOf('roles')} onValue={(roles) => change({ roles })} />
      {user ? null : <SelectField label={t(($) => $.form.locale)} value={draft.locale} options={locales} onValue={(value) => change({ locale: value === 'en-US' ? 'en-US' : 'zh-CN' })} />}
      <InlineError>{placed.banner}</InlineError>
      <div className="users-form-actions">
        <ActionButton size="large" onClick={onCancel}>{t(($) => $.form.cancel)}</ActionButton>
        <ActionButton look="primary" size="large" type="submit" pending={pending}>{user ? t(($) => $.form.save) : t(($) => $.form.submit)}</ActionButton>
      </div>
    </form>
  );
}
