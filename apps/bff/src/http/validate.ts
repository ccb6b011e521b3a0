import type { Issue, Locale } from '@lyss/api-types';
import { z } from 'zod';
import { AppError } from '../errors.ts';

// Their type allows undefined, which zod's own locales never are.
const texts: Record<Locale, z.core.$ZodErrorMap> = {
  'zh-CN': z.locales.zhCN().localeError as z.core.$ZodErrorMap,
  'en-US': z.locales.en().localeError as z.core.$ZodErrorMap,
};

/** Parses `value`, or throws 1001 with every bad field at once (1002 where fields are only missing), in the caller's language. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, locale: Locale): z.output<S> {
  const parsed = schema.safeParse(value, { error: texts[locale] });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(toIssues);
  const onlyMissing = issues.every((found) => found.code === 'required');
  throw new AppError(onlyMissing ? 'MISSING_REQUIRED_FIELD' : 'INVALID_INPUT', { details: { issues } });
}

function toIssues(found: z.core.$ZodIssue): Issue[] {
  const path = found.path.join('.');
  if (found.code === 'unrecognized_keys') {
    return found.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: 'unknown_field', message: found.message }));
  }
  return [{ path, code: codeOf(found), message: found.message }];
}

function codeOf(found: z.core.$ZodIssue): string {
  if (found.code === 'invalid_type' && found.input === undefined) return 'required';
  if (found.code === 'invalid_format') return `invalid_${found.format}`;
  return found.code;
}
