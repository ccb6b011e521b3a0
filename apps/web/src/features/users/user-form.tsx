import type { User } from '@lyss/api-types';
import { DraftForm } from '../../app/form/draft-form.tsx';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { useDraft } from '../../app/form/use-draft.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useRebase, type Overtaken } from '../../app/list/use-basis.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { draftFields, draftOf, judgeDraft, startDraft, type Draft } from './draft.ts';
import { placeFailure } from './place-failure.ts';
import { RolesField } from './roles-field.tsx';
import { UserMeanwhile } from './user-meanwhile.tsx';

interface UserFormProps {
  /** null: a new person. */
  user: User | null;
  /** What somebody else saved while this was being typed. */
  overtaken?: Overtaken<User> | null;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: Draft) => void;
  onCancel: () => void;
}

function useUserDraft({ user, overtaken = null, failure }: Pick<UserFormProps, 'user' | 'overtaken' | 'failure'>) {
  const t = useTexts('users');
  const locale = useLanguage();
  const form = useDraft({
    start: () => (user ? draftOf(user) : startDraft(locale)),
    fields: draftFields,
    judge: judgeDraft,
    say: (issue) => t(($) => $.issue[issue]),
    placed: placeFailure(failure, t),
  });
  useRebase(overtaken, draftOf, form);
  return form;
}

/** Adds or changes a person: judged as one goes, and what was typed stays when the server says no. */
export function UserForm({ user, overtaken = null, pending, failure, onSubmit, onCancel }: UserFormProps) {
  const t = useTexts('users');
  const form = useUserDraft({ user, overtaken, failure });
  const { draft, errorOf, change, leave } = form;
  const texts = { cancel: t(($) => $.form.cancel), submit: user ? t(($) => $.form.save) : t(($) => $.form.submit) };
  const locales = (['zh-CN', 'en-US'] as const).map((value) => ({ value, label: t(($) => $.locale[value]) }));
  return (
    <DraftForm form={form} pending={pending} texts={texts} problem={<><InlineError>{form.banner}</InlineError><UserMeanwhile overtaken={overtaken} /></>} onSubmit={onSubmit} onCancel={onCancel}>
      <TextField label={t(($) => $.form.name)} value={draft.name} error={errorOf('name')} autoComplete="off" autoFocus maxLength={200} onValue={(name) => change({ name })} onBlur={() => leave('name')} />
      <TextField label={t(($) => $.form.email)} type="email" inputMode="email" value={draft.email} hint={t(($) => $.form.email_hint)} error={errorOf('email')} autoComplete="off" readOnly={user !== null} onValue={(email) => change({ email })} onBlur={() => leave('email')} />
      <RolesField value={draft} held={user?.custom_roles ?? []} error={errorOf('roles')} onValue={change} />
      {user ? null : <SelectField label={t(($) => $.form.locale)} value={draft.locale} options={locales} onValue={(value) => change({ locale: value === 'en-US' ? 'en-US' : 'zh-CN' })} />}
    </DraftForm>
  );
}
