import { describe, expect, it } from 'vitest';
import { EgressError } from '../egress/fetch.ts';
import { readFailure, translateThrown } from './failure.ts';
import { ProviderError } from './provider.ts';
import { readRetryAfter } from './retry-after.ts';

const openai = (fields: object) => ({ error: { message: '', type: 'invalid_request_error', param: null, code: null, ...fields } });
const anthropic = (type: string, message = '') => ({ type: 'error', error: { type, message } });
const google = (status: string, message = '', details: object[] = []) => ({ error: { code: 0, message, status, details } });

describe('readFailure', () => {
  it.each([
    // What the suppliers document, by wire.
    [401, openai({ code: 'invalid_api_key' }), 'authentication_failed'],
    [403, openai({ code: 'unsupported_country_region_territory' }), 'permission_denied'],
    [403, openai({ message: 'You must be a member of an organization' }), 'authentication_failed'],
    [404, openai({ code: 'model_not_found', message: 'The model `x` does not exist or you do not have access to it.' }), 'model_not_found'],
    [404, openai({ message: 'Invalid URL (POST /v1/v1/chat/completions)' }), 'endpoint_not_found'],
    [404, null, 'endpoint_not_found'],
    [405, null, 'endpoint_not_found'],
    [301, null, 'endpoint_not_found'],
    [429, openai({ code: 'rate_limit_exceeded', type: 'requests' }), 'rate_limited'],
    [429, openai({ code: 'insufficient_quota', type: 'insufficient_quota' }), 'quota_exhausted'],
    [429, null, 'rate_limited'],
    [400, openai({ code: 'context_length_exceeded' }), 'context_length_exceeded'],
    [400, openai({ message: "This model's maximum context length is 8192 tokens." }), 'context_length_exceeded'],
    [400, openai({ code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } }), 'content_filtered'],
    [400, openai({ message: 'Unsupported value: temperature' }), 'unknown'],
    [422, { detail: [{ msg: 'Extra inputs are not permitted' }] }, 'unknown'],
    [413, null, 'context_length_exceeded'],
    [402, openai({ message: 'Insufficient Balance', code: 'invalid_request_error' }), 'quota_exhausted'],
    [408, null, 'timeout'],
    [500, openai({ type: 'server_error' }), 'server_error'],
    [502, '<html>', 'server_error'],
    [503, null, 'overloaded'],
    [504, null, 'timeout'],
    [401, anthropic('authentication_error', 'invalid x-api-key'), 'authentication_failed'],
    [403, anthropic('permission_error'), 'permission_denied'],
    [404, anthropic('not_found_error', 'model: claude-nothing'), 'model_not_found'],
    [404, anthropic('not_found_error', 'Not found'), 'endpoint_not_found'],
    [400, anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'), 'context_length_exceeded'],
    [400, anthropic('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'), 'quota_exhausted'],
    [429, anthropic('rate_limit_error'), 'rate_limited'],
    [529, anthropic('overloaded_error'), 'overloaded'],
    [500, anthropic('api_error'), 'server_error'],
    [null, anthropic('overloaded_error'), 'overloaded'],
    [null, anthropic('api_error'), 'server_error'],
    [400, google('INVALID_ARGUMENT', 'API key not valid.', [{ reason: 'API_KEY_INVALID' }]), 'authentication_failed'],
    [403, google('PERMISSION_DENIED'), 'permission_denied'],
    [404, google('NOT_FOUND', 'models/gemini-0 is not found for API version v1beta'), 'model_not_found'],
    [429, google('RESOURCE_EXHAUSTED', 'You exceeded your current quota', [{ violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }] }]), 'rate_limited'],
    [429, google('RESOURCE_EXHAUSTED', 'You exceeded your current quota', [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] }]), 'quota_exhausted'],
    [503, google('UNAVAILABLE'), 'overloaded'],
    [null, { error: { code: 503, status: 'UNAVAILABLE' } }, 'overloaded'],
    [400, [google('INVALID_ARGUMENT', 'The input token count (2000000) exceeds the maximum')], 'context_length_exceeded'],
    [400, openai({ message: 'Model Not Exist' }), 'model_not_found'],
    [400, { error: { code: '1211', message: '模型不存在，请检查模型代码。' } }, 'model_not_found'],
    [429, { error: { code: '1113', message: '您的账户已欠费，请充值后重试。' } }, 'quota_exhausted'],
    [429, { error: { type: 'exceeded_current_quota_error' } }, 'quota_exhausted'],
    [429, { error: { type: 'engine_overloaded_error' } }, 'overloaded'],
    [400, { error: { code: 'data_inspection_failed' } }, 'content_filtered'],
    [404, { error: "model 'llama9' not found" }, 'model_not_found'],
    [404, { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } }, 'model_not_found'],
    [400, 'garbage', 'unknown'],
    [418, null, 'unknown'],
    [null, {}, 'unknown'],
  ] as const)('%s %j is %s', (status, body, kind) => {
    expect(readFailure(status, {}, body).kind).toBe(kind);
  });

  it('keeps nothing of what the supplier wrote', () => {
    const canary = 'sk-canary-000';
    const failure = readFailure(401, { 'x-echo': canary }, openai({ message: `Incorrect API key provided: ${canary}`, code: canary }));
    expect([failure.message, failure.stack, JSON.stringify(failure), String(failure.cause)].join('\n')).not.toContain(canary);
  });
});

