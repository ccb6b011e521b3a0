import { catalogueModel, catalogueSupplier, providerIds } from '@lyss/api-types';
import { describe, expect, it } from 'vitest';
import { describeModel, listCatalogueModels, listCatalogueSuppliers } from './catalogue.ts';
import { listCapabilities, isChatModel, isReasoningModel } from './model-traits.ts';

describe('the catalogue', () => {
  it('has every supplier of the contract once, in its order and shape', async () => {
    const suppliers = await listCatalogueSuppliers();
    expect(suppliers.map((supplier) => supplier.provider)).toEqual([...providerIds]);
    for (const supplier of suppliers) expect(catalogueSupplier.parse(supplier)).toEqual(supplier);
    const addresses = Object.fromEntries(suppliers.map((supplier) => [supplier.provider, supplier.default_base_url]));
    expect(addresses).toMatchObject({ azure: null, custom: null, ollama: 'http://localhost:11434/v1' });
    const encrypted = suppliers.filter((supplier) => supplier.default_base_url?.startsWith('https://')).map((supplier) => supplier.provider);
    expect(encrypted).toEqual(providerIds.filter((provider) => !['azure', 'custom', 'ollama'].includes(provider)));
  });

  it.each(providerIds)('has models of %s in the contract’s shape, each once', async (provider) => {
    const models = await listCatalogueModels(provider);
    for (const model of models) expect(catalogueModel.parse(model)).toEqual(model);
    expect(new Set(models.map((model) => model.name)).size).toBe(models.length);
    for (const { price } of models) for (const amount of [price?.input, price?.output, price?.cached_input ?? '0']) expect(amount ?? '0').toMatch(/^\d+(?:\.\d*[1-9])?$/);
    const unknown = ['qwen', 'ark', 'ollama', 'custom'].includes(provider);
    expect(models.length > 0).toBe(!unknown);
  });

  it('knows windows and prices of the models people ask for', async () => {
    const openai = await listCatalogueModels('openai');
    expect(openai.find((model) => model.name === 'gpt-4.1-mini')).toMatchObject({ context_window: 1_000_000, max_output_tokens: 32_768, capabilities: ['vision', 'tools', 'json'], price: { input: '0.4', output: '1.6', cached_input: '0.1', currency: 'USD' } });
    expect(openai.find((model) => model.name === 'text-embedding-3-small')).toMatchObject({ capabilities: ['embedding'], price: { output: '0' } });
    expect((await listCatalogueModels('anthropic')).find((model) => model.name === 'claude-sonnet-4-5')).toMatchObject({ context_window: 200_000, price: { input: '3', output: '15' } });
    expect((await listCatalogueModels('google')).every((model) => /^gem(?:ini|ma)-/.test(model.name))).toBe(true);
    expect((await listCatalogueModels('zhipu')).every((model) => model.name === model.name.toLowerCase())).toBe(true);
  });

  it('takes the dearest price of the day, and the one in force', async () => {
    // The package lists deepseek-chat by the hour: 0.135 at night, 0.27 by day.
    expect((await listCatalogueModels('deepseek')).find((model) => model.name === 'deepseek-chat')?.price?.input).toBe('0.27');
    // And claude-opus-4-6 with long-context tiers until 13 March 2026, flat since.
    expect((await listCatalogueModels('anthropic')).find((model) => model.name === 'claude-opus-4-6')?.price?.input).toBe('5');
  });

  it('recognises a dated name, and says what it does not know', async () => {
    expect(await describeModel('openai', 'gpt-4.1-2025-04-14')).toMatchObject({ name: 'gpt-4.1-2025-04-14', context_window: 1_000_000, price: { input: '2' } });
    expect(await describeModel('anthropic', 'claude-sonnet-4-5-20250929')).toMatchObject({ display_name: 'Claude Sonnet 4.5', price: { output: '15' } });
    expect(await describeModel('qwen', 'qwen3-max')).toEqual({ name: 'qwen3-max', display_name: 'qwen3-max', context_window: null, max_output_tokens: null, capabilities: ['tools', 'json', 'reasoning'], price: null });
    expect(await describeModel('custom', 'gpt-4o')).toMatchObject({ price: null, context_window: null });
    expect(await describeModel('demo', 'lyss-demo')).toMatchObject({ price: { input: '0' } });
  });
});

describe('traits', () => {
  it.each([
    ['gpt-5.4-mini', ['vision', 'tools', 'json', 'reasoning']],
    ['gpt-4o', ['vision', 'tools', 'json']],
    ['gpt-3.5-turbo', ['tools', 'json']],
    ['o3-mini', ['tools', 'json', 'reasoning']],
    ['claude-opus-4-6', ['vision', 'tools', 'json', 'reasoning']],
    ['claude-3-5-haiku-latest', ['vision', 'tools', 'json']],
    ['gemini-2.5-flash', ['vision', 'tools', 'json', 'reasoning']],
    ['deepseek-reasoner', ['tools', 'json', 'reasoning']],
    ['deepseek-chat', ['tools', 'json']],
    ['qwen-vl-max', ['vision', 'tools', 'json']],
    ['glm-4.5v', ['vision', 'tools', 'json', 'reasoning']],
    ['bge-m3', ['embedding']],
  ])('%s', (id, capabilities) => {
    expect(listCapabilities(id)).toEqual(capabilities);
    expect(isChatModel(id)).toBe(!capabilities.includes('embedding'));
    expect(isReasoningModel(id)).toBe(capabilities.includes('reasoning'));
  });

  it.each(['whisper-1', 'dall-e-3', 'gpt-4o-realtime-preview', 'tts-1-hd', 'omni-moderation-latest', 'gemini-2.5-flash-image', 'wanx2.1-t2i-turbo', 'sora-2'])('%s does not chat', (id) => {
    expect(isChatModel(id)).toBe(false);
  });
});
