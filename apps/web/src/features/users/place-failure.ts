import type { TFunction } from 'i18next';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';
import type { DraftField } from './draft.ts';

export interface Placed {
  fields: Partial<Record<DraftField, string>>;
  /** What belongs to no field; null where every word has its place. */
  banner: string | null;
}

const fieldNames: readonly DraftField[] = ['name', 'email', 'roles'];

function say(failure: ApiFailure, t: TFunction<'users'>): string {
  const reason = failure.details?.['reason'];
  if (reason === 'last_admin') return t(($) => $.issue.last_admin);
  if (reason === 'user_disabled') return t(($) => $.issue.user_disabled);
  if (reason === 'beyond_own_permissions') return t(($) => $.issue.beyond);
  if (failure.status === 412) return t(($) => $.form.stale);
  return failure.message;
}

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'users'>): string | null {
  if (failure === null) return null;
  return failure instanceof ApiFailure ? say(failure, t) : failure.message;
}

/** A refusal at the fields it speaks of: issues by path, a taken e-mail at the e-mail, the last admin at the roles. */
export function placeFailure(failure: Error | null, t: TFunction<'users'>): Placed {
  if (!(failure instanceof ApiFailure)) return { fields: {}, banner: describeFailure(failure, t) };
  if (failure.code === errorTable.USER_ALREADY_EXISTS.code) return { fields: { email: t(($) => $.issue.email_taken) }, banner: null };
  const isAboutRoles = failure.details?.['reason'] === 'last_admin' || failure.details?.['reason'] === 'beyond_own_permissions';
  if (isAboutRoles) return { fields: { roles: say(failure, t) }, banner: null };
  const fields: Placed['fields'] = {};
  let homeless = failure.issues.length === 0;
  for (const issue of failure.issues) {
    const field = fieldNames.find((name) => issue.path === name || issue.path.startsWith(`${name}.`));
    if (field) fields[field] ??= issue.message;
    else homeless = true;
  }
  return { fields, banner: homeless ? say(failure, t) : null };
}
