import type { TFunction } from 'i18next';
import type { Issue } from '@lyss/api-types';
import { isStale, readReason, type ApiFailure } from '../../api/failure.ts';
import { describeFailure as describe, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField } from './draft.ts';

const say = (failure: ApiFailure, t: TFunction<'api-keys'>): string => (isStale(failure) ? t(($) => $.form.stale) : failure.message);

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'api-keys'>): string | null {
  return describe(failure, (refusal) => say(refusal, t));
}

// The server counts networks from nought, a person the lines from one.
const lineOf = ({ path }: Issue) => Number(path.split('.')[1] ?? 0) + 1;

/** A refusal at the fields it speaks of: issues by path, a network by its line, what is beyond one's own permissions at the scopes. */
export function placeFailure(failure: Error | null, t: TFunction<'api-keys'>): Placed<DraftField> {
  return place(failure, {
    fields: draftFields,
    describe: (refusal) => say(refusal, t),
    findReason: (refusal) => (readReason(refusal) === 'beyond_own_permissions' ? ['scopes', t(($) => $.issue.scopes_beyond)] : undefined),
    say: (field, issue) => (field === 'allowed_networks' && issue.code === 'invalid_network' ? t(($) => $.issue.network_invalid, { line: lineOf(issue) }) : undefined),
  });
}
