import type { BodyOf, Locale } from '@lyss/api-types';
import type { SystemRole } from '@lyss/api-types/permission';
import { LIST_BYTES } from './read-file.ts';
import { readPeople } from './read-people.ts';

/** As the contract has it; the server has the last word. */
const INVITED_AT_ONCE = 500;
// What is longer is no address: the server is sent so much of it, and shows it as wrong.
const SENT_CHARACTERS = 400;

export interface InviteDraft {
  text: string;
  roles: SystemRole[];
  custom_role_ids: string[];
  locale: Locale;
}
export const inviteFields = ['text', 'roles'] as const;
export type InviteField = (typeof inviteFields)[number];
export type InviteIssue = 'people_required' | 'people_beyond' | 'list_long' | 'roles_required';

export function startInvite(locale: Locale): InviteDraft {
  return { text: '', roles: ['end_user'], custom_role_ids: [], locale };
}

/** What keeps a list from being looked at; what is wrong in single lines is shown beside them. */
export function judgeInvite({ text, roles, custom_role_ids }: InviteDraft): Partial<Record<InviteField, InviteIssue>> {
  const found: Partial<Record<InviteField, InviteIssue>> = {};
  const issue = judgeList(text);
  if (issue) found.text = issue;
  if (roles.length + custom_role_ids.length === 0) found.roles = 'roles_required';
  return found;
}

function judgeList(text: string): InviteIssue | undefined {
  if (text.length > LIST_BYTES) return 'list_long';
  const { length } = readPeople(text);
  if (length === 0) return 'people_required';
  return length > INVITED_AT_ONCE ? 'people_beyond' : undefined;
}

/** The call, and on which line of the text each of its people stands. */
export function toInviteBody(draft: InviteDraft, mode: 'preview' | 'all' | 'sound'): { body: BodyOf<'invitations.create'>; lines: number[] } {
  const people = readPeople(draft.text);
  const { roles, custom_role_ids, locale } = draft;
  const sent = people.map(({ email, name }) => ({ email: email.slice(0, SENT_CHARACTERS), name: name.slice(0, SENT_CHARACTERS) }));
  return { body: { people: sent, roles, custom_role_ids, locale, mode }, lines: people.map(({ line }) => line) };
}
