import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refused } from '../../../api/test-server.ts';
import { messageTree } from '../api.ts';
import { readDraft, removeDrafts, replaceDraft } from '../composer/draft.ts';
import { answerText, answer_id, conversation_id, serveReply, streamLog } from '../test/reply-server.ts';
import { reconnectReply } from './follow-reply.ts';
import type { LiveTurn } from './live-store.ts';
import { forgetReplies, useLiveStore } from './live-store.ts';
import { sendMessage, stopReply } from './use-reply.ts';

const outgoing = { conversation_id, text: 'what is it?', model: 'lyss-demo', parent_id: null };
const refusal = () => useLiveStore.getState().refusals[conversation_id];

/** Every text that was on the screen, in order. */
function watchTexts(): string[] {
  const texts: string[] = [];
  useLiveStore.subscribe(({ turns }) => {
    const turn: LiveTurn | undefined = turns[conversation_id];
    if (turn !== undefined) texts.push(turn.reply.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''));
  });
  return texts;
}

beforeEach(() => {
  forgetReplies();
  removeDrafts();
  // Tries again at once: how long it waits is backOff's own test.
  vi.spyOn(Math, 'random').mockReturnValue(-2);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('sending a message', () => {
  test('reads the answer and gives way to the server’s message at the end', async () => {
    const { client, sent } = serveReply({ start: () => streamLog(0) });
    const texts = watchTexts();
    await sendMessage(client, outgoing);
    expect(texts.at(-1)).toBe(answerText);
    expect(useLiveStore.getState().turns).toEqual({});
    expect(client.getQueryData(messageTree(conversation_id).queryKey)?.messages[1]?.status).toBe('complete');
    expect(sent('start')[0]).toMatchObject({ body: { content: 'what is it?', model: 'lyss-demo', parent_id: null } });
    expect(sent('start')[0]?.headers.get('idempotency-key')).toMatch(/^[\x21-\x7e]{1,255}$/);
  });

  test('a connection that breaks is taken up behind the last event, without a doubled letter', async () => {
    const { client, sent } = serveReply({
      start: () => streamLog(0, 4, true),
      follow: (after, tries) => (tries < 3 ? streamLog(after, 3, tries === 1) : streamLog(after)),
      status: () => (sent('follow').length < 3 ? 'running' : 'complete'),
    });
    const texts = watchTexts();
    await sendMessage(client, outgoing);
    expect(texts.at(-1)).toBe(answerText);
    expect(texts.every((text) => answerText.startsWith(text))).toBe(true);
    expect(sent('start')).toHaveLength(1);
    expect(sent('follow').map((seen) => seen.headers.get('last-event-id'))).toEqual(['4', '7', '10']);
  });

  test('a send that was lost on the way goes again with the same key', async () => {
    const { client, sent } = serveReply({
      start: (_seen, tries) => {
        if (tries === 1) throw new TypeError('network error');
        return tries === 2 ? refused(409, '3005', { reason: 'idempotency_running' }, { 'retry-after': '0' }) : streamLog(0);
      },
    });
    await sendMessage(client, outgoing);
    const keys = sent('start').map((seen) => seen.headers.get('idempotency-key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(refusal()).toBeUndefined();
  });

  test('a refusal puts the text back into the draft, before what was typed since, and says why', async () => {
    const { client } = serveReply({
      start: () => {
        replaceDraft(conversation_id, 'typed meanwhile');
        return refused(429, '1005');
      },
    });
    await sendMessage(client, outgoing);
    expect(readDraft(conversation_id)).toBe('what is it?\n\ntyped meanwhile');
    expect(sessionStorage.getItem(`lyss.draft.${conversation_id}`)).toContain('what is it?');
    expect(refusal()).toMatchObject({ what: 'send', failure: { code: '1005' } });
    expect(useLiveStore.getState().turns).toEqual({});
  });

  test('a server that cannot be reached keeps the text, and the same words go with the same key later', async () => {
    let reachable = false;
    const { client, sent } = serveReply({
      start: () => {
        if (!reachable) throw new TypeError('network error');
        return streamLog(0);
      },
    });
    await sendMessage(client, outgoing);
    expect(refusal()?.failure.code).toBe('OFFLINE');
    expect(readDraft(conversation_id)).toBe('what is it?');
    reachable = true;
    await sendMessage(client, outgoing);
    expect(new Set(sent('start').map((seen) => seen.headers.get('idempotency-key'))).size).toBe(1);
    expect(refusal()).toBeUndefined();
  });
});

describe('a connection that is dead without saying so', () => {
  test('is left when the server says that the reply is over, and the rest is read', async () => {
    const { client, sent } = serveReply({
      start: () => {
        const { headers } = streamLog(0);
        const open = new ReadableStream<Uint8Array>({ start: async (controller) => controller.enqueue(new Uint8Array(await streamLog(0, 4).arrayBuffer())) });
        return new Response(open, { headers });
      },
    });
    const sending = sendMessage(client, outgoing);
    await vi.waitFor(() => expect(useLiveStore.getState().turns[conversation_id]?.reply.last_id).toBe(4));
    reconnectReply(conversation_id);
    await sending;
    expect(sent('follow').map((seen) => seen.headers.get('last-event-id'))).toEqual(['4']);
    expect(useLiveStore.getState().turns).toEqual({});
  });
});

describe('a message sent right after the answer ended', () => {
  test('goes out although the server’s message is not fetched yet, below the answer that ended', async () => {
    const { client, sent, holdMessages } = serveReply({ start: () => streamLog(0) });
    const release = holdMessages();
    const first = sendMessage(client, outgoing);
    await vi.waitFor(() => expect(useLiveStore.getState().turns[conversation_id]?.reply.finish_reason ?? 'gone').not.toBeNull());
    await vi.waitFor(() => expect(useLiveStore.getState().turns[conversation_id]).toBeUndefined());
    const second = sendMessage(client, { ...outgoing, text: 'and then?', parent_id: answer_id });
    expect(second).not.toBeNull();
    await vi.waitFor(() => expect(sent('start')).toHaveLength(2));
    expect(sent('start')[1]).toMatchObject({ body: { content: 'and then?', parent_id: answer_id } });
    release();
    await Promise.all([first, second]);
    expect(useLiveStore.getState()).toMatchObject({ turns: {}, settling: [] });
  });

  test('is not taken, and not lost, while another one is being answered', async () => {
    const { client, sent } = serveReply({ start: () => streamLog(0) });
    const first = sendMessage(client, outgoing);
    expect(sendMessage(client, { ...outgoing, text: 'too early' })).toBeNull();
    await first;
    expect(sent('start')).toHaveLength(1);
  });
});

describe('stopping', () => {
  test('asked before the server took the send, it stops as soon as the reply has an id', async () => {
    let accept: (response: Response) => void = () => {};
    const { client, sent } = serveReply({ start: () => new Promise((resolve) => (accept = resolve)) });
    const sending = sendMessage(client, outgoing);
    const stopping = stopReply(conversation_id);
    await vi.waitFor(() => expect(sent('start')).toHaveLength(1));
    expect(sent('stop')).toHaveLength(0);
    accept(streamLog(0));
    await Promise.all([sending, stopping]);
    expect(sent('stop')).toHaveLength(1);
  });
});
