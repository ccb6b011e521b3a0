import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Me, UsageSeries, UsageSummary } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { readDaytime } from './greeting.ts';
import Page from './page.tsx';

const page = (...items: object[]) => ok({ items, pagination: { page_size: 2, next_cursor: null, has_next: false } });
const answers = (suppliers: object[], users: object[], chats: object[]) => ({
  'GET /api/v1/admin/suppliers': () => page(...suppliers),
  'GET /api/v1/admin/users': () => page(...users),
  'GET /api/v1/chat/conversations': () => page(...chats),
  'GET /api/v1/admin/budgets': () => page(),
  ...usage(0),
});
const latency = { mean_ms: null, p50_ms: null, p95_ms: null, first_token_p50_ms: null, first_token_p95_ms: null };
const used = (requests: number): UsageSummary['current'] => ({ requests, failed: 0, input_tokens: 7, output_tokens: 5, cached_tokens: 0, reasoning_tokens: 0, unpriced: 0, cost: { amount: '1.5', currency: 'CNY' }, other_costs: [], ...latency });
const span = { from: '2026-11-22T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z', unit: 'day' as const, time_zone: 'Asia/Shanghai' };
const series: UsageSeries = { ...span, currency: 'CNY', buckets: [span.from], total: [], series: [] };
const usage = (requests: number) => ({
  'GET /api/v1/admin/usage/summary': () => ok({ ...span, before_from: span.from, current: used(requests), before: used(0) } satisfies UsageSummary),
  'GET /api/v1/admin/usage/timeseries': () => ok(series),
});
const demo = { provider: 'demo' };
const admin = () => rememberPerson(person(listPermissions(['tenant_admin'])) as Me);

beforeAll(() => startTestTexts('zh-CN', 'overview', 'usage'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the overview', () => {
  it('counts what is done: the demo is no supplier yet, oneself no colleague', async () => {
    admin();
    serve(answers([demo], [{}], [{}]));
    renderPage(<Page />);
    expect(await screen.findByText('完成 1 / 3')).toBeTruthy();
  });

  it('puts the list away once all is done', async () => {
    admin();
    const calls = serve(answers([demo, { provider: 'qwen' }], [{}, {}], [{}]));
    renderPage(<Page />);
    await vi.waitFor(() => expect(calls).toHaveLength(7));
    expect(await screen.findByText('常用')).toBeTruthy();
    expect(screen.queryByText('开始使用')).toBeNull();
  });

  it('names the budgets that are used up, before those that are near their limit', async () => {
    admin();
    const of = (state: string) => ({ id: state, name: `B ${state}`, state });
    let asked = 0;
    serve({ ...answers([demo], [{}], [{}]), 'GET /api/v1/admin/budgets': () => page(of((asked += 1) === 1 ? 'used_up' : 'warned')) });
    renderPage(<Page />);
    expect((await screen.findAllByRole('link', { name: /^B / })).map(({ textContent }) => textContent)).toEqual(['B used_up预算已用完', 'B warned预算接近上限']);
  });

  it('shows the ways on with the list and not before it, which would push them, and without it where it fails', async () => {
    admin();
    serve({ ...answers([demo], [{}], [{}]), 'GET /api/v1/chat/conversations': () => refused(503, '5001') });
    renderPage(<Page />);
    expect(screen.queryByText('常用')).toBeNull();
    expect(await screen.findByText('常用')).toBeTruthy();
    expect(screen.queryByText('开始使用')).toBeNull();
  });

  it('shows whoever may see it what was used, and nothing where nothing was', async () => {
    admin();
    serve({ ...answers([demo], [{}], [{}]), ...usage(12) });
    renderPage(<Page />);
    expect(await screen.findByText('¥1.50')).toBeTruthy();
    cleanup();
    serve(answers([demo], [{}], [{}]));
    renderPage(<Page />);
    expect(await screen.findByText('常用')).toBeTruthy();
    expect(screen.queryByText('¥1.50')).toBeNull();
  });

  it('stands without figures where they can’t be told', async () => {
    admin();
    serve({ ...answers([demo], [{}], [{}]), 'GET /api/v1/admin/usage/summary': () => refused(503, '5001') });
    renderPage(<Page />);
    expect(await screen.findByText('常用')).toBeTruthy();
  });

  it('offers a member chat and no supplier', async () => {
    rememberPerson(person(listPermissions(['end_user'])) as Me);
    const calls = serve(answers([], [], []));
    renderPage(<Page />);
    expect(await screen.findByText('完成 0 / 1')).toBeTruthy();
    expect(screen.queryByText('供应商')).toBeNull();
    expect(calls.map((call) => call.path.split('?')[0])).toEqual(['/api/v1/chat/conversations']);
  });
});

it.each([
  ['2026-11-23T20:00:00Z', 'night'],
  ['2026-11-23T00:00:00Z', 'morning'],
  ['2026-11-23T04:30:00Z', 'noon'],
  ['2026-11-23T09:59:00Z', 'afternoon'],
  ['2026-11-23T12:00:00Z', 'evening'],
])('greets at %s in Shanghai with %s', (now, daytime) => {
  expect(readDaytime(new Date(now), 'Asia/Shanghai')).toBe(daytime);
});
