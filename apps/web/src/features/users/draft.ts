import type { BodyOf, Locale, User } from '@lyss/api-types';
import type { SystemRole } from '@lyss/api-types/permission';
import { judgeEmail, judgeName } from '../../app/form/judge.ts';

export interface Draft {
  name: string;
  email: string;
  roles: SystemRole[];
  /** The tenant's own. */
  custom_role_ids: string[];
  locale: Locale;
}
export const draftFields = ['name', 'email', 'roles'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue = 'name_required' | 'name_long' | 'email_required' | 'email_invalid' | 'roles_required';

export function startDraft(locale: Locale): Draft {
  return { name: '', email: '', roles: ['end_user'], custom_role_ids: [], locale };
}

export function draftOf(user: User): Draft {
  return { name: user.name, email: user.email, roles: user.roles, custom_role_ids: user.custom_roles.map(({ id }) => id), locale: user.locale };
}

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  const [name, email] = [judgeName(draft.name), judgeEmail(draft.email)];
  if (name) found.name = name;
  if (email) found.email = email;
  if (draft.roles.length + draft.custom_role_ids.length === 0) found.roles = 'roles_required';
  return found;
}

export function toCreateBody(draft: Draft): BodyOf<'users.create'> {
  return { name: draft.name.trim(), email: draft.email.trim(), roles: draft.roles, custom_role_ids: draft.custom_role_ids, locale: draft.locale };
}

const isSame = (some: readonly string[], others: readonly string[]) => some.length === others.length && some.every((one) => others.includes(one));

/** Only what differs: an unchanged role list would end the person's sessions for nothing. */
export function toUpdateBody(draft: Draft, user: User): BodyOf<'users.update'> {
  const name = draft.name.trim();
  const before = draftOf(user);
  return {
    ...(name === user.name ? {} : { name }),
    ...(isSame(draft.roles, before.roles) ? {} : { roles: draft.roles }),
    ...(isSame(draft.custom_role_ids, before.custom_role_ids) ? {} : { custom_role_ids: draft.custom_role_ids }),
  };
}
