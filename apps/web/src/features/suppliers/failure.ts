import type { TFunction } from 'i18next';
import { supplierFailureKinds, type SupplierFailureKind } from '@lyss/api-types/error';
import { ApiFailure, isStale, readReason } from '../../api/failure.ts';
import { placeFailure as place, type Placed } from '../../app/form/place-failure.ts';
import { draftFields, type DraftField, type DraftIssue } from './draft.ts';

/** Why the supplier said no, where a refusal carries it (`details.kind` of 3004 and 4xxx). */
export function findKind(failure: Error | null): SupplierFailureKind | null {
  const kind = failure instanceof ApiFailure ? failure.details?.['kind'] : undefined;
  return supplierFailureKinds.find((known) => known === kind) ?? null;
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
    describe: (refusal) => (isStale(refusal) ? t(($) => $.form.stale) : refusal.message),
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
