import type { BodyOf, Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';

const NAME_LENGTH = 60;
const DESCRIPTION_LENGTH = 200;

export interface Draft {
  name: string;
  description: string;
  permissions: readonly Permission[];
}
export const draftFields = ['name', 'description', 'permissions'] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftIssue = 'name_required' | 'name_long' | 'description_long' | 'permissions_required';

export const draftOf = ({ name, description, permissions }: Role): Draft => ({ name, description, permissions });

const countCharacters = (text: string) => [...text.trim()].length;

/** What keeps a draft from being sent, by field; the server has the last word. */
export function judgeDraft(draft: Draft): Partial<Record<DraftField, DraftIssue>> {
  const found: Partial<Record<DraftField, DraftIssue>> = {};
  const name = countCharacters(draft.name);
  if (name === 0) found.name = 'name_required';
  else if (name > NAME_LENGTH) found.name = 'name_long';
  if (countCharacters(draft.description) > DESCRIPTION_LENGTH) found.description = 'description_long';
  if (draft.permissions.length === 0) found.permissions = 'permissions_required';
  return found;
}

export function toCreateBody(draft: Draft): BodyOf<'roles.create'> {
  return { name: draft.name.trim(), description: draft.description.trim(), permissions: [...draft.permissions] };
}

/** Name and purpose where they differ; what a role grants is changed in the matrix alone. */
export function toUpdateBody(draft: Draft, role: Role): BodyOf<'roles.update'> {
  const [name, description] = [draft.name.trim(), draft.description.trim()];
  return { ...(name === role.name ? {} : { name }), ...(description === role.description ? {} : { description }) };
}
