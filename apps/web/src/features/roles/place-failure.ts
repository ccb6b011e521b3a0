import type { TFunction } from 'i18next';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure, isStale, readReason } from '../../api/failure.ts';
import { describeFailure as describe, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

function say(failure: ApiFailure, t: TFunction<'roles'>): string {
  if (readReason(failure) === 'beyond_own_permissions') return t(($) => $.issue.beyond);
  if (failure.code === errorTable.QUOTA_EXCEEDED.code) return t(($) => $.issue.quota, { count: Number(failure.details?.['limit']) });
  return isStale(failure) ? t(($) => $.form.stale) : failure.message;
}

/** A refusal in words, where there are no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'roles'>): string | null {
  return describe(failure, (refusal) => say(refusal, t));
}

function findReason(failure: ApiFailure, t: TFunction<'roles'>): readonly [DraftField, string] | undefined {
  const reason = readReason(failure);
  if (reason === 'name_taken') return ['name', t(($) => $.issue.name_taken)];
  return reason === 'beyond_own_permissions' ? ['permissions', t(($) => $.issue.beyond)] : undefined;
}

/** A refusal at the fields it speaks of: a taken name at the name, a grant beyond one's own at the permissions. */
export function placeFailure(failure: Error | null, t: TFunction<'roles'>): Placed<DraftField> {
  return place(failure, { fields: draftFields, describe: (refusal) => say(refusal, t), findReason: (refusal) => findReason(refusal, t) });
}

/** How many hold a role that could not be removed; null where that was not the reason. */
export function countHolders(failure: Error | null): number | null {
  const refused = failure instanceof ApiFailure && readReason(failure) === 'role_in_use';
  return refused ? Number(failure.details?.['users_count']) : null;
}
