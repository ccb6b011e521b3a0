import type { TFunction } from 'i18next';
import { isStale, readReason, type ApiFailure } from '../../api/failure.ts';
import { describeFailure as describe, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

function say(failure: ApiFailure, t: TFunction<'tenants'>): string {
  if (readReason(failure) === 'own_tenant') return t(($) => $.issue.own_tenant);
  return isStale(failure) ? t(($) => $.form.stale) : failure.message;
}

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'tenants'>): string | null {
  return describe(failure, (refusal) => say(refusal, t));
}

/** A refusal at the fields it speaks of: issues by path, a taken workspace at the workspace. */
export function placeFailure(failure: Error | null, t: TFunction<'tenants'>): Placed<DraftField> {
  return place(failure, {
    fields: draftFields,
    describe: (refusal) => say(refusal, t),
    findReason: (refusal) => (readReason(refusal) === 'workspace_taken' ? ['workspace', t(($) => $.issue.workspace_taken)] : undefined),
  });
}
