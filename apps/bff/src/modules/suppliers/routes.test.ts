import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { KEY, OTHER_KEY } from './test-scene.ts';

const root = '/api/v1/admin/suppliers';
let test: TestApp;
let member: TestPerson;
let stranger: TestPerson;
let base_url: string;

/** A supplier on loopback that takes every key but one that begins with `bad`, which it echoes. */
const server = createServer((request, response) => {
  request.resume();
  const bad = request.headers.authorization?.startsWith('Bearer bad');
  const message = { role: 'assistant', content: 'Hi' };
  const fine = request.method === 'GET' ? { object: 'list', data: [{ id: 'small-model' }] } : { id: '1', choices: [{ index: 0, message, finish_reason: 'stop' }] };
  response.writeHead(bad ? 401 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(bad ? { error: { message: `Incorrect: ${request.headers.authorization}` } } : fine));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  base_url = `http://127.0.0.1:${port}/v1`;
  test = await createTestApp({}, { LYSS_EGRESS_ALLOW: `127.0.0.1:${port}` });
  member = await test.signInAs('end_user');
  stranger = await test.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(async () => {
  await test.close();
  await new Promise((resolve) => server.close(resolve));
});

const call = (method: string, path: string, body?: unknown, as: TestPerson = test.owner, headers: Record<string, string> = {}) => test.call(method, `${root}${path}`, { as, body, headers });
const audited = (action: string) => test.findAudit(test.owner.tenant_id, action);
let names = 0;

async function create(): Promise<{ id: string; version: number }> {
  const created = await call('POST', '', { provider: 'custom', name: `Own ${++names}`, base_url, api_key: KEY });
  expect(created.status).toBe(201);
  return created.body.data;
}

describe('supplier routes', () => {
  it('lead a credential from its test to its end, each step in the audit', async () => {
    const tested = await call('POST', '/test', { provider: 'custom', base_url, api_key: KEY });
    expect(tested.body.data).toMatchObject({ ok: true, kind: null, models: ['small-model'] });
    expect(await audited('suppliers.tested')).toMatchObject({ outcome: 'success', resource_id: null });
    const { id } = await create();
    expect(await audited('suppliers.created')).toMatchObject({ outcome: 'success', resource_id: id });
    expect((await call('GET', `/${id}`)).body.data).toMatchObject({ id, key_hint: 'sk-…c4f2', dependents: { conversations: 0, running_replies: 0 } });
    const replaced = await call('PUT', `/${id}`, { name: 'Renamed', enabled: false }, test.owner, { 'if-match': '"1"' });
    expect(replaced.body.data).toMatchObject({ name: 'Renamed', enabled: false, version: 2 });
    expect(await audited('suppliers.updated')).toMatchObject({ resource_id: id, details: { after: { name: 'Renamed' } } });
    expect((await call('POST', `/${id}/rotate`, { api_key: OTHER_KEY })).body.data).toMatchObject({ key_hint: 'sk-…77aa', version: 3 });
    expect(await audited('suppliers.key_replaced')).toMatchObject({ resource_id: id });
    expect((await call('POST', `/${id}/test`)).body.data).toMatchObject({ ok: true });
    expect(await audited('suppliers.tested')).toMatchObject({ resource_id: id });
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect(await audited('suppliers.removed')).toMatchObject({ resource_id: id });
    expect((await call('GET', `/${id}`)).status).toBe(404);
  });

  it('list the tenant’s own, the demo among them, and the catalogue', async () => {
    const { id } = await create();
    const page = (await call('GET', '?sort_by=name&sort_order=asc&include_total=true')).body.data;
    expect(page.items.map((item: { provider: string }) => item.provider)).toEqual(['demo', 'custom']);
    expect(page.pagination).toMatchObject({ has_next: false, total_items: 2 });
    expect((await call('GET', '?provider=custom')).body.data.items).toMatchObject([{ id }]);
    expect((await call('GET', '/available')).body.data.items).toHaveLength(13);
    expect((await call('GET', '/providers/anthropic/models')).body.data.items.length).toBeGreaterThan(3);
    await call('DELETE', `/${id}`);
  });

  it('answer a refused key, a stale version and a new host in the contract’s words', async () => {
    const { id } = await create();
    const refused = await call('POST', '', { provider: 'custom', name: 'Bad', base_url, api_key: `bad-${KEY}` });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: '3004', details: { kind: 'authentication_failed' } } } });
    const stale = await call('PUT', `/${id}`, { name: 'Mine', enabled: true }, test.owner, { 'if-match': '"9"' });
    expect(stale).toMatchObject({ status: 412, body: { error: { code: '3005' } } });
    const moved = await call('PUT', `/${id}`, { name: 'Mine', enabled: true, base_url: 'https://other.example/v1' });
    expect(moved).toMatchObject({ status: 422, body: { error: { code: '3006', details: { reason: 'key_required_for_new_host' } } } });
    expect(JSON.stringify([refused.body, stale.body, moved.body, test.lines])).not.toContain('canary');
    await call('DELETE', `/${id}`);
  });

  it('are closed to members, and answer a stranger as they answer a made-up id', async () => {
    const { id } = await create();
    const body = { name: 'x', enabled: true };
    const attempts = [['GET', ''], ['PUT', '', body], ['DELETE', ''], ['POST', '/test'], ['POST', '/rotate', { api_key: KEY }]] as const;
    for (const [method, path, sent] of attempts) {
      expect((await call(method, `/${id}${path}`, sent, member)).status).toBe(403);
      const foreign = await call(method, `/${id}${path}`, sent, stranger);
      const nobodys = await call(method, `/${crypto.randomUUID()}${path}`, sent, stranger);
      expect([foreign.status, foreign.body.error]).toEqual([404, nobodys.body.error]);
    }
    for (const [method, path, sent] of [['GET', ''], ['POST', '', { provider: 'demo', name: 'x' }], ['POST', '/test', { provider: 'demo' }], ['GET', '/available'], ['GET', '/providers/demo/models']] as const) {
      expect((await call(method, path, sent, member)).status).toBe(403);
    }
    expect((await call('GET', `/${id}`)).body.data).toMatchObject({ version: 1 });
    await call('DELETE', `/${id}`);
  });
});
