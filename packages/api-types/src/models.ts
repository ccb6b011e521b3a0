import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { errorTable, type ErrorCode } from './error.ts';

export const capabilities = ['vision', 'tools', 'json', 'reasoning', 'embedding', 'workflow'] as const;
export const capability = z.enum(capabilities);
export type Capability = z.infer<typeof capability>;

/** Decimal strings per 1,000,000 tokens. */
export const price = z
  .strictObject({ input: z.string(), output: z.string(), cached_input: z.string().nullable(), currency: z.string() })
  .meta({ id: 'Price' });
export type Price = z.infer<typeof price>;

const reasons = [errorTable.OPERATION_NOT_ALLOWED.code, errorTable.AI_PROVIDER_ERROR.code, errorTable.INSUFFICIENT_PERMISSIONS.code] as const satisfies readonly ErrorCode[];

export const model = z
  .strictObject({
    name: z.string(),
    aliases: z.array(z.string()).describe('Names by which it can be called too'),
    display_name: z.string(),
    supplier: z.string(),
    demo: z.boolean(),
    context_window: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    capabilities: z.array(capability),
    price: price.nullable(),
    available: z.boolean(),
    reason: z.enum(reasons).nullable().describe('Why not, where `available` is false: 2004 it is offered to other roles, 3006 its credential is off, 4001 its last test failed'),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof model>;

export const modelEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/models',
    summary: 'What I can chat with now, and why not where not',
    data: z.strictObject({ items: z.array(model) }),
    permission: 'chat.use',
  }),
};
