import type { Issue, Locale } from '@lyss/api-types';
import { z } from 'zod';
import { AppError } from '../errors.ts';

// Their type allows undefined, which zod's own locales never are.
const texts: Record<Locale, z.core.$ZodErrorMap> = {
  'zh-CN': z.locales.zhCN().localeError as z.core.$ZodErrorMap,
  'en-US': z.locales.en().localeError as z.core.$ZodErrorMap,
};

const unknownField: Record<Locale, string> = { 'zh-CN': '没有这个字段', 'en-US': 'There is no such field' };

// A body of a hundred thousand unknown fields, or of one with a long name, gets a short answer all the same.
const ISSUES_AT_MOST = 100;
const PATH_CHARACTERS = 200;

/** Parses `value`, or throws 1001 with every bad field at once (1002 where fields are only missing), in the caller's language. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, locale: Locale): z.output<S> {
  const parsed = schema.safeParse(value, { error: texts[locale], reportInput: true });
  if (parsed.success) return parsed.data;
  const onlyMissing = parsed.error.issues.every((found) => codeOf(found) === 'required');
  const issues = parsed.error.issues.flatMap((found) => toIssues(found, locale)).slice(0, ISSUES_AT_MOST);
  throw new AppError(onlyMissing ? 'MISSING_REQUIRED_FIELD' : 'INVALID_INPUT', { details: { issues } });
}

function toIssues(found: z.core.$ZodIssue, locale: Locale): Issue[] {
  if (found.code === 'unrecognized_keys') {
    return found.keys.slice(0, ISSUES_AT_MOST).map((key) => ({ path: describePath([...found.path, key]), code: 'unknown_field', message: unknownField[locale] }));
  }
  return [{ path: describePath(found.path), code: codeOf(found), message: found.message }];
}

function describePath(path: PropertyKey[]): string {
  return path.join('.').slice(0, PATH_CHARACTERS);
}

function codeOf(found: z.core.$ZodIssue): string {
  // Without reportInput, zod leaves `input` out and everything would look missing.
  if ((found.code === 'invalid_type' || found.code === 'invalid_value') && found.input === undefined) return 'required';
  if (found.code === 'invalid_format') return `invalid_${found.format}`;
  return found.code;
}
