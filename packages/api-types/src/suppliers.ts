import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { supplierFailureKinds } from './error.ts';
import { capability, price } from './models.ts';
import { label } from './text.ts';

export const providerIds = [
  'openai',
  'anthropic',
  'google',
  'deepseek',
  'azure',
  'qwen',
  'moonshot',
  'zhipu',
  'ark',
  'mistral',
  'ollama',
  'custom',
  'demo',
] as const;
export type ProviderId = (typeof providerIds)[number];
const provider = z.enum(providerIds);

export const catalogueModel = z
  .strictObject({
    name: z.string(),
    display_name: z.string(),
    context_window: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    capabilities: z.array(capability),
    price: price.nullable(),
  })
  .meta({ id: 'CatalogueModel' });
export type CatalogueModel = z.infer<typeof catalogueModel>;

export const catalogueSupplier = z
  .strictObject({
    provider,
    name: z.strictObject({ 'zh-CN': z.string(), 'en-US': z.string() }),
    wire: z.enum(['openai', 'anthropic', 'google']),
    default_base_url: z.string().nullable(),
    base_url_editable: z.boolean(),
    key_required: z.boolean(),
    key_url: z.string().nullable(),
    key_example: z.string().nullable(),
    demo: z.boolean(),
    models_count: z.int(),
  })
  .meta({ id: 'CatalogueSupplier' });
export type CatalogueSupplier = z.infer<typeof catalogueSupplier>;

export const credentialTest = z
  .strictObject({
    ok: z.boolean(),
    kind: z.enum(supplierFailureKinds).nullable(),
    latency_ms: z.int(),
    models: z.array(z.string()),
    steps: z.array(
      z.strictObject({
        step: z.enum(['address', 'tls', 'key', 'models', 'completion']),
        ok: z.boolean(),
        duration_ms: z.int(),
        message: z.string().describe('`ok`, or what to know of a step that passed (`not_encrypted`, `not_needed`, `unproved`); of one that failed its kind, or `name_not_found`'),
      }),
    ),
  })
  .meta({ id: 'CredentialTest' });
export type CredentialTest = z.infer<typeof credentialTest>;

export const supplierCredential = z
  .strictObject({
    id,
    provider,
    name: z.string(),
    base_url: z.string(),
    key_hint: z.string().nullable(),
    key_fingerprint: z.string().nullable(),
    models: z.array(z.string()),
    enabled: z.boolean(),
    status: z.enum(['untested', 'healthy', 'failing']).describe('`untested` until a test or a call through it has said something'),
    last_test: z.strictObject({ at: instant, ok: z.boolean(), kind: z.enum(supplierFailureKinds).nullable(), latency_ms: z.int() }).nullable(),
    dependents: z.strictObject({ conversations: z.int(), running_replies: z.int() }),
    last_24h: z.strictObject({ answered: z.int(), failed: z.int(), first_token_ms: z.int().nullable() }).describe('Calls through it that ended in the last 24 hours, and the median wait for their first token'),
    key_changed_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'SupplierCredential' });
export type SupplierCredential = z.infer<typeof supplierCredential>;

// A key goes into one header: visible ASCII only, so that it can never carry a second one.
const apiKey = z.string().min(1).max(512).regex(/^[\x21-\x7e]+$/);
const baseUrl = z.url({ protocol: /^https?$/ }).max(500);
export const SUPPLIER_MOST_MODELS = 500;
const modelNames = z.array(z.string().min(1).max(200).regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)).max(SUPPLIER_MOST_MODELS);

const testBody = z.strictObject({ provider, base_url: baseUrl.optional(), api_key: apiKey.optional(), model: z.string().min(1).max(200).optional() });
export type TestSupplierInput = z.infer<typeof testBody>;
const createBody = z.strictObject({
  provider,
  name: label(80),
  base_url: baseUrl.optional(),
  api_key: apiKey.optional(),
  models: modelNames.optional().describe('Left out: all that the test finds'),
  enabled: z.boolean().default(true),
});
export type CreateSupplierInput = z.infer<typeof createBody>;
const replaceBody = z.strictObject({
  name: label(80),
  base_url: baseUrl.optional(),
  api_key: apiKey.optional().describe('Asked again whenever the host changes'),
  models: modelNames.optional(),
  enabled: z.boolean(),
});
export type ReplaceSupplierInput = z.infer<typeof replaceBody>;

