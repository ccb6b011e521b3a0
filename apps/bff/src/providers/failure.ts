import type { SupplierFailureKind } from '@lyss/api-types';
import { EgressError } from '../egress/fetch.ts';
import { ProviderError } from './provider.ts';
import { readRetryAfter } from './retry-after.ts';
import { asList, asRecord, asText } from './shape.ts';

/** What a supplier's error body says, whatever its wire: for classifying only, never for showing. */
interface StatedFailure {
  codes: string;
  message: string;
  status: number | null;
  quota_ids: string;
}

// Each line is a family of codes that suppliers document; the first that fits wins, so the narrow ones come first.
const codeRules: readonly [RegExp, SupplierFailureKind][] = [
  [/insufficient_quota|exceeded_current_quota|billing|insufficient_balance|arrearage|allocationquota\.freetier|accountoverdue|quota_exceeded|\b1113\b/, 'quota_exhausted'],
  [/context_length_exceeded|string_above_max_length|request_too_large|\b1261\b/, 'context_length_exceeded'],
  [/content_filter|content_policy|data_?inspection_?failed|responsibleai|sensitivecontent|moderation|\b1301\b/, 'content_filtered'],
  [/model_not_found|modelnotfound|model_not_exist|deploymentnotfound|invalid_model|invalidendpointormodel|modelnotopen|\b1211\b/, 'model_not_found'],
  [/invalid_api_key|api_key_invalid|invalidapikey|authentication_error|invalid_authentication|unauthenticated|\b100[0-4]\b/, 'authentication_failed'],
  [/overloaded|engine_overloaded|unavailable|\b1305\b/, 'overloaded'],
  [/rate_?limit|resource_exhausted|too_many_requests|throttling|toomanyrequests|\b130[23]\b/, 'rate_limited'],
  [/permission|forbidden|access_?denied|unsupported_country|not_allowed/, 'permission_denied'],
  [/deadline_exceeded|timeout/, 'timeout'],
  [/server_error|internal|api_error/, 'server_error'],
];

const messageRules: readonly [RegExp, SupplierFailureKind][] = [
  [/maximum context length|context (?:window|length)|prompt is too long|too many (?:input )?tokens|input token count|exceeds the (?:maximum|max) (?:number of )?tokens|reduce the length|上下文长度/, 'context_length_exceeded'],
  [/insufficient balance|credit balance|exceeded your current quota|余额不足|欠费/, 'quota_exhausted'],
  [/(?:incorrect|invalid|wrong|no|missing) api[ _-]?key|api[ _-]?key (?:not valid|is invalid|not found|expired)/, 'authentication_failed'],
  [/model\b.{0,200}?(?:not found|not exist|does not exist|unknown|not supported|no access)|(?:unknown|invalid) model|^model: \S+$|models\/\S+ is not found|模型不存在/, 'model_not_found'],
  [/content (?:management|filter|policy)|safety system|inappropriate content/, 'content_filtered'],
  [/overloaded/, 'overloaded'],
];

