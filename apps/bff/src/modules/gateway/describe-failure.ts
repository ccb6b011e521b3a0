import type { ErrorName, Locale, SupplierFailureKind } from '@lyss/api-types';
import { describeError } from '../../error-texts.ts';
import { AppError } from '../../errors.ts';
import { supplierKindTexts } from '../../gateway-texts.ts';
import { ProviderError } from '../../providers/provider.ts';
import { Ended } from './ended.ts';

/** A failure as OpenAI's clients read it (platform.openai.com/docs/guides/error-codes): all four keys, always. */
export interface OpenAiFailure {
  status: number;
  headers: Record<string, string>;
  error: { message: string; type: string; param: string | null; code: string | null };
}

interface Shape {
  status?: number;
  type: string;
  code: string | null;
  param?: string;
  /** Whether a client may try the very same again; left to the client where nothing is said. */
  retry?: boolean;
}

const INVALID = 'invalid_request_error';
const shapes: Partial<Record<ErrorName, Shape>> = {
  UNAUTHORIZED: { type: INVALID, code: 'invalid_api_key' },
  TOKEN_INVALID: { type: INVALID, code: 'invalid_api_key' },
  TOKEN_EXPIRED: { type: INVALID, code: 'invalid_api_key' },
  INSUFFICIENT_PERMISSIONS: { type: 'permission_error', code: 'insufficient_permissions' },
  // A client tries again what conflicts, which would not help here.
  OPERATION_NOT_ALLOWED: { status: 403, type: 'permission_error', code: 'not_allowed' },
  RESOURCE_NOT_FOUND: { type: INVALID, code: 'unknown_url' },
  RATE_LIMIT_EXCEEDED: { type: 'requests', code: 'rate_limit_exceeded' },
  BUDGET_EXCEEDED: { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', retry: false },
  QUOTA_EXCEEDED: { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', retry: false },
  INVALID_INPUT: { type: INVALID, code: 'invalid_value' },
  MISSING_REQUIRED_FIELD: { type: INVALID, code: 'missing_required_parameter' },
  INVALID_FORMAT: { type: INVALID, code: 'invalid_json' },
  REQUEST_TOO_LARGE: { type: INVALID, code: 'request_too_large' },
  SERVICE_UNAVAILABLE: { type: 'server_error', code: 'service_unavailable' },
  DATABASE_ERROR: { type: 'server_error', code: 'service_unavailable' },
};
const unknown: Shape = { status: 500, type: 'server_error', code: 'internal_error' };

const supplierShapes: Record<SupplierFailureKind, Shape> = {
  authentication_failed: { status: 502, type: 'server_error', code: 'authentication_failed', retry: false },
  permission_denied: { status: 502, type: 'server_error', code: 'permission_denied', retry: false },
  endpoint_not_found: { status: 502, type: 'server_error', code: 'endpoint_not_found', retry: false },
  quota_exhausted: { status: 502, type: 'server_error', code: 'quota_exhausted', retry: false },
  address_not_allowed: { status: 502, type: 'server_error', code: 'address_not_allowed', retry: false },
  model_not_found: { status: 404, type: INVALID, code: 'model_not_found', param: 'model' },
  context_length_exceeded: { status: 400, type: INVALID, code: 'context_length_exceeded', param: 'messages' },
  content_filtered: { status: 400, type: INVALID, code: 'content_filter', param: 'messages' },
  rate_limited: { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  server_error: { status: 502, type: 'server_error', code: 'server_error' },
  overloaded: { status: 503, type: 'server_error', code: 'overloaded' },
  timeout: { status: 504, type: 'server_error', code: 'timeout' },
  connection_failed: { status: 502, type: 'server_error', code: 'connection_failed' },
  invalid_response: { status: 502, type: 'server_error', code: 'invalid_response' },
  unknown: { status: 502, type: 'server_error', code: 'unknown' },
};

const SUPPLIERS_PATIENCE_S = 5;
const REFUSED_FROM = 400;
const FAILED_FROM = 500;

/** Whatever was thrown, for a client of OpenAI's. Nothing of a supplier's own text is in it. */
export function describeFailure(error: unknown, locale: Locale): OpenAiFailure {
  if (error instanceof ProviderError) return describeSupplierFailure(error, locale);
  if (error instanceof Ended) return describeFailure(new AppError('SERVICE_UNAVAILABLE', { retry_after_s: SUPPLIERS_PATIENCE_S }), locale);
  const failure = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR');
  const shape = { ...(shapes[failure.error_name] ?? unknown), ...refine(failure) };
  const { message } = describeError(failure, locale);
  const [issue] = listIssues(failure);
  return write({ ...shape, status: shape.status ?? failure.status, ...(issue ? { param: issue.path } : {}) }, issue ? `${message} (${issue.path})` : message, failure.retry_after_s);
}

/** What the details say more exactly than the error's name. */
function refine({ error_name, details }: AppError): Partial<Shape> {
  const reason = details?.['reason'];
  if (error_name === 'RESOURCE_NOT_FOUND' && details?.['resource'] === 'model') return { code: 'model_not_found', param: 'model' };
  if (error_name === 'RATE_LIMIT_EXCEEDED' && details?.['limit'] === 'tokens') return { type: 'tokens' };
  if (reason === 'model_not_in_api_key' || reason === 'model_not_for_roles' || reason === 'model_disabled') return { code: reason, param: 'model' };
  if (error_name === 'OPERATION_NOT_ALLOWED' && typeof reason === 'string') return { code: reason };
  return {};
}

function listIssues({ details }: AppError): { path: string }[] {
  const issues: unknown = details?.['issues'];
  // Ours alone write them, always with a path.
  return Array.isArray(issues) ? (issues as { path: string }[]) : [];
}

function describeSupplierFailure({ kind, status, retry_after_ms }: ProviderError, locale: Locale): OpenAiFailure {
  // A 4xx that fits no kind is about the request: trying the same again would not help.
  const is_refused = kind === 'unknown' && status !== null && status >= REFUSED_FROM && status < FAILED_FROM;
  const shape: Shape = is_refused ? { status: 400, type: INVALID, code: 'refused_by_supplier' } : supplierShapes[kind];
  const text = supplierKindTexts[is_refused ? 'refused' : kind][locale];
  const waits = kind === 'rate_limited' || kind === 'overloaded';
  return write({ ...shape, status: shape.status ?? FAILED_FROM }, text, waits ? (retry_after_ms ?? SUPPLIERS_PATIENCE_S * 1_000) / 1_000 : undefined);
}

function write({ status, type, code, param, retry }: Shape & { status: number }, message: string, retry_after_s: number | undefined): OpenAiFailure {
  const headers: Record<string, string> = {};
  if (retry_after_s !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(retry_after_s)));
  if (retry !== undefined) headers['x-should-retry'] = String(retry);
  return { status, headers, error: { message, type, param: param ?? null, code } };
}
