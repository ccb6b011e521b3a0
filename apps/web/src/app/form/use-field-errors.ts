import type { TFunction } from 'i18next';
import type { Issue } from '@lyss/api-types';
import type { ApiFailure } from '../../api/client.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Codes that mean more to a person than the server's one word for them. */
function describe(issue: Issue, t: TFunction<'app'>): string {
  switch (issue.code) {
    case 'password_too_short':
      return t(($) => $.password.faults.too_short);
    case 'password_too_long':
      return t(($) => $.password.faults.too_long);
    case 'password_common':
      return t(($) => $.password.faults.common);
    case 'password_contains_name':
      return t(($) => $.password.faults.contains_name);
    case 'required':
      return t(($) => $.field.required);
    case 'invalid_url':
      return t(($) => $.field.invalid_url);
    default:
      return issue.message;
  }
}

/** What the server said about each field, by its path (`admin.email`); later issues of the same field are left out. */
export function useFieldErrors(failure: ApiFailure | null): Record<string, string> {
  const t = useTexts('app');
  const errors: Record<string, string> = {};
  for (const issue of failure?.issues ?? []) errors[issue.path] ??= describe(issue, t);
  return errors;
}

/** The line over a form: none where every issue already stands at a field that is shown. */
export function readFormError(failure: ApiFailure | null, shown: readonly string[]): string | null {
  if (failure === null) return null;
  const placed = failure.issues.length > 0 && failure.issues.every((issue) => shown.includes(issue.path));
  return placed ? null : failure.message;
}
