import { apiError, errorTable, locales, otherStatuses, type ErrorName } from '@lyss/api-types';
import { describe, expect, it } from 'vitest';
import { describeError, errorTexts } from '../error-texts.ts';
import { AppError } from '../errors.ts';
import { renderError, renderOauthError } from './on-error.ts';

// The contract's own table, written out once more: a code or a status that changes here changes for every client.
const contract: Record<ErrorName, [string, ...number[]]> = {
  INVALID_INPUT: ['1001', 400],
  MISSING_REQUIRED_FIELD: ['1002', 400],
  INVALID_FORMAT: ['1003', 400, 415],
  REQUEST_TOO_LARGE: ['1004', 413],
  RATE_LIMIT_EXCEEDED: ['1005', 429],
  UNAUTHORIZED: ['2001', 401],
  TOKEN_EXPIRED: ['2002', 401],
  TOKEN_INVALID: ['2003', 401],
  INSUFFICIENT_PERMISSIONS: ['2004', 403],
  ACCOUNT_LOCKED: ['2005', 423],
  PASSWORD_INCORRECT: ['2006', 401],
  SECOND_FACTOR_REQUIRED: ['2007', 401],
  TENANT_NOT_FOUND: ['3001', 404],
  USER_ALREADY_EXISTS: ['3002', 409],
  USER_NOT_FOUND: ['3003', 404],
  INVALID_CREDENTIALS: ['3004', 422],
  RESOURCE_CONFLICT: ['3005', 409, 412],
  OPERATION_NOT_ALLOWED: ['3006', 409, 416, 422],
  RESOURCE_NOT_FOUND: ['3007', 404],
  BUDGET_EXCEEDED: ['3008', 402],
  QUOTA_EXCEEDED: ['3009', 409],
  WORKFLOW_INVALID: ['3010', 422],
  AI_PROVIDER_ERROR: ['4001', 502],
  MEMORY_SERVICE_UNAVAILABLE: ['4002', 503],
  EXTERNAL_API_TIMEOUT: ['4003', 504],
  THIRD_PARTY_ERROR: ['4004', 502],
  NETWORK_ERROR: ['4005', 502],
  DATABASE_ERROR: ['5001', 503],
  CACHE_ERROR: ['5002', 503],
  INTERNAL_SERVER_ERROR: ['5003', 500],
  SERVICE_UNAVAILABLE: ['5004', 503],
  CONFIGURATION_ERROR: ['5005', 500],
};
const names = Object.keys(errorTable) as ErrorName[];
const caller = { request_id: 'r-1', locale: 'en-US' } as const;

describe('the error table', () => {
  it.each(names)('%s has the contract’s code and statuses, and a text in each language', (name) => {
    const { code, status } = errorTable[name];
    expect([code, status, ...(otherStatuses[name] ?? [])]).toEqual(contract[name]);
    const texts = locales.map((locale) => errorTexts[name][locale]);
    expect(new Set(texts).size).toBe(locales.length);
    for (const text of texts) expect(text).toMatch(/^\S.*[.。]$/);
    expect(errorTexts[name]['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(errorTexts[name]['en-US']).not.toMatch(/\p{Script=Han}/u);
  });

  it('uses each code once', () => {
    expect(new Set(names.map((name) => errorTable[name].code)).size).toBe(names.length);
  });

  it('lets no failure carry a status that is not its own', () => {
    expect(() => new AppError('RESOURCE_CONFLICT', { status: 404 })).toThrow(TypeError);
    expect(new AppError('RESOURCE_CONFLICT', { status: 412 }).status).toBe(412);
  });
});

describe('a failure', () => {
  it.each(names)('%s is rendered in exactly the envelope', async (name) => {
    const response = renderError(new AppError(name, { details: { reason: 'x' } }), caller);
    expect(response.status).toBe(errorTable[name].status);
    const body = apiError.strict().parse(await response.json());
    expect(body).toEqual({ success: false, error: { code: errorTable[name].code, message: errorTexts[name]['en-US'], details: { reason: 'x' } }, request_id: 'r-1', timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) });
  });

  it('that nobody expected says nothing but 5003, whatever was thrown', async () => {
    for (const thrown of [new Error('canary'), 'canary', { canary: 1 }, null, undefined, Object.assign(new Error('canary'), { code: '23505', detail: 'canary' })]) {
      const text = await renderError(thrown, caller).text();
      expect(apiError.parse(JSON.parse(text)).error).toEqual(describeError(new AppError('INTERNAL_SERVER_ERROR'), 'en-US'));
      expect(text).not.toContain('canary');
    }
  });

  it.each([[0.2, '1'], [1.2, '2'], [60, '60'], [-5, '1']])('that may pass in %s s says Retry-After: %s', (seconds, header) => {
    expect(renderError(new AppError('SERVICE_UNAVAILABLE', { retry_after_s: seconds }), caller).headers.get('retry-after')).toBe(header);
    expect(renderOauthError(new AppError('SERVICE_UNAVAILABLE', { retry_after_s: seconds }), 'en-US').headers.get('retry-after')).toBe(header);
  });

  it.each([['PASSWORD_INCORRECT', 400, 'invalid_grant'], ['TOKEN_INVALID', 400, 'invalid_grant'], ['ACCOUNT_LOCKED', 400, 'invalid_grant'], ['INVALID_INPUT', 400, 'invalid_request'], ['RATE_LIMIT_EXCEEDED', 429, 'invalid_request'], ['DATABASE_ERROR', 503, 'temporarily_unavailable']] as const)('%s is OAuth’s %s %s', async (name, status, error) => {
    const response = renderOauthError(new AppError(name), 'zh-CN');
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error, error_description: errorTexts[name]['zh-CN'] });
  });

  it('says by its reason what is so, in OAuth’s form too', async () => {
    const failure = new AppError('TOKEN_INVALID', { details: { reason: 'refresh_reused' } });
    const { error } = apiError.parse(await renderError(failure, caller).json());
    expect(await renderOauthError(failure, 'en-US').json()).toEqual({ error: 'invalid_grant', error_description: error.message });
    expect(error.message).not.toBe(errorTexts.TOKEN_INVALID['en-US']);
  });
});