function findRule(rules: readonly [RegExp, SupplierFailureKind][], text: string): SupplierFailureKind | null {
  return rules.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readStated(body: unknown): StatedFailure {
  const whole = asRecord(Array.isArray(body) ? body[0] : body);
  const inner = asRecord(whole?.['error']);
  const error = inner ?? whole ?? {};
  const details = asList(error['details']).map((detail) => asRecord(detail) ?? {});
  const quotas = details.flatMap((detail) => asList(detail['violations'])).map((violation) => asText(asRecord(violation)?.['quotaId']));
  const codes = [error['code'], error['type'], error['status'], asRecord(error['innererror'])?.['code'], ...details.map((detail) => detail['reason'])];
  // Bounded: a message may be as long as the supplier likes, and these patterns are run over it.
  const message = (asText(error['message']) || asText(whole?.['error']) || asText(whole?.['message']) || asText(whole?.['detail'])).slice(0, 2000);
  const code = Number(error['code'] ?? error['status'] ?? error['status_code']);
  return {
    codes: codes.map((value) => (typeof value === 'number' ? String(value) : asText(value).slice(0, 200))).join(' ').toLowerCase(),
    message: message.toLowerCase(),
    status: Number.isInteger(code) && code >= 400 && code <= 599 ? code : null,
    quota_ids: quotas.join(' ').slice(0, 500).toLowerCase(),
  };
}

function classifyTooMany(stated: StatedFailure): SupplierFailureKind {
  if (/perday/.test(stated.quota_ids)) return 'quota_exhausted';
  if (stated.quota_ids !== '') return 'rate_limited';
  const kind = findRule(codeRules, stated.codes) ?? findRule(messageRules, stated.message);
  return kind === 'quota_exhausted' || kind === 'overloaded' ? kind : 'rate_limited';
}

function classifyRefused(stated: StatedFailure, status: number): SupplierFailureKind {
  const kind = findRule(codeRules, stated.codes) ?? findRule(messageRules, stated.message);
  const allowed: (SupplierFailureKind | null)[] = ['permission_denied', 'model_not_found', 'quota_exhausted', 'content_filtered'];
  // A bare 403 is how many servers refuse a key; only one that speaks of permissions is about permissions.
  return status === 403 && kind !== null && allowed.includes(kind) ? kind : 'authentication_failed';
}

function classifyServerFault(stated: StatedFailure, status: number): SupplierFailureKind {
  if (status === 503 || status === 529) return 'overloaded';
  if (status === 504) return 'timeout';
  return findRule(codeRules, stated.codes) === 'overloaded' ? 'overloaded' : 'server_error';
}

function classify(status: number | null, stated: StatedFailure): SupplierFailureKind {
  if (status === 401 || status === 403) return classifyRefused(stated, status);
  if (status === 402) return 'quota_exhausted';
  if (status === 408) return 'timeout';
  if (status === 429) return classifyTooMany(stated);
  if (status !== null && status >= 500) return classifyServerFault(stated, status);
  // A redirect is never followed: the address typed in is not the endpoint.
  if (status !== null && status >= 300 && status < 400) return 'endpoint_not_found';
  const kind = findRule(codeRules, stated.codes) ?? findRule(messageRules, stated.message);
  if (status === 404) return kind === 'model_not_found' ? kind : 'endpoint_not_found';
  if (status === 405) return 'endpoint_not_found';
  if (status === 413) return 'context_length_exceeded';
  if (status === null) return kind ?? 'unknown';
  // What a 4xx says about the server itself is hearsay; only what it says about the call counts.
  return kind === 'server_error' || kind === 'timeout' || kind === null ? 'unknown' : kind;
}

/**
 * Turns a supplier's refusal into a kind of the contract. In: HTTP status (null for an error inside a 200 stream),
 * headers in lower case, the parsed body or null. Nothing of the body's text is kept.
 */
export function readFailure(status: number | null, headers: Record<string, string>, body: unknown): ProviderError {
  const stated = readStated(body);
  const effective = status ?? stated.status;
  return new ProviderError(classify(effective, stated), { status: effective, retry_after_ms: readRetryAfter(headers, body) });
}

const egressKinds = {
  address_not_allowed: 'address_not_allowed',
  connection_failed: 'connection_failed',
  timeout: 'timeout',
  too_large: 'invalid_response',
  aborted: 'unknown',
} as const satisfies Record<EgressError['kind'], SupplierFailureKind>;

/** Turns whatever a call threw into what a provider throws: the signal's reason where it was aborted, else a `ProviderError`. */
export function translateThrown(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ProviderError) return error;
  if (error instanceof EgressError) {
    if (error.cause instanceof ProviderError) return error.cause;
    const step = error.phase === 'tls' ? 'tls' : error.phase === 'address' || error.phase === 'connect' ? 'address' : null;
    // Only a name without an address fails its connection before there is one.
    const unfound = error.kind === 'connection_failed' && error.phase === 'address';
    return new ProviderError(egressKinds[error.kind], { cause: error, ...(step && { step }), ...(unfound && { fault: 'name_not_found' }) });
  }
  return new ProviderError('unknown', { cause: error });
}
