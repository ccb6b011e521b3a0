import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { permissions } from './permission.ts';
import { label } from './text.ts';
import { userStatuses } from './users.ts';

/** What every key of ours begins with; 43 characters of base64url, 256 random bits, follow. */
export const KEY_PREFIX = 'lyss_';
export const KEY_MOST_MODELS = 100;
export const KEY_MOST_NETWORKS = 50;
/** The longest CIDR block there is: an IPv6 address with a dotted tail, and its bits. */
const NETWORK_CHARACTERS = 49;
const MODEL_CHARACTERS = 200;
const MOST_OVERLAP_HOURS = 168;

export const keyStatuses = ['active', 'expired', 'revoked'] as const;

export const apiKey = z
  .strictObject({
    id,
    name: z.string(),
    hint: z.string().describe('Its last four characters: lyss_…c4f2'),
    scopes: z.array(z.enum(permissions)).describe('It may do what is in here and what its person may do now'),
    models: z.array(z.string()).nullable().describe('The models that it may use; null for all'),
    allowed_networks: z.array(z.string()).describe('CIDR blocks that it may be used from; empty for anywhere'),
    status: z.enum(keyStatuses),
    expires_at: instant.nullable(),
    last_used_at: instant.nullable().describe('Exact to the minute'),
    rotated_at: instant.nullable(),
    overlap_ends_at: instant.nullable().describe('Until then the key that was rotated out works too'),
    revoked_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

export const shownApiKey = apiKey.extend({ key: z.string().describe('Shown this one time, stored nowhere') }).meta({ id: 'ShownApiKey' });
export type ShownApiKey = z.infer<typeof shownApiKey>;

export const personsApiKey = apiKey
  .extend({ user: z.strictObject({ id, name: z.string(), email: z.string(), status: z.enum(userStatuses) }) })
  .meta({ id: 'PersonsApiKey' });
export type PersonsApiKey = z.infer<typeof personsApiKey>;

const isSet = (list: string[]) => new Set(list).size === list.length;
const scopes = z.array(z.enum(permissions)).min(1).max(permissions.length).refine(isSet, { message: 'each permission once' });
const models = z.array(label(MODEL_CHARACTERS)).min(1).max(KEY_MOST_MODELS).refine(isSet, { message: 'each model once' }).nullable();
const networks = z.array(z.string().trim().min(1).max(NETWORK_CHARACTERS)).max(KEY_MOST_NETWORKS).describe('IPv4 or IPv6, CIDR blocks or single addresses');
const expiry = instant.nullable().describe('In the future, at most two years ahead; null for a key that does not end by itself');

const createBody = z.strictObject({ name: label(80), scopes, models: models.default(null), expires_at: expiry.default(null), allowed_networks: networks.default([]) });
export type CreateApiKeyInput = z.output<typeof createBody>;
const updateBody = z.strictObject({
  name: label(80).optional(),
  scopes: scopes.optional(),
  models: models.optional(),
  expires_at: expiry.optional(),
  allowed_networks: networks.optional(),
});
export type UpdateApiKeyInput = z.output<typeof updateBody>;
const rotateBody = z.strictObject({ overlap_hours: z.int().min(0).max(MOST_OVERLAP_HOURS).default(24).describe('How long the key that is replaced goes on') });

const sortable = ['created_at', 'name', 'last_used_at', 'expires_at'] as const;
const filters = { status: z.enum(keyStatuses).optional(), scope: z.enum(permissions).optional() };
const apiKeysQuery = listQuery(sortable, filters);
export type ApiKeysQuery = z.output<typeof apiKeysQuery>;
const allQuery = listQuery(sortable, { ...filters, user_id: id.optional().describe('Whose') });
export type AllApiKeysQuery = z.output<typeof allQuery>;

const params = z.strictObject({ id });

export const apiKeyEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: 'My API keys, those that ended in the last 30 days too',
    query: apiKeysQuery,
    data: page(apiKey),
    permission: 'api_keys.use',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/api-keys/{id}',
    summary: 'One of my API keys',
    params,
    data: apiKey,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'api_keys.use',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Make an API key, which is shown this one time; at most 50 live ones a person',
    body: createBody,
    data: shownApiKey,
    status: 201,
    errors: ['QUOTA_EXCEEDED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'api_keys.use',
    carriers: 'session',
    audit: 'api_keys.created',
    replayable: false,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/api-keys/{id}',
    summary: 'Rename a key or change what it may do, with which models, until when and from where',
    params,
    body: updateBody,
    data: apiKey,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'api_keys.use',
    carriers: 'session',
    audit: 'api_keys.updated',
  }),
  rotate: endpoint({
    method: 'POST',
    path: '/api/v1/api-keys/{id}/rotate',
    summary: 'Replace a key by a new one, shown this one time; the old one goes on for a while',
    params,
    body: rotateBody,
    data: shownApiKey,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'api_keys.use',
    versioned: true,
    carriers: 'session',
    audit: 'api_keys.rotated',
    replayable: false,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/api-keys/{id}',
    summary: 'Revoke my key; dead everywhere within a second',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'api_keys.use',
    versioned: true,
    carriers: 'session',
    audit: 'api_keys.revoked',
  }),
  listAll: endpoint({
    method: 'GET',
    path: '/api/v1/admin/api-keys',
    summary: 'Everybody’s API keys in the tenant, with whose they are',
    query: allQuery,
    data: page(personsApiKey),
    permission: 'api_keys.manage',
  }),
  readAny: endpoint({
    method: 'GET',
    path: '/api/v1/admin/api-keys/{id}',
    summary: 'Anybody’s API key, with whose it is',
    params,
    data: personsApiKey,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'api_keys.manage',
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/api-keys/{id}',
    summary: 'Revoke anybody’s key, with a reason that the audit keeps',
    params,
    query: z.strictObject({ reason: label(200) }),
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'api_keys.manage',
    versioned: true,
    carriers: 'session',
    audit: 'api_keys.revoked',
  }),
};
