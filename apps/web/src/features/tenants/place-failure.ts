import type { TFunction } from 'i18next';
import { ApiFailure } from '../../api/client.ts';
import { draftFields, type DraftField } from './draft.ts';

export interface Placed {
  fields: Partial<Record<DraftField, string>>;
  /** What belongs to no field; null where every word has its place. */
  banner: string | null;
}

/** A refusal in words, for a dialog that has no fields. */
export function describeFailure(failure: Error | null, t: TFunction<'tenants'>): string | null {
  if (!(failure instanceof ApiFailure)) return failure && failure.message;
  if (failure.details?.['reason'] === 'own_tenant') return t(($) => $.issue.own_tenant);
  return failure.status === 412 ? t(($) => $.form.stale) : failure.message;
}

// The body nests the admin; the form does not.
function findField(path: string): DraftField | undefined {
  const flat = path.replace(/^admin\./, 'admin_');
  return draftFields.find((name) => name === flat);
}

/** A refusal at the fields it speaks of: issues by path, a taken workspace at the workspace. */
export function placeFailure(failure: Error | null, t: TFunction<'tenants'>): Placed {
  if (!(failure instanceof ApiFailure)) return { fields: {}, banner: describeFailure(failure, t) };
  if (failure.details?.['reason'] === 'workspace_taken') return { fields: { workspace: t(($) => $.issue.workspace_taken) }, banner: null };
  const fields: Placed['fields'] = {};
  let homeless = failure.issues.length === 0;
  for (const issue of failure.issues) {
    const field = findField(issue.path);
    if (field) fields[field] ??= issue.message;
    else homeless = true;
  }
  return { fields, banner: homeless ? describeFailure(failure, t) : null };
}
