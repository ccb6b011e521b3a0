import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Me, UsagePoint, UsageSeries, UsageSummary, UsageTop } from '@lyss/api-types';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { usageDefaults } from '../../app/usage/usage-search.ts';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const counts = { requests: 4, failed: 1, input_tokens: 12_000, output_tokens: 3_000, cached_tokens: 0, reasoning_tokens: 0, unpriced: 0 };
const latency = { mean_ms: 500, p50_ms: 400, p95_ms: 900, first_token_p50_ms: 90, first_token_p95_ms: 200 };
const money = (amount: string) => ({ amount, currency: 'CNY' });
const span = { from: '2026-11-21T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z', unit: 'day' as const, time_zone: 'Asia/Shanghai' };
const summary: UsageSummary = { ...span, before_from: '2026-11-19T16:00:00.000Z', current: { ...counts, ...latency, cost: money('2.5'), other_costs: [] }, before: { ...counts, ...latency, requests: 2, failed: 0, cost: money('2'), other_costs: [] } };
const point: UsagePoint = { at: span.from, ...counts, ...latency, cost: '2.5' };
const series: UsageSeries = {
  ...{ ...span, currency: 'CNY', buckets: [span.from, '2026-11-22T16:00:00.000Z'], total: [point] },
  series: [{ kind: 'one', key: 'quick', name: 'quick', points: [point] }, { kind: 'other', key: '', name: null, points: [{ ...point, requests: 1 }] }],
};
const gone: UsageTop = { key: '0198c0de-0000-7000-8000-0000000000b1', name: null, ...counts, ...latency, cost: money('1') };
const ROOT = 'GET /api/v1/admin/usage/';
const pagination = { page_size: 20, next_cursor: null, has_next: false };

function open(answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof usageDefaults> = {}) {
  const calls = serve({ [`${ROOT}summary`]: () => ok(summary), [`${ROOT}timeseries`]: () => ok(series), [`${ROOT}top`]: () => ok({ items: [gone], pagination }), ...answers });
  const view = renderPage(<Page />, { path: `/usage?${new URLSearchParams(Object.entries({ ...usageDefaults, ...address }))}` });
  return { calls, view };
}

beforeAll(() => startTestTexts('zh-CN', 'usage'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['usage.read']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('usage', () => {
  it('says what was used and how it changed', async () => {
    open();
    expect(await screen.findByText('¥2.50')).toBeTruthy();
    expect(screen.getByText('+25%')).toBeTruthy();
    expect(screen.getByText('+25 pp').className).toBe('is-bad');
  });

  it('says nothing of the time before where nobody wants to know', async () => {
    open({}, { compare: 'no' });
    await screen.findByText('¥2.50');
    expect(screen.queryByText('+25%')).toBeNull();
  });

  it('reads a chart by arrow keys, and shows the same as a table', async () => {
    open();
    const chart = await screen.findByRole('slider', { name: zh.chart.title.requests });
    fireEvent.keyDown(chart, { key: 'Home' });
    expect(chart.getAttribute('aria-valuetext')).toBe('2026 年 11 月 22 日, 合计 5, quick 4, 其余 1');
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(chart.getAttribute('aria-valuenow')).toBe('1');
    fireEvent.click(screen.getByRole('button', { name: `${zh.chart.table} ${zh.chart.title.requests}` }));
    const rows = within(screen.getByRole('table', { name: zh.chart.title.requests })).getAllByRole('row');
    expect(rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent).join())).toEqual(['', '5,4,1', '0,0,0']);
  });

  it('leads from a day of a chart to its requests, with the filters that were set', async () => {
    const { view } = open({}, { model: 'quick' });
    const chart = await screen.findByRole('slider', { name: zh.chart.title.failed });
    fireEvent.keyDown(chart, { key: 'Home' });
    fireEvent.keyDown(chart, { key: 'Enter' });
    await waitFor(() => expect(view.router.state.location.pathname).toBe('/requests'));
    expect(view.router.state.location.search).toMatchObject({ model: 'quick', outcome: 'unsuccessful', range: 'custom', from: span.from, to: '2026-11-22T16:00:00.000Z' });
  });

  it('narrows all of it by one filter', async () => {
    const { calls, view } = open();
    fireEvent.click((await screen.findAllByRole('button', { name: 'quick' }))[0] as HTMLElement);
    await waitFor(() => expect(view.router.state.location.search).toMatchObject({ model: 'quick' }));
    await waitFor(() => expect(calls.filter(({ path }) => path.includes('model=quick')).map(({ path }) => path.split('?')[0]?.split('/').at(-1)).toSorted()).toEqual(['summary', 'timeseries', 'top']));
  });

  it('names nobody who is gone', async () => {
    open({}, { tab: 'person' });
    expect((await screen.findAllByRole('button', { name: '已删除的用户 0198c0de' })).length).toBeGreaterThan(0);
  });

  it('says so where nothing was used yet, and where somebody may not see it', async () => {
    const nothing = { ...summary.current, requests: 0 };
    open({ [`${ROOT}summary`]: () => ok({ ...summary, current: nothing, before: nothing }) });
    expect(await screen.findByText(zh.list.empty)).toBeTruthy();
    cleanup();
    open({ [`${ROOT}summary`]: () => refused(403, '2004') });
    expect(await screen.findByText(zh.list.forbidden)).toBeTruthy();
  });
});
