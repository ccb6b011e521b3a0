import type { ApiFailure } from '../../api/client.ts';

/** The server's words about each field, by its path (`admin.email`); later issues of the same field are left out. */
export function readFieldErrors(failure: ApiFailure | null): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of failure?.issues ?? []) errors[issue.path] ??= issue.message;
  return errors;
}

/** The line over a form: none where every issue already stands at a field that is shown. */
export function readFormError(failure: ApiFailure | null, shown: readonly string[]): string | null {
  if (failure === null) return null;
  const placed = failure.issues.length > 0 && failure.issues.every((issue) => shown.includes(issue.path));
  return placed ? null : failure.message;
}
