import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const CONVERSATIONS = '/api/v1/chat/conversations';

// As JSON writes them they take 3, 6 and 4 bytes a character.
it.each([['Chinese', '漢'], ['quotes', '"'], ['faces', '😀']])('a list goes on after a title of 200 characters: %s', async (_what, letter) => {
  const length = 200 / letter.length;
  const made = ['a', 'b'].map((end) => `${letter.repeat(length - 1)}${end}`);
  for (const title of made) expect((await app.call('POST', CONVERSATIONS, { as: app.owner, body: { title } })).status).toBe(201);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const { status, body } = await app.call('GET', `${CONVERSATIONS}?page_size=1&sort_by=title${after}`, { as: app.owner });
    expect(status).toBe(200);
    seen.push(body.data.items[0].title);
    cursor = body.data.pagination.next_cursor;
  }
  expect(seen).toEqual(expect.arrayContaining(made));
});
