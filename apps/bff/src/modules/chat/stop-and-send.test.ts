import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { parseEvents } from '../../../test/read-stream.ts';
import { listenOn, type ListeningApp } from '../../../test/socket.ts';

let app: TestApp;
let server: ListeningApp;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  server = await listenOn(app);
  member = await app.signInAs('end_user');
});
afterAll(async () => {
  await server.close();
  await app.close();
});

const TURNS = 50;
const base = '/api/v1/chat';
const post = (path: string, body?: unknown) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${member.access_token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Sends `text`, again while it is refused, as the console does; resolves with what was refused and the stream's first event. */
async function send(id: string, text: string): Promise<{ refused: string[]; reply_id: string; leave: () => Promise<void> }> {
  const refused: string[] = [];
  for (;;) {
    // Each attempt has its own text: one that was refused must not be found anywhere later.
    const content = `demo:slow ${text} attempt-${refused.length}`;
    const response = await post(`${base}/conversations/${id}/replies`, { content, model: 'lyss-demo' });
    if (response.status === 200) {
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const [start] = parseEvents((await reader?.read())?.value ?? '');
      return { refused, reply_id: start?.data.reply_id, leave: async () => reader?.cancel() };
    }
    const { error } = (await response.json()) as { error: { code: string; details?: { reason: string } } };
    // On a machine busy with other tests also that it is busy.
    expect([`409 3005 reply_running`, '503 5001 undefined', '503 5004 undefined']).toContain(`${response.status} ${error.code} ${error.details?.reason}`);
    refused.push(content);
  }
}

it('a message sent right after Stop is there or is refused in so many words, fifty times out of fifty', async () => {
  const id = String((await app.call('POST', `${base}/conversations`, { as: member, body: {} })).body.data.id);
  const refused: string[] = [];
  const stops: Promise<Response>[] = [];
  const left: Promise<void>[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    const sent = await send(id, `turn-${turn}`);
    refused.push(...sent.refused);
    // Not waited for: the next message races the stop itself, and then the stopped answer's end.
    const stopped = post(`${base}/replies/${sent.reply_id}/stop`);
    if (turn % 2 === 0) await stopped;
    stops.push(stopped);
    left.push(sent.leave());
  }
  expect(new Set((await Promise.all(stops)).map(({ status }) => status))).toEqual(new Set([202]));
  await Promise.all(left);
  const items: { role: string; parent_id: string | null; status: string; content: { text: string }[] }[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { body: { data: { items: typeof items; pagination: { next_cursor: string | null } } } } = await app.call('GET', `${base}/conversations/${id}/messages${cursor && `?cursor=${cursor}`}`, { as: member });
    items.unshift(...page.body.data.items);
    cursor = page.body.data.pagination.next_cursor;
  }
  const asked = items.filter(({ role }) => role === 'user').map(({ content }) => content[0]?.text ?? '');
  expect(asked.map((text) => /turn-\d+/.exec(text)?.[0])).toEqual(Array.from({ length: TURNS }, (_, turn) => `turn-${turn + 1}`));
  expect(asked.filter((text) => refused.includes(text))).toEqual([]);
  // Every message has its answer, and only the last may still be on its way to its end.
  expect(items).toHaveLength(2 * TURNS);
  expect(new Set(items.slice(0, -1).map(({ status }) => status))).toEqual(new Set(['complete', 'stopped']));
}, 120_000);
