import type { TFunction } from 'i18next';
import { isStale, readReason, type ApiFailure } from '../../api/failure.ts';
import { describeFailure as describe, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

const say = (failure: ApiFailure, t: TFunction<'budgets'>): string => (isStale(failure) ? t(($) => $.form.stale) : failure.message);

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'budgets'>): string | null {
  return describe(failure, (refusal) => say(refusal, t));
}

/** A refusal at the fields it speaks of. */
export function placeFailure(failure: Error | null, t: TFunction<'budgets'>): Placed<DraftField> {
  return place(failure, { fields: draftFields, describe: (refusal) => say(refusal, t), findReason: (refusal) => (readReason(refusal) === 'name_taken' ? ['name', refusal.message] : undefined) });
}
