import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '@lyss/api-types';
import '../forget-person.ts';
import { person } from '../../../api/test-server.ts';
import { forgetPerson, rememberPerson } from '../../../session/session-store.ts';
import { sampleId, sampleMessage } from '../test/samples.ts';
import { answer_id, conversation_id, serveReply } from '../test/reply-server.ts';
import { forgetReplies, rememberKeys, useLiveStore } from './live-store.ts';
import { forgetKeys, keyFor } from './send-keys.ts';
import { useFollowing } from './use-reply.ts';

const reply_id = sampleId(500);
const running: Message = sampleMessage(2, 1, { status: 'running', reply_id });

beforeEach(() => {
  forgetReplies();
  forgetKeys();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a running reply is followed again by whoever signs in again in this tab', async () => {
  const { client, sent } = serveReply({ start: () => new Response(null), status: () => 'running', follow: () => new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } }) });
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const watched = { running_reply_id: reply_id, asked_at: 0 };
  const open = () => renderHook(() => useFollowing(conversation_id, [running], watched), { wrapper });
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person() as Parameters<typeof rememberPerson>[0]);
  const first = open();
  await waitFor(() => expect(sent('follow')).toHaveLength(1));
  expect(first.result.current?.key).toBe(answer_id);
  first.unmount();
  forgetPerson();
  await waitFor(() => expect(useLiveStore.getState().turns).toEqual({}));
  rememberPerson(person() as Parameters<typeof rememberPerson>[0]);
  open();
  await waitFor(() => expect(sent('follow')).toHaveLength(2));
});

test('a tab that stays open for a year keeps the newest keys, and no more than it can use', () => {
  const first = keyFor(['c', 0]);
  for (let send = 1; send <= 60; send += 1) keyFor(['c', send]);
  expect(keyFor(['c', 60])).toBe(keyFor(['c', 60]));
  expect(keyFor(['c', 0])).not.toBe(first);
  for (let message = 0; message < 1_200; message += 1) rememberKeys({ [`m${message}`]: `k${message}` });
  const { keys } = useLiveStore.getState();
  expect(Object.keys(keys).length).toBeLessThanOrEqual(1_000);
  expect(keys['m1199']).toBe('k1199');
});
