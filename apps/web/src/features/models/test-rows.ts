import type { TenantModel } from '@lyss/api-types';

/** A model as the server would answer it. */
export function tenantModel(more: Partial<TenantModel> = {}): TenantModel {
  const price = { input: '2', output: '8', cached_input: '0.5', currency: 'USD' };
  return {
    id: '0198c0de-0000-7000-8000-00000000d001',
    provider: 'openai',
    name: 'gpt-4.1',
    display_name: 'GPT 4.1',
    own_display_name: null,
    aliases: ['fast'],
    demo: false,
    credentials: [{ id: '0198c0de-0000-7000-8000-00000000c001', name: 'Main', enabled: true, status: 'healthy' }],
    capabilities: ['vision', 'tools', 'json'],
    context_window: 1_047_576,
    max_output_tokens: 32_768,
    own_context_window: null,
    own_max_output_tokens: null,
    offered: true,
    roles: null,
    price,
    price_source: 'catalogue',
    own_price: null,
    catalogue_price: price,
    last_used_at: null,
    version: 3,
    ...more,
  };
}
