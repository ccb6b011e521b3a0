import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';
import { supplierFailureKinds } from './error.ts';
import { capability, price } from './models.ts';
import { money } from './money.ts';
import { systemRoles } from './permission.ts';
import { providerIds } from './suppliers.ts';
import { currency, label } from './text.ts';

export const MODEL_MOST_ALIASES = 10;
export const MODEL_MOST_ROLES = 50;
const LONGEST_WINDOW = 100_000_000;
const provider = z.enum(providerIds);

/** Up to a million for a million tokens, nine digits after the point: what the ledger reckons with. */
export const ratePerMillion = z.string().regex(/^\d{1,7}(?:\.\d{1,9})?$/).describe('A decimal per 1,000,000 tokens, in the tenant’s currency');
const ownPrice = z.strictObject({ input: ratePerMillion, cached_input: ratePerMillion.nullable().default(null), output: ratePerMillion });

// No slash: `supplier/model` pins a supplier, and no alias may look like one.
export const modelAlias = z.string().min(1).max(100).regex(/^[\p{L}\p{N}][\p{L}\p{N}._:@+-]*$/u);
const roleId = z.union([z.enum(systemRoles), id]);
const tokens = z.int().min(1).max(LONGEST_WINDOW).nullable();

export const tenantModel = z
  .strictObject({
    id: id.describe('Of this model of this supplier in this tenant, as long as a credential lists it'),
    provider,
    name: z.string().describe('What its supplier calls it'),
    display_name: z.string(),
    own_display_name: z.string().nullable(),
    aliases: z.array(z.string()).describe('Names by which it can be called too'),
    demo: z.boolean(),
    credentials: z.array(z.strictObject({ id, name: z.string(), enabled: z.boolean(), status: z.enum(['untested', 'healthy', 'failing']) })).describe('Those that serve it, first the one that a call takes'),
    capabilities: z.array(capability),
    context_window: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    own_context_window: z.int().nullable(),
    own_max_output_tokens: z.int().nullable(),
    offered: z.boolean(),
    roles: z.array(z.strictObject({ id: roleId, name: z.string() })).nullable().describe('To whom it is offered; null for everyone'),
    price: price.nullable().describe('What a call costs now, in the tenant’s currency; null where nobody knows'),
    price_source: z.enum(['own', 'catalogue']).nullable(),
    own_price: price.nullable(),
    catalogue_price: price.nullable().describe('In USD'),
    last_used_at: instant.nullable(),
    version: z.int().positive().describe('Send it back as If-Match: "<version>"'),
  })
  .meta({ id: 'TenantModel' });
export type TenantModel = z.infer<typeof tenantModel>;

export const tenantModelDetails = tenantModel
  .extend({ last_30_days: z.strictObject({ requests: z.int(), unpriced: z.int().describe('Those whose cost nobody knows'), cost: money }) })
  .meta({ id: 'TenantModelDetails' });
export type TenantModelDetails = z.infer<typeof tenantModelDetails>;

const by = z.strictObject({ user_id: id, name: z.string() }).nullable().describe('Null for somebody who is no longer there');
export const modelPrice = z.strictObject({ id, price: price.nullable().describe('Null where the own price was taken back'), by, created_at: instant }).meta({ id: 'ModelPrice' });
export type ModelPrice = z.infer<typeof modelPrice>;

const exchangeRate = z.strictObject({ id, currency: z.string(), rate: z.string().nullable(), by, created_at: instant });
export const exchangeRates = z
  .strictObject({
    from: z.literal('USD').describe('What the catalogue’s prices are in'),
    to: z.string().describe('The tenant’s currency'),
    rate: z.string().nullable().describe('How much of the tenant’s currency one US dollar is; null where nobody said'),
    is_needed: z.boolean().describe('False for a tenant that reckons in US dollars'),
    history: z.array(exchangeRate).describe('The newest hundred'),
  })
  .meta({ id: 'ExchangeRates' });
export type ExchangeRates = z.infer<typeof exchangeRates>;

