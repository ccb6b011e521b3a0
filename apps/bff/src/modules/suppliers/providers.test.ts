import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEgress, parseAllow, type Egress } from '../../egress/fetch.ts';
import { createProviders } from '../../providers/registry.ts';
import type { SupplierCall } from './ports.ts';
import { createSupplierService, type SupplierService } from './service.ts';
import { createScene, failure, KEY, OTHER_KEY, readAudit, type Scene } from './test-scene.ts';

let scene: Scene;
let egress: Egress;
let service: SupplierService;
let ada: SupplierCall;
let base_url: string;

/** A supplier on loopback that knows one key and, asked with another, answers with what it was given. */
let reached = 0;
const server = createServer((request, response) => {
  reached += 1;
  const answer = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.headers.authorization !== `Bearer ${KEY}`) return answer(401, { error: { message: `Incorrect API key: ${request.headers.authorization}`, code: 'invalid_api_key' } });
  if (request.url === '/v1/models') return answer(200, { object: 'list', data: [{ id: 'small-model' }] });
  request.resume();
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
  return answer(200, { id: '1', object: 'chat.completion', model: 'small-model', choices, usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
});

beforeAll(async () => {
  scene = await createScene();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  base_url = `http://127.0.0.1:${port}/v1`;
  egress = createEgress({ allow: parseAllow(`127.0.0.1:${port},localhost:${port}`) });
  service = createSupplierService({ ...scene.ports, providers: createProviders(egress) });
});
beforeEach(async () => {
  ada = await scene.asTenant();
});
afterAll(async () => {
  await egress.close();
  await new Promise((resolve) => server.close(resolve));
  await scene.close();
});

describe('through the real providers and sockets', () => {
  it('saves a key that works, and with it tests the saved one', async () => {
    const created = await service.create(ada, { provider: 'custom', name: 'Own', base_url, api_key: KEY, enabled: true });
    expect(created).toMatchObject({ models: ['small-model'], status: 'healthy', base_url });
    expect(await service.testSaved(ada, created.id)).toMatchObject({ ok: true, kind: null, models: ['small-model'] });
  });

  it('refuses a wrong key, and repeats nothing of an answer that echoes it', async () => {
    const refusal: unknown = await service.create(ada, { provider: 'custom', name: 'Own', base_url, api_key: OTHER_KEY, enabled: true }).catch((error: unknown) => error);
    expect(refusal).toEqual(failure('INVALID_CREDENTIALS', 422, { kind: 'authentication_failed', step: 'key' }));
    const result = await service.testUnsaved(ada, { provider: 'custom', base_url, api_key: OTHER_KEY });
    expect(result).toMatchObject({ ok: false, kind: 'authentication_failed' });
    expect(JSON.stringify([refusal, (refusal as Error).stack, result, await readAudit(scene, ada)])).not.toContain('canary');
  });

  it('says by its own kind that an address is not allowed', async () => {
    const input = { provider: 'custom' as const, name: 'Own', api_key: KEY, enabled: true };
    await expect(service.create(ada, { ...input, base_url: 'http://169.254.169.254/latest' })).rejects.toEqual(failure('NETWORK_ERROR', 502, { kind: 'address_not_allowed' }));
    await expect(service.create(ada, { ...input, base_url: 'https://127.0.0.1:1/v1' })).rejects.toEqual(failure('NETWORK_ERROR', 502, { kind: 'address_not_allowed' }));
  });

  it('says that a name was not found, and not that its address is not allowed', async () => {
    const input = { provider: 'custom' as const, api_key: KEY, base_url: 'https://dead-host.invalid/v1' };
    expect(await service.testUnsaved(ada, input)).toMatchObject({ ok: false, kind: 'connection_failed', steps: [{ step: 'address', ok: false, message: 'name_not_found' }] });
    await expect(service.create(ada, { ...input, name: 'Own', enabled: true })).rejects.toEqual(failure('NETWORK_ERROR', 502, { kind: 'connection_failed', step: 'address', reason: 'name_not_found' }));
  });

  it('says the same of a private name whether it is there or not', async () => {
    const tried = ['https://db.internal/v1', 'https://nobody-there.internal/v1', 'https://localhost/v1', 'https://printer/v1'];
    for (const private_url of tried) {
      expect(await service.testUnsaved(ada, { provider: 'custom', api_key: KEY, base_url: private_url })).toMatchObject({ kind: 'address_not_allowed', steps: [{ step: 'address', message: 'address_not_allowed' }] });
    }
  });

  it('sends nothing where the stored key does not open for the address, and fails the test', async () => {
    const { id } = await service.create(ada, { provider: 'custom', name: 'Own', base_url, api_key: KEY, enabled: true });
    const moved = base_url.replace('127.0.0.1', 'localhost');
    await scene.tenancy.withTenant(ada.actor.tenant_id, (db) => db.updateTable('supplier_credentials').set({ base_url: moved }).where('id', '=', id).execute());
    reached = 0;
    expect(await service.testSaved(ada, id)).toMatchObject({ ok: false, kind: 'unknown', models: [] });
    expect(reached).toBe(0);
    expect(await service.read(ada.actor, id)).toMatchObject({ status: 'failing' });
  });

  it('accepts the demo without a key or a socket', async () => {
    const created = await service.create(ada, { provider: 'demo', name: 'Demo', enabled: true });
    expect(created).toMatchObject({ models: ['lyss-demo', 'lyss-demo-reasoner'], key_hint: null, key_fingerprint: null, status: 'healthy' });
    await expect(service.rotate(ada, created.id, KEY)).rejects.toEqual(failure('OPERATION_NOT_ALLOWED', 422, { reason: 'key_not_needed' }));
  });

  it('shows the catalogue', async () => {
    expect((await service.listAvailable()).map(({ provider }) => provider)).toContain('anthropic');
    expect((await service.listProviderModels('openai')).length).toBeGreaterThan(10);
  });
});
