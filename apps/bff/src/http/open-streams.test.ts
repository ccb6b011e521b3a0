import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { openEvents } from '../../test/read-stream.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const CONVERSATIONS = '/api/v1/chat/conversations';

async function createReplyPath(): Promise<string> {
  const { body } = await app.call('POST', CONVERSATIONS, { as: app.owner, body: {} });
  return `${CONVERSATIONS}/${body.data.id}/replies`;
}

it('a send that there is no room for begins no reply, however many ask at once for the last place', async () => {
  const { body } = await app.call('GET', '/api/v1/models', { as: app.owner });
  const send = { content: 'demo:slow', model: body.data.items[0].name };
  const first = await openEvents(app, app.owner, 'POST', await createReplyPath(), send);
  const events = first.response.headers.get('content-location') ?? '';
  const readers = await Promise.all(Array.from({ length: 18 }, () => openEvents(app, app.owner, 'GET', events)));
  expect(readers.map(({ response }) => response.status)).toEqual(Array(18).fill(200));
  const paths = await Promise.all(Array.from({ length: 4 }, createReplyPath));
  const rush = await Promise.all(paths.map((path, at) => openEvents(app, app.owner, 'POST', path, send, { 'idempotency-key': `rush-${at}` })));
  expect(rush.map(({ response }) => response.status).sort()).toEqual([200, 429, 429, 429]);
  const written = await Promise.all(paths.map((path) => app.call('GET', path.replace('replies', 'messages'), { as: app.owner })));
  expect(written.filter(({ body: list }) => list.data.items.length > 0)).toHaveLength(1);
  for (const stream of [first, ...readers, ...rush]) await stream.leave();
  // Every place is free again, those of the refused as well.
  const after = await Promise.all(Array.from({ length: 20 }, () => openEvents(app, app.owner, 'GET', events)));
  expect(after.map(({ response }) => response.status)).toEqual(Array(20).fill(200));
  for (const stream of after) await stream.leave();
});

it('a refused send gives its place back', async () => {
  const path = await createReplyPath();
  for (let turn = 0; turn < 21; turn++) {
    const refused = await app.call('POST', path, { as: app.owner, body: { content: 'x' } });
    expect(refused.status).toBe(400);
  }
});