export const suppliersQuery = listQuery(['created_at', 'name', 'provider', 'updated_at'], {
  provider: provider.optional(),
  status: z.enum(['untested', 'healthy', 'failing']).optional(),
  enabled: z.enum(['true', 'false']).optional(),
});
export type SuppliersQuery = z.infer<typeof suppliersQuery>;
const params = z.strictObject({ id });

export const supplierEndpoints = {
  available: endpoint({
    method: 'GET',
    path: '/api/v1/admin/suppliers/available',
    summary: 'The catalogue of suppliers',
    data: z.strictObject({ items: z.array(catalogueSupplier) }),
    permission: 'suppliers.read',
  }),
  providerModels: endpoint({
    method: 'GET',
    path: '/api/v1/admin/suppliers/providers/{provider}/models',
    summary: 'A supplier’s models with windows, capabilities and prices',
    params: z.strictObject({ provider }),
    data: z.strictObject({ items: z.array(catalogueModel) }),
    permission: 'suppliers.read',
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/v1/admin/suppliers/test',
    summary: 'Try a key before saving it; nothing is stored',
    body: testBody,
    data: credentialTest,
    errors: ['RATE_LIMIT_EXCEEDED'],
    permission: 'suppliers.write',
    audit: 'suppliers.tested',
    replayable: false,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/suppliers',
    summary: 'The tenant’s supplier credentials; keys never come out',
    query: suppliersQuery,
    data: page(supplierCredential),
    permission: 'suppliers.read',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/suppliers',
    summary: 'Add a credential; a key that its supplier refuses is not saved',
    body: createBody,
    data: supplierCredential,
    status: 201,
    errors: ['RATE_LIMIT_EXCEEDED', 'INVALID_CREDENTIALS', 'RESOURCE_CONFLICT', 'NETWORK_ERROR', 'AI_PROVIDER_ERROR', 'EXTERNAL_API_TIMEOUT'],
    permission: 'suppliers.write',
    audit: 'suppliers.created',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/suppliers/{id}',
    summary: 'One credential',
    params,
    data: supplierCredential,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'suppliers.read',
  }),
  replace: endpoint({
    method: 'PUT',
    path: '/api/v1/admin/suppliers/{id}',
    summary: 'Change name, host, models or state; a new host asks for the key again',
    params,
    body: replaceBody,
    data: supplierCredential,
    errors: ['RATE_LIMIT_EXCEEDED', 'RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'INVALID_CREDENTIALS', 'OPERATION_NOT_ALLOWED', 'NETWORK_ERROR', 'AI_PROVIDER_ERROR', 'EXTERNAL_API_TIMEOUT'],
    permission: 'suppliers.write',
    versioned: true,
    audit: 'suppliers.updated',
  }),
  rotate: endpoint({
    method: 'POST',
    path: '/api/v1/admin/suppliers/{id}/rotate',
    summary: 'Replace the key; the old one stays until the new one has been accepted',
    params,
    body: z.strictObject({ api_key: apiKey }),
    data: supplierCredential,
    errors: ['RATE_LIMIT_EXCEEDED', 'RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'INVALID_CREDENTIALS', 'OPERATION_NOT_ALLOWED', 'NETWORK_ERROR', 'AI_PROVIDER_ERROR', 'EXTERNAL_API_TIMEOUT'],
    permission: 'suppliers.write',
    versioned: true,
    audit: 'suppliers.key_replaced',
  }),
  testSaved: endpoint({
    method: 'POST',
    path: '/api/v1/admin/suppliers/{id}/test',
    summary: 'Try a saved credential',
    params,
    data: credentialTest,
    errors: ['RESOURCE_NOT_FOUND', 'RATE_LIMIT_EXCEEDED'],
    permission: 'suppliers.write',
    audit: 'suppliers.tested',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/suppliers/{id}',
    summary: 'Delete a credential; refused with what depends on it unless `detach=true`, and always while a reply runs through it',
    params,
    query: z.strictObject({ detach: z.enum(['true', 'false']).optional() }),
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'RESOURCE_CONFLICT'],
    permission: 'suppliers.write',
    versioned: true,
    audit: 'suppliers.removed',
  }),
};
