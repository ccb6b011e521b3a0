import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ok, refused } from '../../../api/test-server.ts';
import { NEW_CHAT, readDraft, removeDrafts, replaceDraft } from '../composer/draft.ts';
import { conversation_id, serveReply, streamLog } from '../test/reply-server.ts';
import { sampleConversation } from '../test/samples.ts';
import { forgetReplies, useLiveStore } from './live-store.ts';
import { forgetKeys } from './send-keys.ts';
import { startConversation } from './start-conversation.ts';

const onCreated = vi.fn<(id: string) => void>();
const first = { text: 'what is it?', model: 'lyss-demo', onCreated };

beforeEach(() => {
  forgetReplies();
  forgetKeys();
  removeDrafts();
  onCreated.mockReset();
  vi.spyOn(Math, 'random').mockReturnValue(-2);
});
afterEach(async () => {
  // What is fetched after the end is fetched from this test's server.
  await vi.waitUntil(() => Object.keys(useLiveStore.getState().turns).length + useLiveStore.getState().settling.length === 0);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the first message of a chat', () => {
  test('goes out also where the page was left while its conversation was made', async () => {
    const { client, sent } = serveReply({ start: () => streamLog(0) });
    await startConversation(client, first);
    expect(onCreated).toHaveBeenCalledExactlyOnceWith(conversation_id);
    expect(sent('start')[0]).toMatchObject({ body: { content: 'what is it?', parent_id: null } });
    expect(readDraft(NEW_CHAT)).toBe('');
  });

  test('is kept over a reload until the server has it', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const { client } = serveReply({ create: () => promise, start: () => streamLog(0) });
    const creating = startConversation(client, first);
    replaceDraft(NEW_CHAT, 'typed since');
    expect(sessionStorage.getItem(`lyss.draft.${NEW_CHAT}`)).toBe('what is it?\n\ntyped since');
    expect(readDraft(NEW_CHAT)).toBe('typed since');
    resolve(ok(sampleConversation(9_000), 201));
    await creating;
    await vi.waitFor(() => expect(sessionStorage.getItem(`lyss.draft.${conversation_id}`)).toBeNull());
    expect(sessionStorage.getItem(`lyss.draft.${NEW_CHAT}`)).toBe('typed since');
  });

  test('refused while something else was typed, it is back in front of that', async () => {
    const { client } = serveReply({
      create: () => {
        replaceDraft(NEW_CHAT, 'typed since');
        return refused(429, '1005');
      },
      start: () => streamLog(0),
    });
    await startConversation(client, first);
    expect(readDraft(NEW_CHAT)).toBe('what is it?\n\ntyped since');
    expect(useLiveStore.getState()).toMatchObject({ first_text: null, refusals: { [NEW_CHAT]: { what: 'send', failure: { code: '1005' } } } });
    expect(onCreated).not.toHaveBeenCalled();
  });

  test('refused by the conversation that was just made, it is in that one’s box', async () => {
    const { client } = serveReply({ start: () => refused(503, '5004') });
    await startConversation(client, first);
    await vi.waitFor(() => expect(readDraft(conversation_id)).toBe('what is it?'));
  });

  test('lost on the way, the same words make one conversation, not two', async () => {
    let reachable = false;
    const { client, sent } = serveReply({
      create: () => {
        if (!reachable) throw new TypeError('network error');
        return ok(sampleConversation(9_000), 201);
      },
      start: () => streamLog(0),
    });
    await startConversation(client, first);
    expect(readDraft(NEW_CHAT)).toBe('what is it?');
    reachable = true;
    await startConversation(client, first);
    expect(new Set(sent('create').map((seen) => seen.headers.get('idempotency-key'))).size).toBe(1);
  });

  test('is not sent for whoever signs in next', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const { client, sent } = serveReply({ create: () => promise, start: () => streamLog(0) });
    const creating = startConversation(client, first);
    removeDrafts();
    resolve(ok(sampleConversation(9_000), 201));
    await creating;
    expect(sent('start')).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });
});
