import { act, cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Conversation, Look, Me, Message } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson } from '../../../session/session-store.ts';
import { noteToken } from '../../../session/tabs.ts';
import { LookPage } from './look-page.tsx';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const at = '2026-11-01T00:00:00.000Z';
const L = '0198c0de-0000-7000-8000-0000000000e1';
const C = '0198c0de-0000-7000-8000-0000000000e2';
const make = (changes: Partial<Look> = {}): Look => ({ id: L, subject: { id: 'u-mia', name: 'Mia Member', email: 'mia@example.com' }, reason: 'Ticket 4711: help', started_at: at, ends_at: new Date(Date.now() + 20 * 60_000).toISOString(), ended_at: null, end_reason: null, ...changes });
const conversation: Conversation = { id: C, title: 'Plans', model: 'm', system_prompt: null, pinned: false, archived: false, running_reply_id: null, last_message_at: at, created_at: at, updated_at: at, version: 1 };
const say = (id: string, role: Message['role'], text: string, parent_id: string | null): Message => ({ id, conversation_id: C, parent_id, reply_id: null, role, content: [{ type: 'text', text }], status: 'complete', model: role === 'user' ? null : 'gpt', supplier: null, finish_reason: null, usage: null, error: null, duration_ms: null, time_to_first_token_ms: null, created_at: at });
const page = (items: unknown[]) => ok({ items, pagination: { page_size: 50, next_cursor: null, has_next: false } });
const LIST = `GET /api/v1/looks/${L}/conversations`;
const MESSAGES = `${LIST}/${C}/messages`;

function open(path: string, answers: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ [`GET /api/v1/looks/${L}`]: () => ok(make()), [LIST]: () => page([conversation]), [MESSAGES]: () => page([say('m1', 'user', 'A secret plan', null), say('m2', 'assistant', 'A **bold** answer', 'm1')]), ...answers });
  return { calls, ...renderPage(<LookPage lookId={L} conversationId={path.includes(C) ? C : null} />, { path }) };
}

beforeAll(() => startTestTexts('en-US', 'chat'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(listPermissions(['tenant_admin'])) as Me);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('shows whose data it is, why and for how long, and each conversation with nothing to change it by', async () => {
  const { calls } = open(`/looks/${L}/${C}`);
  await screen.findByRole('heading', { name: /Mia Member’s data\. Nothing can be changed/ });
  expect(screen.getByText('Reason: Ticket 4711: help')).toBeTruthy();
  expect(screen.getByRole('timer').textContent).toMatch(/^(20:00|19:5\d) left$/);
  await screen.findByText('A secret plan');
  expect(screen.getByText('bold').tagName).toBe('STRONG');
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['End now']);
  expect(screen.queryByRole('textbox')).toBeNull();
  await act(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(calls.filter(({ path }) => path.includes('/conversations')).length).toBe(2);
});

it('takes everything from sight when its time is up, or when it is over for the server', async () => {
  let now = make({ ends_at: new Date(Date.now() + 1_500).toISOString() });
  const { queryClient } = open(`/looks/${L}/${C}`, { [`GET /api/v1/looks/${L}`]: () => ok(now) });
  await screen.findByText('A secret plan');
  await screen.findByRole('heading', { name: 'This look is over' });
  expect(screen.queryByText('A secret plan')).toBeNull();
  await waitFor(() => expect(queryClient.getQueriesData({ queryKey: ['looks', L, 'content'] })).toEqual([]));
  cleanup();
  now = make({ ended_at: at, end_reason: 'rights_changed' });
  open(`/looks/${L}`, { [`GET /api/v1/looks/${L}`]: () => ok(now) });
  await screen.findByRole('heading', { name: 'This look is over' });
});

it('says so where the look is not mine or not there', async () => {
  const { calls } = open(`/looks/${L}`, { [`GET /api/v1/looks/${L}`]: () => refused(404, '3007') });
  await screen.findByRole('heading', { name: 'This look is over' });
  expect(calls.some(({ path }) => path.includes('/conversations'))).toBe(false);
});

it('searches when asked and not at each letter', async () => {
  const { calls } = open(`/looks/${L}`);
  const field = await screen.findByRole('searchbox');
  await screen.findByText('Plans');
  const asked = () => calls.filter(({ path }) => path.includes('/conversations')).map(({ path }) => path);
  fireEvent.change(field, { target: { value: 'pla' } });
  fireEvent.change(field, { target: { value: 'plan' } });
  expect(asked()).toHaveLength(1);
  fireEvent.submit(field);
  await waitFor(() => expect(asked().at(-1)).toContain('search=plan'));
});

it('is ended by its button', async () => {
  const { calls } = open(`/looks/${L}`, { [`DELETE /api/v1/looks/${L}`]: () => new Response(null, { status: 204 }) });
  fireEvent.click(await screen.findByRole('button', { name: 'End now' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
});
