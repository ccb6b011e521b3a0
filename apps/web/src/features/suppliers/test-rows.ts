import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';

/** A saved credential, complete as the contract's. */
export function credential(changes: Partial<SupplierCredential> = {}): SupplierCredential {
  return {
    id: '0198c0de-0000-7000-8000-00000000c001',
    provider: 'openai',
    name: '研发主力',
    base_url: 'https://api.openai.com/v1',
    key_hint: 'sk-…c4f2',
    key_fingerprint: '9f2c71ab',
    models: ['gpt-5.2', 'gpt-5.2-mini'],
    enabled: true,
    status: 'healthy',
    last_test: { at: '2026-11-22T08:00:00.000Z', ok: true, kind: null, latency_ms: 842 },
    dependents: { conversations: 0, running_replies: 0 },
    last_24h: { answered: 128, failed: 3, first_token_ms: 640 },
    key_changed_at: '2026-10-20T08:00:00.000Z',
    created_at: '2026-09-01T08:00:00.000Z',
    updated_at: '2026-11-20T08:00:00.000Z',
    version: 4,
    ...changes,
  };
}

/** A kind of supplier, complete as the contract's. */
export function catalogueKind(changes: Partial<CatalogueSupplier> = {}): CatalogueSupplier {
  return {
    provider: 'openai',
    name: { 'zh-CN': 'OpenAI', 'en-US': 'OpenAI' },
    wire: 'openai',
    default_base_url: 'https://api.openai.com/v1',
    base_url_editable: true,
    key_required: true,
    key_url: 'https://platform.openai.com/api-keys',
    key_example: 'sk-proj-…',
    demo: false,
    models_count: 93,
    ...changes,
  };
}
