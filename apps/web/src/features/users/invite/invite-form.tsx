import { useDeferredValue, useMemo } from 'react';
import { DraftForm } from '../../../app/form/draft-form.tsx';
import { SelectField } from '../../../app/form/field.tsx';
import { useDraft } from '../../../app/form/use-draft.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { InlineError } from '../../../ui/states/banner.tsx';
import { placeFailure } from '../place-failure.ts';
import { RolesField } from '../roles-field.tsx';
import { inviteFields, judgeInvite, type InviteDraft } from './invite-draft.ts';
import { ListField } from './list-field.tsx';
import { readPeople } from './read-people.ts';

interface InviteFormProps {
  start: InviteDraft;
  pending: boolean;
  failure: Error | null;
  onSubmit: (draft: InviteDraft) => void;
  onCancel: () => void;
}

/** Whom to invite, as what. */
export function InviteForm({ start, pending, failure, onSubmit, onCancel }: InviteFormProps) {
  const t = useTexts('users');
  const placed = placeFailure(failure, t);
  const form = useDraft({ start: () => start, fields: inviteFields, judge: judgeInvite, say: (issue) => t(($) => $.issue[issue]), isUrgent: (issue) => issue === 'people_beyond' || issue === 'list_long', placed: { fields: { roles: placed.fields.roles ?? '' }, banner: placed.banner } });
  const { draft, errorOf, change, leave } = form;
  const typed = useDeferredValue(draft.text);
  const count = useMemo(() => readPeople(typed).length, [typed]);
  const locales = (['zh-CN', 'en-US'] as const).map((value) => ({ value, label: t(($) => $.locale[value]) }));
  return (
    <DraftForm form={form} pending={pending} texts={{ cancel: t(($) => $.form.cancel), submit: t(($) => $.invite.check) }} problem={<InlineError>{form.banner}</InlineError>} onSubmit={onSubmit} onCancel={onCancel}>
      <ListField value={draft.text} error={errorOf('text')} read={count === 0 ? '' : t(($) => $.invite.read, { count })} onValue={(text) => change({ text })} onBlur={() => leave('text')} />
      <RolesField value={draft} held={[]} error={errorOf('roles') || undefined} onValue={change} />
      <SelectField label={t(($) => $.invite.locale)} value={draft.locale} options={locales} onValue={(value) => change({ locale: value === 'en-US' ? 'en-US' : 'zh-CN' })} />
    </DraftForm>
  );
}
