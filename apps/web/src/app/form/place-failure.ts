import type { Issue } from '@lyss/api-types';
import { ApiFailure } from '../../api/client.ts';

/** What the server said, where it belongs. */
export interface Placed<Field extends string> {
  fields: Partial<Record<Field, string>>;
  /** What belongs to no field; null where every word has its place. */
  banner: string | null;
}

interface Places<Field extends string> {
  fields: readonly Field[];
  /** A refusal in words, for what has no field. */
  describe: (failure: ApiFailure) => string;
  /** Refusals that carry a reason instead of issues: their field and what to say there. */
  findReason?: (failure: ApiFailure) => readonly [Field, string] | undefined;
  /** Issues that are said better at the field than the server's sentence does. */
  say?: (field: Field, issue: Issue) => string | undefined;
}

/** A failure in words: the refusal's own, or what else went wrong; null where nothing did. */
export function describeFailure(failure: Error | null, describe: (failure: ApiFailure) => string): string | null {
  if (failure === null) return null;
  return failure instanceof ApiFailure ? describe(failure) : failure.message;
}

// `admin.email` belongs to a form's `admin_email`, `models.3` to its `models`.
function findField<Field extends string>(path: string, fields: readonly Field[]): Field | undefined {
  return fields.find((name) => path === name || path.startsWith(`${name}.`) || path.replace('.', '_') === name);
}

/** A refusal at the fields it speaks of: by reason, by each issue's path, else over the form. */
export function placeFailure<Field extends string>(failure: Error | null, { fields, describe, findReason, say }: Places<Field>): Placed<Field> {
  const placed: Placed<Field> = { fields: {}, banner: null };
  const reason = failure instanceof ApiFailure ? findReason?.(failure) : undefined;
  if (reason) {
    placed.fields[reason[0]] = reason[1];
    return placed;
  }
  const issues = failure instanceof ApiFailure ? failure.issues : [];
  let homeless = issues.length === 0;
  for (const issue of issues) {
    const field = findField(issue.path, fields);
    if (field) placed.fields[field] ??= say?.(field, issue) ?? issue.message;
    else homeless = true;
  }
  if (homeless) placed.banner = describeFailure(failure, describe);
  return placed;
}
