import type { CatalogueSupplier, ProviderId } from '@lyss/api-types';
import { demoBaseUrl } from './demo.ts';

/** A supplier as the catalogue shows it, without the number of its models. */
export type Supplier = Omit<CatalogueSupplier, 'models_count'>;

interface Entry {
  zh: string;
  en: string;
  wire?: Supplier['wire'];
  base_url: string | null;
  key_url?: string;
  key_example?: string;
  key_required?: boolean;
}

// From each supplier's own documentation, November 2026. Azure's address is the customer's, custom's is anybody's.
const entries: Record<ProviderId, Entry> = {
  openai: { zh: 'OpenAI', en: 'OpenAI', base_url: 'https://api.openai.com/v1', key_url: 'https://platform.openai.com/api-keys', key_example: 'sk-proj-…' },
  anthropic: { zh: 'Anthropic（Claude）', en: 'Anthropic (Claude)', wire: 'anthropic', base_url: 'https://api.anthropic.com/v1', key_url: 'https://platform.claude.com/settings/keys', key_example: 'sk-ant-api03-…' },
  google: { zh: 'Google（Gemini）', en: 'Google (Gemini)', wire: 'google', base_url: 'https://generativelanguage.googleapis.com/v1beta', key_url: 'https://aistudio.google.com/apikey', key_example: 'AIza…' },
  deepseek: { zh: 'DeepSeek（深度求索）', en: 'DeepSeek', base_url: 'https://api.deepseek.com/v1', key_url: 'https://platform.deepseek.com/api_keys', key_example: 'sk-…' },
  azure: { zh: 'Azure OpenAI', en: 'Azure OpenAI', base_url: null, key_url: 'https://ai.azure.com', key_example: '3f9c…' },
  qwen: { zh: '通义千问（阿里云百炼）', en: 'Qwen (Alibaba Cloud Model Studio)', base_url: 'https://dashscope.aliyuncs.com/compatible-mode/v1', key_url: 'https://bailian.console.aliyun.com/?tab=model#/api-key', key_example: 'sk-…' },
  moonshot: { zh: '月之暗面（Kimi）', en: 'Moonshot AI (Kimi)', base_url: 'https://api.moonshot.cn/v1', key_url: 'https://platform.moonshot.cn/console/api-keys', key_example: 'sk-…' },
  zhipu: { zh: '智谱 AI（GLM）', en: 'Zhipu AI (GLM)', base_url: 'https://open.bigmodel.cn/api/paas/v4', key_url: 'https://open.bigmodel.cn/usercenter/apikeys', key_example: 'id.secret' },
  ark: { zh: '火山方舟（豆包）', en: 'Volcengine Ark (Doubao)', base_url: 'https://ark.cn-beijing.volces.com/api/v3', key_url: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey', key_example: '00000000-0000-…' },
  mistral: { zh: 'Mistral AI', en: 'Mistral AI', base_url: 'https://api.mistral.ai/v1', key_url: 'https://console.mistral.ai/api-keys' },
  ollama: { zh: 'Ollama（本地模型）', en: 'Ollama (local models)', base_url: 'http://localhost:11434/v1', key_required: false },
  custom: { zh: '自定义（兼容 OpenAI）', en: 'Custom (OpenAI-compatible)', base_url: null, key_required: false },
  demo: { zh: '演示', en: 'Demo', base_url: demoBaseUrl, key_required: false },
};

function describe(provider: ProviderId, entry: Entry): Supplier {
  return {
    provider,
    name: { 'zh-CN': entry.zh, 'en-US': entry.en },
    wire: entry.wire ?? 'openai',
    default_base_url: entry.base_url,
    // The demo lives in the house; every other address may be a proxy or a region of the tenant's own.
    base_url_editable: provider !== 'demo',
    key_required: entry.key_required ?? true,
    key_url: entry.key_url ?? null,
    key_example: entry.key_example ?? null,
    demo: provider === 'demo',
  };
}

// The record is total over ProviderId, so its keys are ProviderIds.
export const suppliers: readonly Supplier[] = (Object.keys(entries) as ProviderId[]).map((provider) => describe(provider, entries[provider]));
