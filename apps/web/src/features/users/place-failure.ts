import type { TFunction } from 'i18next';
import { errorTable } from '@lyss/api-types/error';
import { isStale, readReason, type ApiFailure } from '../../api/failure.ts';
import { describeFailure as describe, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

function say(failure: ApiFailure, t: TFunction<'users'>): string {
  const reason = readReason(failure);
  if (reason === 'last_admin') return t(($) => $.issue.last_admin);
  if (reason === 'last_operator') return t(($) => $.issue.last_operator);
  if (reason === 'user_disabled') return t(($) => $.issue.user_disabled);
  if (reason === 'beyond_own_permissions') return t(($) => $.issue.beyond);
  return isStale(failure) ? t(($) => $.form.stale) : failure.message;
}

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'users'>): string | null {
  return describe(failure, (refusal) => say(refusal, t));
}

function findReason(failure: ApiFailure, t: TFunction<'users'>): readonly [DraftField, string] | undefined {
  if (failure.code === errorTable.USER_ALREADY_EXISTS.code) return ['email', t(($) => $.issue.email_taken)];
  const reason = readReason(failure);
  return reason === 'last_admin' || reason === 'last_operator' || reason === 'beyond_own_permissions' ? ['roles', say(failure, t)] : undefined;
}

/** A refusal at the fields it speaks of: issues by path, a taken e-mail at the e-mail, the last admin at the roles. */
export function placeFailure(failure: Error | null, t: TFunction<'users'>): Placed<DraftField> {
  return place(failure, { fields: draftFields, describe: (refusal) => say(refusal, t), findReason: (refusal) => findReason(refusal, t) });
}
