import { apiError, errorTable, KEY_PREFIX, listEndpoints, oauthError, otherStatuses, type Endpoint, type ErrorName } from '@lyss/api-types';
import { z } from 'zod';
import { nameOauthError } from './on-error.ts';

type Schema = Record<string, unknown>;

/** A person's own session, by either carrier. */
const SESSION = [{ cookie: [] }, { bearer: [] }];

/** The OpenAPI 3.1 document of the console API, from the contract alone. */
export function buildOpenapi(version: string): Schema {
  const components: Record<string, Schema> = {};
  const paths: Record<string, Record<string, Schema>> = {};
  for (const [id, endpoint] of listEndpoints()) {
    paths[endpoint.path] ??= {};
    (paths[endpoint.path] as Record<string, Schema>)[endpoint.method.toLowerCase()] = describeOperation(id, endpoint, components);
  }
  for (const schema of [apiError, oauthError]) toSchema(schema, 'output', components);
  return {
    openapi: '3.1.0',
    info: { title: 'Lyss console API', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [...SESSION, { api_key: [] }],
    tags: [...new Set(listEndpoints().map(([id]) => id.split('.')[0]))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-lyss_at' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        api_key: { type: 'http', scheme: 'bearer', bearerFormat: `${KEY_PREFIX}…`, description: 'A person’s API key; the operation’s x-permission must be in its scopes' },
      },
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function describeOperation(id: string, endpoint: Endpoint, components: Record<string, Schema>): Schema {
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: endpoint.summary,
    'x-permission': endpoint.permission,
    ...(endpoint.permission === 'public' ? { security: [] } : endpoint.carriers === 'session' ? { security: SESSION } : {}),
    parameters: [...describeParameters(endpoint.params, 'path', components), ...describeParameters(endpoint.query, 'query', components), ...headerParameters(endpoint)],
    ...(['POST', 'PUT', 'PATCH'].includes(endpoint.method) ? { requestBody: describeBody(endpoint, components) } : {}),
    responses: { [endpoint.status]: describeAnswer(endpoint, components), ...(endpoint.kind === 'file' ? { 206: PART } : {}), ...describeErrors(endpoint) },
  };
}

function describeParameters(schema: z.ZodType, place: 'path' | 'query', components: Record<string, Schema>): Schema[] {
  const { properties = {}, required = [] } = toSchema(schema, 'input', components) as { properties?: Record<string, Schema>; required?: string[] };
  return Object.entries(properties).map(([name, value]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: value }));
}

function headerParameters(endpoint: Endpoint): Schema[] {
  const headers: [boolean, string][] = [
    [endpoint.kind === 'image', 'If-None-Match'],
    [endpoint.method === 'POST' && endpoint.permission !== 'public', 'Idempotency-Key'],
    [endpoint.versioned, 'If-Match'],
    [endpoint.kind === 'stream' && endpoint.method === 'GET', 'Last-Event-ID'],
    [endpoint.kind === 'file', 'Range'],
    [endpoint.kind === 'file', 'If-Range'],
  ];
  return headers.filter(([fits]) => fits).map(([, name]) => ({ name, in: 'header', required: false, schema: { type: 'string' } }));
}

function describeBody(endpoint: Endpoint, components: Record<string, Schema>): Schema {
  const type = endpoint.kind === 'oauth' ? 'application/x-www-form-urlencoded' : 'application/json';
  return { required: true, content: { [type]: { schema: toSchema(endpoint.body, 'input', components) } } };
}

function describeAnswer(endpoint: Endpoint, components: Record<string, Schema>): Schema {
  if (endpoint.status === 204) return { description: 'Done' };
  if (endpoint.kind === 'file') return { description: 'The file itself, to be saved', content: { '*/*': {} } };
  if (endpoint.kind === 'image') return { description: 'The picture itself, with a strong ETag', content: { 'image/*': {} } };
  const data = toSchema(endpoint.data, 'output', components);
  if (endpoint.kind === 'stream') return { description: 'Server-sent events; each has an id, an event and this JSON as data', content: { 'text/event-stream': { schema: data } } };
  if (endpoint.kind === 'oauth') return { description: 'RFC 6749 §5.1', content: { 'application/json': { schema: data } } };
  const envelope = {
    type: 'object',
    required: ['success', 'data', 'request_id', 'timestamp'],
    properties: { success: { const: true }, data, message: { type: 'string' }, request_id: { type: 'string' }, timestamp: { type: 'string', format: 'date-time' } },
  };
  return { description: 'Success', content: { 'application/json': { schema: envelope } } };
}

// A version that somebody else has changed meanwhile: RFC 9110 §15.5.13.
const STALE = 412;
// A part of a file that is not there: RFC 9110 §15.5.17.
const BEYOND = 416;
const PART = { description: 'The part of the file that Range asks for (RFC 9110 §15.3.7)', content: { '*/*': {} } };

/** Every failure of an endpoint by status, with the codes that it may carry there. */
function describeErrors(endpoint: Endpoint): Record<string, Schema> {
  const always = ['INVALID_INPUT', 'MISSING_REQUIRED_FIELD', 'RATE_LIMIT_EXCEEDED', 'INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'DATABASE_ERROR'] as const;
  const signedIn = ['UNAUTHORIZED', 'TOKEN_EXPIRED', 'TOKEN_INVALID', 'INSUFFICIENT_PERMISSIONS'] as const;
  const names: ErrorName[] = [...always, ...(endpoint.permission === 'public' ? [] : signedIn), ...endpoint.errors];
  // A write may come with a body that is not JSON or too long, and from another site.
  if (endpoint.method !== 'GET') names.push('INVALID_FORMAT', 'REQUEST_TOO_LARGE', 'INSUFFICIENT_PERMISSIONS');
  if ((endpoint.method === 'POST' && endpoint.permission !== 'public') || endpoint.versioned) names.push('RESOURCE_CONFLICT');
  const isOauth = endpoint.kind === 'oauth';
  const rows = [...new Set(names)].flatMap((name) => {
    const ours = `${errorTable[name].code} ${name}`;
    const statuses = [errorTable[name].status, ...(otherStatuses[name] ?? [])].filter((status) => (status !== STALE || endpoint.versioned) && (status !== BEYOND || endpoint.kind === 'file'));
    if (!isOauth) return statuses.map((status) => ({ text: ours, status }));
    return statuses.map((each) => nameOauthError(name, each)).map(({ error, status }) => ({ text: `${error} (${ours})`, status }));
  });
  return Object.fromEntries(
    [...Map.groupBy(rows, ({ status }) => status)]
      .sort(([a], [b]) => a - b)
      .map(([status, found]) => [
        String(status),
        {
          description: [...new Set(found.map(({ text }) => text))].join(', '),
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${isOauth ? 'OauthError' : 'ApiError'}` } } },
        },
      ]),
  );
}

/** A JSON Schema (2020-12, OpenAPI 3.1's own) whose named parts stand once, under components. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Record<string, Schema>): Schema {
  const { $schema: _dialect, $defs = {}, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Schema & { $defs?: Record<string, Schema> };
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : rename(inner)]),
    );
  };
  for (const [name, definition] of Object.entries($defs)) {
    const { id: _id, ...rest } = rename(definition) as Schema;
    components[name] ??= rest;
  }
  const { id: name, ...rest } = rename(own) as Schema & { id?: string };
  if (name === undefined) return rest;
  components[name] ??= rest;
  return { $ref: `#/components/schemas/${name}` };
}
