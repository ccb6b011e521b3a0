import type { TFunction } from 'i18next';
import { supplierFailureKinds, type SupplierFailureKind } from '@lyss/api-types/error';
import { ApiFailure, isStale, readReason } from '../../api/failure.ts';
import { describeFailure, placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField, type DraftIssue } from './draft.ts';

/** Why the supplier said no, where a refusal carries it (`details.kind` of 3004 and 4xxx). */
export function findKind(failure: Error | null): SupplierFailureKind | null {
  const kind = failure instanceof ApiFailure ? failure.details?.['kind'] : undefined;
  return supplierFailureKinds.find((known) => known === kind) ?? null;
}

/** How far a refused trial came, and what is known of it better than by its kind. */
export function findFailedStep(failure: Error | null): { step: string | null; reason: string | null } {
  if (!(failure instanceof ApiFailure)) return { step: null, reason: null };
  const step = failure.details?.['step'];
  return { step: typeof step === 'string' ? step : null, reason: readReason(failure) };
}

/** Whether a refusal is about trying address and key, and not about what else was sent. */
export function isTrialRefusal(failure: Error | null): boolean {
  return findKind(failure) !== null || isTooManyTrials(failure);
}

function isTooManyTrials(failure: Error | null): boolean {
  return failure instanceof ApiFailure && readReason(failure) === 'too_many_trials';
}

const SECONDS_A_MINUTE = 60;

function describe(refusal: ApiFailure, t: TFunction<'suppliers'>): string {
  if (isStale(refusal)) return t(($) => $.form.stale);
  if (!isTooManyTrials(refusal)) return refusal.message;
  return t(($) => $.form.too_many, { count: Math.ceil((refusal.retry_after_s ?? SECONDS_A_MINUTE) / SECONDS_A_MINUTE) });
}

/** Why a test could not be made at all, in words; null where it was. */
export function describeTrialFailure(failure: Error | null, t: TFunction<'suppliers'>): string | null {
  return describeFailure(failure, (refusal) => describe(refusal, t));
}

// Refusals that carry a reason instead of an issue, and where they belong.
const reasons: Record<string, readonly [DraftField, DraftIssue]> = {
  name_taken: ['name', 'name_taken'],
  key_required_for_new_host: ['api_key', 'key_again'],
  key_not_needed: ['api_key', 'key_not_needed'],
};
// Codes of the server's issues that we say better at the field than a general sentence would.
const codes: Partial<Record<DraftField, Record<string, DraftIssue>>> = {
  base_url: { required: 'url_required', invalid_url: 'url_invalid', not_editable: 'url_fixed' },
  api_key: { required: 'key_required', not_needed: 'key_not_needed' },
};

/** A refusal at the fields it speaks of: by reason, by issue (`models.3` belongs to `models`), else over the form. */
export function placeFailure(failure: Error | null, t: TFunction<'suppliers'>): Placed<DraftField> {
  return place(failure, {
    fields: draftFields,
    describe: (refusal) => describe(refusal, t),
    findReason: (refusal) => {
      const reason = reasons[readReason(refusal) ?? ''];
      return reason && [reason[0], t(($) => $.issue[reason[1]])];
    },
    say: (field, { code }) => {
      const known = codes[field]?.[code];
      return known && t(($) => $.issue[known]);
    },
  });
}

export interface Dependents {
  conversations: number;
  running_replies: number;
}

/** What the refusal of a deletion says depends on it (`details.dependents: [{ kind, count }]`); null where it names nothing. */
export function findDependents(failure: Error | null): Dependents | null {
  const named = failure instanceof ApiFailure ? failure.details?.['dependents'] : undefined;
  if (!Array.isArray(named)) return null;
  const count = (kind: string): number => {
    const one: unknown = named.find((entry) => entry?.kind === kind)?.count;
    return typeof one === 'number' ? one : 0;
  };
  return { conversations: count('conversation'), running_replies: count('reply') };
}