export const modelSync = z
  .strictObject({
    credential: z.strictObject({ id, name: z.string(), provider }),
    ok: z.boolean(),
    kind: z.enum(supplierFailureKinds).nullable(),
    came: z.array(z.string()),
    went: z.array(z.string()),
    left_aside: z.array(z.string()).describe('New at a supplier of whose models the tenant had chosen some: not taken'),
  })
  .meta({ id: 'ModelSync' });
export type ModelSync = z.infer<typeof modelSync>;

const updateBody = z.strictObject({
  display_name: label(80).nullable().optional(),
  aliases: z.array(modelAlias).max(MODEL_MOST_ALIASES).refine((list) => new Set(list).size === list.length, { message: 'each alias once' }).optional(),
  offered: z.boolean().optional(),
  roles: z.array(roleId).min(1).max(MODEL_MOST_ROLES).refine((list) => new Set(list).size === list.length, { message: 'each role once' }).nullable().optional().describe('System roles and ids of the tenant’s own; null for everyone'),
  price: ownPrice.nullable().optional().describe('In the tenant’s currency, in force from now; null goes back to the catalogue’s'),
  context_window: tokens.optional(),
  max_output_tokens: tokens.optional(),
});
export type UpdateTenantModelInput = z.output<typeof updateBody>;

const flag = z.enum(['true', 'false']).optional();
const tenantModelsQuery = listQuery(['name', 'provider', 'context_window', 'input_price', 'output_price'], {
  provider: provider.optional(),
  capability: capability.optional(),
  offered: flag,
  priced: flag.describe('Whether its price in the tenant’s currency is known'),
});
export type TenantModelsQuery = z.output<typeof tenantModelsQuery>;
const pricesQuery = listQuery(['created_at'], {});
export type ModelPricesQuery = z.output<typeof pricesQuery>;

const rateBody = z.strictObject({
  to: currency.describe('The currency that the rate is for: the tenant’s, as the caller knows it'),
  rate: z.string().regex(/^(?=.*[1-9])\d{1,7}(?:\.\d{1,9})?$/).nullable().describe('How much of it one US dollar is; null takes it back'),
});
export type PutExchangeRateInput = z.output<typeof rateBody>;
const params = z.strictObject({ id });
const path = '/api/v1/admin/models';

export const tenantModelEndpoints = {
  list: endpoint({ method: 'GET', path, summary: 'Every model that the tenant’s credentials serve, with its prices and to whom it is offered', query: tenantModelsQuery, data: page(tenantModel), permission: 'models.read' }),
  read: endpoint({ method: 'GET', path: `${path}/{id}`, summary: 'One model, with what it cost in the last 30 days', params, data: tenantModelDetails, errors: ['RESOURCE_NOT_FOUND'], permission: 'models.read' }),
  update: endpoint({
    method: 'PATCH',
    path: `${path}/{id}`,
    summary: 'Offer a model or not, to whom, under which names, at which price; felt by calls within a second',
    params,
    body: updateBody,
    data: tenantModel,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'models.write',
    audit: 'models.updated',
  }),
  listPrices: endpoint({ method: 'GET', path: `${path}/{id}/prices`, summary: 'The own prices that a model had', params, query: pricesQuery, data: page(modelPrice), errors: ['RESOURCE_NOT_FOUND'], permission: 'models.read' }),
  sync: endpoint({
    method: 'POST',
    path: `${path}/sync`,
    summary: 'Ask the suppliers for their lists anew: what came and what went, by credential',
    data: z.strictObject({ items: z.array(modelSync) }),
    errors: ['RATE_LIMIT_EXCEEDED'],
    permission: 'models.write',
    audit: 'models.synced',
  }),
  readRates: endpoint({ method: 'GET', path: '/api/v1/admin/exchange-rates', summary: 'What one US dollar is in the tenant’s currency, and was', data: exchangeRates, permission: 'models.read' }),
  replaceRate: endpoint({
    method: 'PUT',
    path: '/api/v1/admin/exchange-rates',
    summary: 'Say what one US dollar is in the tenant’s currency, from now on',
    body: rateBody,
    data: exchangeRates,
    errors: ['OPERATION_NOT_ALLOWED', 'RESOURCE_CONFLICT'],
    permission: 'models.write',
    audit: 'exchange_rates.replaced',
  }),
};
