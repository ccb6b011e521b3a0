import { model as modelSchema } from '@lyss/api-types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../crypto/digest.ts';
import { VaultError } from '../../crypto/vault.ts';
import { createScene, type Scene } from './test-scene.ts';

let scene: Scene;
let tenant_id: string;

beforeAll(async () => {
  scene = await createScene();
});
beforeEach(async () => {
  tenant_id = await scene.insertTenant();
});
afterAll(() => scene.close());

const insert = (saved: Parameters<Scene['insertCredential']>[1] = {}) => scene.insertCredential(tenant_id, saved);
const list = () => scene.service.list({ tenant_id, user_id: newId() });
const resolve = (name: string) => scene.service.resolve(tenant_id, name);
const refusal = (error_name: string, reason?: string) => expect.objectContaining({ error_name, ...(reason ? { details: { reason } } : {}) });

describe('list', () => {
  it('describes each model from the catalogue, as the contract says', async () => {
    await insert({ models: ['gpt-4.1', 'unheard-of'] });
    const items = await list();
    expect(items.map((item) => modelSchema.parse(item))).toEqual(items);
    expect(items).toMatchObject([
      { name: 'gpt-4.1', supplier: 'openai', demo: false, capabilities: ['vision', 'tools', 'json'], price: { input: '2', output: '8', currency: 'USD' }, available: true, reason: null },
      { name: 'unheard-of', context_window: null, price: null, available: true },
    ]);
  });

  it('says why a model is not available, and says nothing where another credential serves it', async () => {
    await insert({ models: ['gpt-4.1', 'gpt-4o'], enabled: false });
    await insert({ models: ['gpt-4.1-mini', 'gpt-4o'], status: 'failing' });
    await insert({ models: ['gpt-4.1-nano', 'gpt-4o'], status: 'untested' });
    const reasons = Object.fromEntries((await list()).map(({ name, reason, available }) => [name, available ? 'available' : reason]));
    expect(reasons).toEqual({ 'gpt-4.1': '3006', 'gpt-4.1-mini': '4001', 'gpt-4.1-nano': 'available', 'gpt-4o': 'available' });
  });

  it('names a model that several suppliers serve once plainly, then by supplier', async () => {
    await insert({ status: 'untested' });
    await insert({ provider: 'azure' });
    await insert({ provider: 'azure', status: 'untested' });
    await insert({ provider: 'custom', models: ['openai/gpt-4.1-other', 'gpt-4.1'], enabled: false });
    const items = await list();
    expect(items.map(({ name, supplier }) => [name, supplier])).toEqual([
      ['gpt-4.1', 'azure'],
      ['openai/gpt-4.1-other', 'custom'],
      ['openai/gpt-4.1', 'openai'],
      ['custom/gpt-4.1', 'custom'],
    ]);
    for (const { name, supplier, available } of items) if (available) expect(await resolve(name)).toMatchObject({ supplier });
  });

  it('gives a name that is listed as it stands to whom a call of it would reach', async () => {
    await insert({ provider: 'custom', models: ['openai/gpt-4.1', 'gpt-4.1'] });
    await insert();
    const items = await list();
    expect(items.map(({ name, supplier }) => [name, supplier])).toEqual([['openai/gpt-4.1', 'custom'], ['gpt-4.1', 'custom']]);
    expect(await resolve('openai/gpt-4.1')).toMatchObject({ supplier: 'custom', supplier_model: 'openai/gpt-4.1' });
  });

  it('leaves out what does not chat, but believes the customer’s own names', async () => {
    await insert({ models: ['gpt-4.1', 'text-embedding-3-small', 'whisper-1'] });
    await insert({ provider: 'custom', models: ['acme-live', 'bge-m3'] });
    expect((await list()).map(({ name }) => name)).toEqual(['gpt-4.1', 'acme-live']);
  });

  it('puts the demo last and says that it is one', async () => {
    await insert({ provider: 'demo', models: ['lyss-demo'], base_url: 'https://demo.lyss.internal/v1' });
    await insert();
    expect((await list()).map(({ name, demo }) => [name, demo])).toEqual([['gpt-4.1', false], ['lyss-demo', true]]);
  });

  it('asks the price package once for a name', async () => {
    await insert({ models: ['asked-once'] });
    await list();
    await list();
    expect(scene.describe.mock.calls.filter(([, name]) => name === 'asked-once')).toHaveLength(1);
  });
});

describe('resolve', () => {
  it('gives what a call needs, and opens the key for its origin alone', async () => {
    const credential_id = await insert({ key: 'sk-secret' });
    const resolved = await resolve('gpt-4.1');
    expect(resolved).toMatchObject({
      name: 'gpt-4.1', supplier: 'openai', supplier_model: 'gpt-4.1', demo: false, credential_id, base_url: 'https://api.openai.com/v1', price: { input: '2', output: '8', cached_input: '0.5', currency: 'USD' },
    });
    expect(await resolved.credential?.revealFor('https://api.openai.com')).toBe('sk-secret');
    await expect(resolved.credential?.revealFor('https://evil.example')).rejects.toThrow(VaultError);
    expect(JSON.stringify(resolved)).not.toContain('sk-secret');
  });

  it('chooses the healthy, then the untested, then the failing, then the older one', async () => {
    await insert({ enabled: false });
    const failing = await insert({ status: 'failing' });
    expect((await resolve('gpt-4.1')).credential_id).toBe(failing);
    const untested = await insert({ status: 'untested' });
    expect((await resolve('gpt-4.1')).credential_id).toBe(untested);
    const healthy = await insert();
    await insert();
    expect((await resolve('gpt-4.1')).credential_id).toBe(healthy);
  });

  it('pins a supplier by its name before a slash, unless the name is listed as it stands', async () => {
    await insert();
    const azure = await insert({ provider: 'azure', status: 'failing' });
    expect(await resolve('azure/gpt-4.1')).toMatchObject({ name: 'azure/gpt-4.1', supplier: 'azure', supplier_model: 'gpt-4.1', credential_id: azure });
    const custom = await insert({ provider: 'custom', models: ['azure/gpt-4.1', 'meta/llama'], status: 'failing' });
    expect(await resolve('azure/gpt-4.1')).toMatchObject({ supplier: 'custom', supplier_model: 'azure/gpt-4.1', credential_id: custom });
    expect(await resolve('custom/meta/llama')).toMatchObject({ supplier_model: 'meta/llama', credential: null });
    await expect(resolve('mistral/gpt-4.1')).rejects.toEqual(refusal('RESOURCE_NOT_FOUND'));
  });

  it('tells a model that is off from one that is nobody’s, and another tenant’s is nobody’s', async () => {
    await insert({ enabled: false });
    await scene.insertCredential(await scene.insertTenant(), { models: ['theirs'] });
    await expect(resolve('gpt-4.1')).rejects.toEqual(refusal('OPERATION_NOT_ALLOWED', 'model_disabled'));
    for (const name of ['theirs', 'nobody’s', 'openai/', '/', '', newId()]) await expect(resolve(name)).rejects.toEqual(refusal('RESOURCE_NOT_FOUND'));
  });
});
