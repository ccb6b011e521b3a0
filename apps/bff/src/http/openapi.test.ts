import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listEndpoints, oauthError } from '@lyss/api-types';
import { describe, expect, it } from 'vitest';
import { buildOpenapi } from './openapi.ts';

interface Operation {
  operationId: string;
  security?: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const document = buildOpenapi('0.1.0') as { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, { properties?: object }> } };
const operationOf = (path: string, method: string) => document.paths[path]?.[method.toLowerCase()] as Operation;

function listReferences(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : listReferences(inner)));
}

describe('the OpenAPI document', () => {
  it('has an operation for every endpoint and for nothing else', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(operations.sort()).toEqual(listEndpoints().map(([id]) => id).sort());
  });

  it('refers to nothing that is not in it, and holds nothing that nobody refers to', () => {
    const references = new Set(listReferences(document));
    const named = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    for (const reference of references) expect(named).toContain(reference);
    for (const name of named) expect(references).toContain(name);
  });

  it.each(listEndpoints())('%s has its parameters, body, answer and failures', (_id, { method, path, permission, carriers, kind, status, versioned }) => {
    const operation = operationOf(path, method);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(operation.security).toEqual(permission === 'public' ? [] : carriers === 'session' ? [{ cookie: [] }, { bearer: [] }] : undefined);
    expect(Object.keys(operation.responses)).toContain(String(status));
    for (const [code, response] of Object.entries(operation.responses)) {
      if (Number(code) >= 400) expect(response.content?.['application/json']?.schema).toEqual({ $ref: `#/components/schemas/${kind === 'oauth' ? 'OauthError' : 'ApiError'}` });
    }
    expect(operation.parameters.some(({ name }) => name === 'If-Match')).toBe(versioned);
    expect('412' in operation.responses).toBe(versioned);
    expect('401' in operation.responses || permission === 'public').toBe(true);
    const type = kind === 'oauth' ? 'application/x-www-form-urlencoded' : 'application/json';
    if (['POST', 'PUT', 'PATCH'].includes(method)) expect(Object.keys(operation.requestBody?.content ?? {})).toEqual([type]);
  });

  it('says of the token route what OAuth says: its own body, with the code that stands for ours', () => {
    const { responses } = operationOf('/api/v1/auth/token', 'POST');
    expect(Object.fromEntries(Object.entries(responses).map(([status, { description }]) => [status, description]))).toMatchObject({
      400: expect.stringContaining('invalid_grant (2006 PASSWORD_INCORRECT)'),
      409: 'invalid_request (3005 RESOURCE_CONFLICT)',
      429: 'invalid_request (1005 RATE_LIMIT_EXCEEDED)',
      503: expect.stringContaining('temporarily_unavailable (5001 DATABASE_ERROR)'),
    });
    expect(Object.keys(responses)).not.toContain('401');
    expect(Object.keys(document.components.schemas['OauthError']?.properties ?? {})).toEqual(Object.keys(oauthError.shape));
  });

  it('lets no secret of a supplier out in any answer', () => {
    for (const name of ['SupplierCredential', 'User', 'Me', 'Tenant']) expect(Object.keys(document.components.schemas[name]?.properties ?? {}).join()).not.toMatch(/(?<!shortest_)password(?!_policy\b)|api_key|token|hash|secret/);
  });

  it.each(['generate-openapi', 'generate-env-example'])('%s: what is committed is what the code says', (script) => {
    // Ends with 1, and this throws, where it has drifted.
    expect(execFileSync(process.execPath, [`${root}apps/bff/scripts/${script}.mjs`, '--check'], { encoding: 'utf8' })).toBe('');
    expect(JSON.parse(readFileSync(`${root}apps/bff/package.json`, 'utf8')).version).toBe((JSON.parse(readFileSync(`${root}docs/openapi.json`, 'utf8')) as { info: { version: string } }).info.version);
  });
});
