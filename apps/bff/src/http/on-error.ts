import type { ApiError, Locale } from '@lyss/api-types';
import { AppError } from '../errors.ts';
import { describeError, errorTexts } from '../error-texts.ts';

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
  return new Response(JSON.stringify(body), { status: failure.status, headers });
}

/** RFC 6749 §5.2's error body, for the token route alone. */
export function renderOauthError(error: unknown, locale: Locale): Response {
  const failure = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  const refused = ['PASSWORD_INCORRECT', 'TOKEN_INVALID', 'OPERATION_NOT_ALLOWED', 'ACCOUNT_LOCKED'].includes(failure.error_name);
  const code = refused ? 'invalid_grant' : failure.status < 500 ? 'invalid_request' : 'temporarily_unavailable';
  const body = { error: code, error_description: errorTexts[failure.error_name][locale] };
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (failure.retry_after_s !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retry_after_s)));
  return new Response(JSON.stringify(body), { status: refused ? 400 : failure.status, headers });
}
