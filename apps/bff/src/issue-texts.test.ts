import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

it.each([
  ['en-US', 'This supplier’s address is fixed.', 'This is required.'],
  ['zh-CN', '这个供应商的地址是固定的。', '必填。'],
])('says in %s what is wrong with a field', async (language, fixed, required) => {
  const headers = { 'accept-language': language };
  const body = { provider: 'openai', base_url: 'https://elsewhere.example/v1', api_key: 'sk-x', name: 'x' };
  const issueOf = async (sent: object) => (await app.call('POST', '/api/v1/admin/suppliers', { as: app.owner, body: sent, headers })).body.error.details.issues[0].message;
  const messages = [await issueOf({ provider: 'demo', name: 'x', base_url: body.base_url }), await issueOf({ provider: 'openai', name: 'x' })];
  expect(messages).toEqual([fixed, required]);
});
