import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { LoggedRequest, Me, ReadRequest } from '@lyss/api-types';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { requestsDefaults } from '../../../app/usage/usage-search.ts';
import { rememberPerson } from '../../../session/session-store.ts';
import { noteToken } from '../../../session/tabs.ts';
import zh from '../texts/zh-CN.ts';
import { placeAttempt } from './attempt-line.tsx';
import Page from './page.tsx';
import { mergeRows, readSince } from './use-tail.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const failed: LoggedRequest = {
  ...{ id: '0198c0de-0000-7000-8000-0000000000a1', created_at: '2026-11-23T08:00:00.000Z', surface: 'gateway', outcome: 'failed', status: 503, error_kind: 'overloaded' },
  ...{ model: 'quick', route: 'cheap', supplier: 'openai', supplier_model: 'gpt', user: { id: '0198c0de-0000-7000-8000-0000000000b1', name: 'Ada' }, api_key: { id: '0198c0de-0000-7000-8000-0000000000c1', name: null } },
  ...{ input_tokens: 10, output_tokens: 5, cached_tokens: 4, reasoning_tokens: 0, estimated: true, cost: null, duration_ms: 900, time_to_first_token_ms: null, is_stream: true, is_cache_hit: false, request_id: 'r-1', conversation_id: null },
};
const good: LoggedRequest = { ...failed, id: '0198c0de-0000-7000-8000-0000000000a2', created_at: '2026-11-23T07:00:00.000Z', outcome: 'complete', status: 200, error_kind: null, model: 'other', cost: { amount: '0.0015', currency: 'USD' } };
const attempt = { supplier: 'openai', model: 'gpt', credential: null, outcome: 'failed', status: 503, error_kind: 'overloaded', started_ms: 0, duration_ms: 300, time_to_first_token_ms: null, reason: null };
const whole: ReadRequest = { ...failed, credential: null, reply_id: null, workflow: null, maybe_billed: true, attempts: [attempt, { ...attempt, supplier: 'qwen', started_ms: 300, duration_ms: 600, reason: 'fallback' }], budgets: [{ budget_id: good.id, name: 'Of all', period_start: good.created_at, period_end: null }] };
const LIST = 'GET /api/v1/admin/requests';
const pagination = { page_size: 100, next_cursor: null, has_next: false };

function open(answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof requestsDefaults> = {}) {
  const calls = serve({ [LIST]: () => ok({ items: [failed, good], pagination }), [`${LIST}/${failed.id}`]: () => ok(whole), 'GET /api/v1/admin/usage/top': () => ok({ items: [], pagination }), ...answers });
  const view = renderPage(<Page />, { path: `/requests?${new URLSearchParams(Object.entries({ ...requestsDefaults, ...address }))}` });
  return { calls, view };
}

beforeAll(() => startTestTexts('zh-CN', 'usage'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['usage.read', 'users.read']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the request log', () => {
  it('shows each call, colours what is no success alone, and names no key that is gone', async () => {
    const { calls } = open();
    const rows = within(await screen.findByRole('table', { name: zh.requests.title })).getAllByRole('row');
    expect(within(rows[1] as HTMLElement).getByText(zh.outcome.failed).className).toContain('is-failed');
    expect(within(rows[1] as HTMLElement).getByText('cheap → OpenAI')).toBeTruthy();
    expect(within(rows[1] as HTMLElement).getByText('已删除的密钥 0198c0de')).toBeTruthy();
    expect(within(rows[2] as HTMLElement).getByText('$0.0015')).toBeTruthy();
    expect(calls.find(({ path }) => path.startsWith('/api/v1/admin/requests?'))?.path).toContain('page_size=100');
  });

  it('shows beside it what was tried in its order, what it counted to, and whose it was', async () => {
    open({}, { peek: failed.id });
    const peek = await screen.findByRole('dialog');
    expect(await within(peek).findByText('尝试 2 次')).toBeTruthy();
    expect(within(peek).getAllByRole('listitem').map((item) => item.querySelector('b')?.textContent)).toEqual(['OpenAI · gpt', 'Qwen · gpt']);
    expect(within(peek).getByText('Of all')).toBeTruthy();
    expect(within(peek).getByText(zh.request.no_price)).toBeTruthy();
    expect(within(peek).getByRole('link', { name: '用户：Ada' }).getAttribute('href')).toContain(`peek=${failed.user.id}`);
    // Of keys and of the audit this person may see nothing.
    expect(within(peek).queryByRole('link', { name: zh.request.trail })).toBeNull();
  });

  it('asks for what its filters leave', async () => {
    const { calls } = open({}, { outcome: 'unsuccessful', min_duration_ms: '5000', conversation_id: good.id });
    await waitFor(() => expect(calls.some(({ path }) => path.includes('outcome=unsuccessful') && path.includes('min_duration_ms=5000') && path.includes(`conversation_id=${good.id}`))).toBe(true));
  });

  it('is not followed where its range has an end', async () => {
    open({}, { range: 'custom', to: good.created_at });
    expect((await screen.findByRole('switch', { name: zh.live.name })).hasAttribute('disabled')).toBe(true);
  });

  it('keeps whether it is followed in the address', async () => {
    const { view } = open();
    fireEvent.click(await screen.findByRole('switch', { name: zh.live.name }));
    await waitFor(() => expect(view.router.state.location.search).toMatchObject({ live: 'on' }));
  });

  it('says so where nothing matches, and where somebody may not see it', async () => {
    open({ [LIST]: () => ok({ items: [], pagination }) }, { outcome: 'failed' });
    expect(await screen.findByText(zh.requests.not_found)).toBeTruthy();
    cleanup();
    open({ [LIST]: () => refused(403, '2004') });
    expect(await screen.findByText(zh.requests.forbidden)).toBeTruthy();
  });
});

describe('what comes by itself', () => {
  it('stands before what was there, each once', () => {
    const newer = { ...failed, id: '0198c0de-0000-7000-8000-0000000000a3', created_at: '2026-11-23T08:00:01.000Z' };
    expect(mergeRows([newer, failed], [failed, good]).map(({ id }) => id.at(-1))).toEqual(['3', '1', '2']);
  });
  it('is looked for from a little before the newest, and never from before the filter’s beginning', () => {
    expect(readSince([good, failed], 0, undefined)).toBe('2026-11-23T07:59:55.000Z');
    expect(readSince([good, failed], 0, '2026-11-23T07:59:58.000Z')).toBe('2026-11-23T07:59:58.000Z');
    expect(readSince([], Date.parse('2026-11-23T09:00:00.000Z'), undefined)).toBe('2026-11-23T08:59:55.000Z');
  });
});

it('an attempt stands where it began and is as long as it lasted', () => {
  expect(placeAttempt({ ...attempt, started_ms: 250, duration_ms: 500, time_to_first_token_ms: 100 }, 1_000)).toEqual({ left: 25, width: 50, first: 35 });
  expect(placeAttempt({ ...attempt, started_ms: null, duration_ms: null }, 0)).toEqual({ left: 0, width: 100, first: null });
});
