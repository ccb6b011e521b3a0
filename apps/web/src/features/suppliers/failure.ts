import { supplierFailureKinds, type SupplierFailureKind } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';
import type { DraftField } from './draft.ts';

/** Why the supplier said no, where a refusal carries it (`details.kind` of 3004 and 4xxx). */
export function findKind(failure: unknown): SupplierFailureKind | null {
  const kind = failure instanceof ApiFailure ? failure.details?.['kind'] : undefined;
  return supplierFailureKinds.find((known) => known === kind) ?? null;
}

/** True for a 412: somebody else saved first. */
export function isStale(failure: unknown): boolean {
  return failure instanceof ApiFailure && failure.status === 412;
}

const fields: readonly DraftField[] = ['name', 'base_url', 'api_key', 'models'];

/** The server's issues at the fields they speak of; `models.3` belongs to `models`. What fits no field is left to the banner. */
export function placeIssues(failure: unknown): Partial<Record<DraftField, string>> {
  if (!(failure instanceof ApiFailure)) return {};
  const placed: Partial<Record<DraftField, string>> = {};
  for (const issue of failure.issues) {
    const field = fields.find((name) => issue.path === name || issue.path.startsWith(`${name}.`));
    if (field) placed[field] ??= issue.message;
  }
  return placed;
}

export interface Dependents {
  conversations: number;
  running_replies: number;
}

/** What the refusal of a deletion says depends on the credential; null where it names nothing. */
export function findDependents(failure: unknown): Dependents | null {
  const named = failure instanceof ApiFailure ? failure.details?.['dependents'] : undefined;
  if (typeof named !== 'object' || named === null) return null;
  const count = (name: keyof Dependents): number => {
    const value = name in named ? Reflect.get(named, name) : 0;
    return typeof value === 'number' ? value : 0;
  };
  return { conversations: count('conversations'), running_replies: count('running_replies') };
}
