import { errorTable, secondStep, type ApiError, type ErrorName, type Locale, type OauthError } from '@lyss/api-types';
import { AppError } from '../errors.ts';
import { describeError } from '../error-texts.ts';

/** The only writer of failures: envelope, status, Retry-After. */
export function renderError(error: unknown, caller: { request_id: string; locale: Locale }): Response {
  const failure = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  const body: ApiError = {
    success: false,
    error: describeError(failure, caller.locale),
    request_id: caller.request_id,
    timestamp: new Date().toISOString(),
  };
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  if (failure.retry_after_s !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retry_after_s)));
  // RFC 9110 §15.5.17: how long the file is whose part is not there.
  if (failure.status === RANGE_NOT_SATISFIABLE) headers['content-range'] = `bytes */${String(failure.details?.['bytes'])}`;
  return new Response(JSON.stringify(body), { status: failure.status, headers });
}

const RANGE_NOT_SATISFIABLE = 416;
const refusedGrants: ReadonlySet<ErrorName> = new Set(['PASSWORD_INCORRECT', 'TOKEN_INVALID', 'OPERATION_NOT_ALLOWED', 'ACCOUNT_LOCKED', 'SECOND_FACTOR_REQUIRED']);
const BAD_REQUEST = 400;

/** What OAuth calls a failure of ours, and the status it has there (RFC 6749 §5.2). */
export function nameOauthError(name: ErrorName, status: number): { error: OauthError['error']; status: number } {
  if (refusedGrants.has(name)) return { error: 'invalid_grant', status: BAD_REQUEST };
  return { error: new AppError(name, { status }).is_refusal ? 'invalid_request' : 'temporarily_unavailable', status };
}

/** That a second step is to come, in a body of OAuth's; nothing for any other failure. */
function describeStep({ error_name, details }: AppError): Partial<OauthError> {
  if (error_name !== 'SECOND_FACTOR_REQUIRED') return {};
  const code = errorTable.SECOND_FACTOR_REQUIRED.code;
  const step = secondStep.safeParse(details);
  if (!step.success) return { code };
  const { challenge, methods, expires_in } = step.data;
  return { error: 'mfa_required', code, challenge, methods, expires_in };
}

/** RFC 6749 §5.2's error body, for the token route alone. */
export function renderOauthError(error: unknown, locale: Locale): Response {
  const failure = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  const named = nameOauthError(failure.error_name, failure.status);
  const body: OauthError = { error: named.error, error_description: describeError(failure, locale).message, ...describeStep(failure) };
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (failure.retry_after_s !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retry_after_s)));
  return new Response(JSON.stringify(body), { status: named.status, headers });
}