describe('readRetryAfter', () => {
  const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

  it.each([
    ['5', 5000],
    ['0', 0],
    ['1.5', 1500],
    ['1000000000', 3_600_000],
    ['9'.repeat(400), null],
    ['-1', null],
    ['soon', null],
    ['', null],
    ['1e9', null],
    ['NaN', null],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['Fri, 01 Jan 2999 00:00:00 GMT', 3_600_000],
    ['Mon, nonsense', null],
  ])('reads %j as %s ms', (header, ms) => {
    expect(readRetryAfter({ 'retry-after': header }, null)).toBe(ms);
  });

  it('reads a date as the time until then', () => {
    const ms = readRetryAfter({ 'retry-after': inSeconds(60) }, null);
    expect(ms).toBeGreaterThan(55_000);
    expect(ms).toBeLessThanOrEqual(60_000);
  });

  it('prefers milliseconds, and takes Google’s word from the body', () => {
    expect(readRetryAfter({ 'retry-after-ms': '250', 'retry-after': '9' }, null)).toBe(250);
    const body = { error: { details: [{ retryDelay: '34.4s' }] } };
    expect(readRetryAfter({}, body)).toBe(34_400);
    expect(readRetryAfter({ 'retry-after': 'soon' }, body)).toBe(34_400);
    expect(readRetryAfter({}, { error: { details: [{ retryDelay: '-5s' }, 'x', null] } })).toBe(null);
  });
});

describe('translateThrown', () => {
  const open = new AbortController().signal;

  it.each([
    [new EgressError('address_not_allowed', 'address'), 'address_not_allowed', 'address'],
    [new EgressError('connection_failed', 'connect'), 'connection_failed', 'address'],
    [new EgressError('connection_failed', 'address'), 'connection_failed', 'address'],
    [new EgressError('connection_failed', 'tls'), 'connection_failed', 'tls'],
    [new EgressError('timeout', 'headers'), 'timeout', undefined],
    [new EgressError('too_large', 'body'), 'invalid_response', undefined],
    [new Error('anything'), 'unknown', undefined],
  ] as const)('%s', (thrown, kind, step) => {
    expect(translateThrown(thrown, open)).toMatchObject({ kind, status: null, ...(step && { step }) });
  });

  it('leaves its own errors alone, and gives an aborted call the reason of its signal', () => {
    const own = new ProviderError('overloaded', { status: 529 });
    expect(translateThrown(own, open)).toBe(own);
    const reason = new Error('stopped by the user');
    expect(translateThrown(new EgressError('aborted', 'body'), AbortSignal.abort(reason))).toBe(reason);
  });
});
