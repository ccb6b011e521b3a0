import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { refused } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { Composer } from '../composer/composer.tsx';
import { readDraft, removeDrafts } from '../composer/draft.ts';
import { conversation_id, createScriptedServer, type ScriptedServer } from '../test/scripted-server.ts';
import { leaveReplies } from './follow-reply.ts';
import { forgetReplies, useLiveStore } from './live-store.ts';
import { forgetKeys } from './send-keys.ts';
import { sendMessage, stopReply } from './use-reply.ts';

const nothing = () => undefined;

function Chat({ client }: { client: QueryClient }) {
  const turn = useLiveStore((state) => state.turns[conversation_id]);
  const refusal = useLiveStore((state) => state.refusals[conversation_id]);
  const state = turn === undefined ? 'ready' : turn.stopping ? 'stopping' : 'answering';
  const send = (text: string) => sendMessage(client, { conversation_id, text, model: 'lyss-demo', parent_id: null }) !== null;
  return <Composer draftKey={conversation_id} tools={null} footnote="" model="chosen" state={state} refusal={refusal} onDismiss={nothing} onSend={send} onStop={() => void stopReply(conversation_id)} />;
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

// What a person and a network can do, in any order. `type` adds a word that was never there before.
const steps = {
  type: (_server: ScriptedServer, word: string) => fireEvent.change(field(), { target: { value: `${field().value} ${word}`.trim() } }),
  send: () => fireEvent.keyDown(field(), { key: 'Enter' }),
  stop: () => void stopReply(conversation_id),
  accept: (server: ScriptedServer) => server.accept(),
  refuse: (server: ScriptedServer) => server.answer(refused(429, '1005')),
  // The message arrived and its answer did not: only the key says that a second try is the same.
  lose: (server: ScriptedServer) => server.lose(),
  break: (server: ScriptedServer) => server.fail(),
  end: (server: ScriptedServer) => server.end(),
  settle: (server: ScriptedServer) => server.answerMessages(),
} as const;
type Step = keyof typeof steps;

/** Every word that is somewhere: in the box, on its way, or with the server. */
function listWords(server: ScriptedServer): string[] {
  const under_way = useLiveStore.getState().turns[conversation_id];
  // Accepted by the server, and not yet known to be.
  const sent = under_way?.sent_text != null && !server.accepted.includes(under_way.sent_text) ? [under_way.sent_text] : [];
  // One that is back in the box although it arrived keeps its key: sent again, it is still the same message.
  const texts = [...new Set([...server.accepted, ...sent])];
  const typed = readDraft(conversation_id).split('\n\n').filter((text) => !texts.includes(text));
  return [...texts, ...typed].join(' ').split(/\s+/).filter((word) => word !== '').toSorted();
}

async function play(names: readonly Step[]): Promise<ScriptedServer> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const server = createScriptedServer();
  render(<Chat client={client} />);
  const words: string[] = [];
  for (const [index, name] of names.entries()) {
    const word = `w${String(index).padStart(2, '0')}`;
    if (name === 'type') words.push(word);
    await act(async () => {
      steps[name](server, word);
      await vi.advanceTimersByTimeAsync(20);
    });
    const found = listWords(server);
    const done = `after ${names.slice(0, index + 1).join(' ')}`;
    expect([...new Set(found)], done).toEqual(words.toSorted());
    // A text that arrived unseen, came back and was written on is another message, and nobody can know better.
    if (!names.includes('lose')) expect(found, done).toHaveLength(words.length);
    expect(field().value).toBe(readDraft(conversation_id));
  }
  return server;
}

function tidy(): void {
  cleanup();
  leaveReplies();
  forgetReplies();
  forgetKeys();
  removeDrafts();
  vi.unstubAllGlobals();
}

beforeAll(() => startTestTexts('en-US', 'chat'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame'] });
  // Tries again at once: how long it waits is backOff's own test.
  vi.spyOn(Math, 'random').mockReturnValue(-2);
});
afterEach(() => {
  tidy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('whatever a person and a network do', () => {
  test('a message typed and sent while a stopped answer still settles is sent', async () => {
    const server = await play(['type', 'send', 'accept', 'stop', 'end', 'type', 'send', 'accept', 'settle', 'end', 'settle']);
    expect(server.accepted).toEqual(['w00', 'w05']);
  });

  test('no word is lost, and none is there twice', async () => {
    const step = fc.constantFrom<Step>('type', 'type', 'type', 'send', 'send', 'send', 'stop', 'accept', 'accept', 'refuse', 'lose', 'break', 'end', 'end', 'settle');
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (names) => void (await play(names))).afterEach(tidy), { numRuns: 150 });
  }, 60_000);
});
