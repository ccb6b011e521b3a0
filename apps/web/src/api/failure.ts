import type { ApiError, ErrorCode, Issue } from '@lyss/api-types';
import { errorTable } from '@lyss/api-types/error';

export type FailureCode = ErrorCode | 'OFFLINE';

interface Failed {
  code: FailureCode;
  status: number;
  message: string;
  details?: Record<string, unknown> | undefined;
  request_id?: string | undefined;
  retry_after_s?: number | undefined;
}

/** Every way a call can fail. `message` is in the person's language; `status` is 0 where no answer came. */
export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  readonly request_id: string | undefined;
  /** Seconds until it is worth trying again, where the server said so. */
  readonly retry_after_s: number | undefined;
  readonly issues: Issue[];

  constructor(failed: Failed) {
    super(failed.message);
    this.name = 'ApiFailure';
    this.code = failed.code;
    this.status = failed.status;
    this.details = failed.details;
    this.request_id = failed.request_id;
    this.retry_after_s = failed.retry_after_s;
    this.issues = readIssues(failed.details);
  }
}

/** Why the server refused, where its details say so (`name_taken`). */
export function readReason(failure: ApiFailure): string | null {
  const reason = failure.details?.['reason'];
  return typeof reason === 'string' ? reason : null;
}

const PRECONDITION_FAILED = 412;

/** Whether somebody else saved first. */
export function isStale(failure: Error | null): boolean {
  return failure instanceof ApiFailure && (failure.status === PRECONDITION_FAILED || readReason(failure) === 'stale_version');
}

function readIssues(details: Record<string, unknown> | undefined): Issue[] {
  const issues = details?.['issues'];
  if (!Array.isArray(issues)) return [];
  return issues.filter((issue): issue is Issue => typeof issue?.path === 'string' && typeof issue.code === 'string' && typeof issue.message === 'string');
}

// The only sentences of ours below the features: there is no server to say them.
const unreachable = { 'zh-CN': '连不上服务器，请检查网络后重试', 'en-US': 'The server cannot be reached. Check your connection and try again' };
const ended = { 'zh-CN': '登录已失效，请重新登录', 'en-US': 'Your session has ended. Please sign in again' };
const cookieless = {
  'zh-CN': '浏览器没有保存登录凭据。Safari 在 http 地址上可能会这样，不接受 Cookie 的浏览器都会这样。请允许本站的 Cookie，或改用 Chrome、Edge 或 Firefox，或使用 https 地址',
  'en-US': 'The browser did not keep the sign-in. Safari may do so on an http address, and every browser does that refuses cookies. Allow cookies for this site, use Chrome, Edge or Firefox, or use an https address',
};
const COOKIES_REFUSED = 'cookies_refused';
const unreadable = { 'zh-CN': '服务器的回答无法读取', 'en-US': "The server's answer could not be read" };

/** The chosen language; `lang` on html is the one place every part of the page reads it from. */
export function chosenLanguage(): 'zh-CN' | 'en-US' {
  return document.documentElement.lang === 'en-US' ? 'en-US' : 'zh-CN';
}

/** No answer at all: no network, no server, or too long without one. */
export function offlineFailure(): ApiFailure {
  return new ApiFailure({ code: 'OFFLINE', status: 0, message: unreachable[chosenLanguage()] });
}

/** The session ended before the call was even sent. */
export function signedOutFailure(): ApiFailure {
  return new ApiFailure({ code: errorTable.UNAUTHORIZED.code, status: 401, message: ended[chosenLanguage()] });
}

function isApiError(body: unknown): body is ApiError {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object' && body.error !== null && 'code' in body.error;
}

/** The server let somebody in and the browser threw the cookies away. */
export function cookielessFailure(): ApiFailure {
  return new ApiFailure({ code: errorTable.UNAUTHORIZED.code, status: 401, message: cookieless[chosenLanguage()], details: { reason: COOKIES_REFUSED } });
}

/** Whether what was asked is done and only the sign-in was not kept: asking again would be too late. */
export function isCookieless(failure: ApiFailure): boolean {
  return readReason(failure) === COOKIES_REFUSED;
}

/** Reads a refusal; a body that is not ours (a proxy's page, say) is told by its status alone. */
export async function readFailure(response: Response): Promise<ApiFailure> {
  const seconds = Number(response.headers.get('retry-after') ?? 'none');
  const shared = { status: response.status, retry_after_s: Number.isFinite(seconds) ? seconds : undefined };
  const body: unknown = await response.json().catch(() => null);
  if (isApiError(body)) return new ApiFailure({ ...shared, ...body.error, request_id: body.request_id });
  const known = Object.values(errorTable).find((row) => row.status === response.status);
  const request_id = response.headers.get('x-request-id') ?? undefined;
  const code = known?.code ?? (response.status >= 500 ? errorTable.SERVICE_UNAVAILABLE.code : errorTable.INTERNAL_SERVER_ERROR.code);
  return new ApiFailure({ ...shared, code, message: unreadable[chosenLanguage()], request_id });
}
