import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';

let listed: string[] | null;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (!request.url?.endsWith('/models')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'c', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }] }));
    if (listed === null) return void response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: listed.map((id) => ({ id })) }));
  });
});
let test: TestApp;
let admin: TestPerson;
let base_url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object once it listens.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  base_url = `http://${host}/v1`;
  test = await createTestApp({}, { LYSS_EGRESS_ALLOW: host });
});
beforeEach(async () => {
  listed = ['old', 'stays'];
  admin = await test.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(async () => {
  await test.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const add = async (models?: string[]) => (await test.call('POST', '/api/v1/admin/suppliers', { as: admin, body: { provider: 'custom', name: 'Own', base_url, api_key: 'sk-0123456789abcdef', ...(models ? { models } : {}) } })).body.data.id as string;
const sync = async () => (await test.call('POST', '/api/v1/admin/models/sync', { as: admin })).body.data.items;
const served = async (id: string) => (await test.call('GET', `/api/v1/admin/suppliers/${id}`, { as: admin })).body.data.models;

it('takes what came, drops what its supplier listed and lists no more, and says both', async () => {
  const id = await add();
  listed = ['stays', 'new'];
  expect(await sync()).toMatchObject([{ credential: { id, name: 'Own' }, ok: true, kind: null, came: ['new'], went: ['old'], left_aside: [] }]);
  expect(await served(id)).toEqual(['stays', 'new']);
  expect(await sync()).toMatchObject([{ ok: true, came: [], went: [] }]);
  expect((await test.findAudit(admin.tenant_id, 'models.synced'))?.outcome).toBe('success');
});

it('leaves aside what is new where the tenant had chosen some, and keeps a name that no list ever had', async () => {
  const id = await add(['stays', 'named-by-hand']);
  listed = ['old', 'stays', 'new'];
  expect(await sync()).toMatchObject([{ came: [], went: [], left_aside: ['new'] }]);
  expect(await served(id)).toEqual(['stays', 'named-by-hand']);
});

it('changes nothing where a supplier does not answer, and says why', async () => {
  const id = await add();
  listed = null;
  expect(await sync()).toMatchObject([{ ok: false, kind: 'server_error', came: [], went: [] }]);
  listed = [];
  expect((await sync())[0]).toMatchObject({ came: [], went: [] });
  expect(await served(id)).toEqual(['old', 'stays']);
});
