import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { startSlowReply } from '../../../test/contract-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

it('twenty replies of one person run at once, whether anybody reads them or not, and one more is told to wait', async () => {
  const member = await app.signInAs('end_user');
  const { body: models } = await app.call('GET', '/api/v1/models', { as: member });
  const model = models.data.items[0].name;
  const converse = async (as = member) => (await app.call('POST', '/api/v1/chat/conversations', { as, body: {} })).body.data.id as string;
  const send = async (as = member) => app.call('POST', `/api/v1/chat/conversations/${await converse(as)}/replies`, { as, body: { content: 'demo:echo', model } });
  const started: string[] = [];
  for (let turn = 0; turn < 20; turn++) started.push(await startSlowReply(app, member, await converse(), model));
  const refused = await send();
  expect(refused).toMatchObject({ status: 429, body: { error: { code: '1005', details: { limit: 'replies' } } } });
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await send(app.owner)).status).toBe(200);
  await app.call('POST', `/api/v1/chat/replies/${started[0]}/stop`, { as: member });
  await expect.poll(async () => (await send()).status, { timeout: 10_000 }).toBe(200);
});
