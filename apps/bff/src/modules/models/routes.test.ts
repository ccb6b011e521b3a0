import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

describe('GET /models', () => {
  it('tells a member what can be chatted with, and why not once an admin has turned it off', async () => {
    const member = await test.signInAs('end_user');
    const list = async () => (await test.call('GET', '/api/v1/models', { as: member })).body.data.items;
    expect(await list()).toMatchObject([
      { name: 'lyss-demo', supplier: 'demo', demo: true, available: true, reason: null },
      { name: 'lyss-demo-reasoner', demo: true, capabilities: ['tools', 'reasoning'], available: true },
    ]);
    const [demo] = (await test.call('GET', '/api/v1/admin/suppliers', { as: test.owner })).body.data.items;
    await test.call('PUT', `/api/v1/admin/suppliers/${demo.id}`, { as: test.owner, body: { name: demo.name, enabled: false } });
    expect(await list()).toMatchObject([{ name: 'lyss-demo', available: false, reason: '3006' }, { available: false, reason: '3006' }]);
  });

  it('asks who is there', async () => {
    expect((await test.call('GET', '/api/v1/models')).status).toBe(401);
  });
});
