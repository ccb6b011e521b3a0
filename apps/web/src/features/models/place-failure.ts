import type { TFunction } from 'i18next';
import { isStale, readReason } from '../../api/failure.ts';
import { placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

/** A refusal at the fields it speaks of: a taken name at the aliases. */
export function placeFailure(failure: Error | null, t: TFunction<'models'>): Placed<DraftField> {
  return place(failure, {
    fields: draftFields,
    describe: (refusal) => (isStale(refusal) ? t(($) => $.form.stale) : refusal.message),
    findReason: (refusal) => (readReason(refusal) === 'alias_taken' ? ['aliases', t(($) => $.issue.alias_taken)] : undefined),
  });
}
