import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Budget, Me } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { budgetsDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const usd = (amount: string) => ({ amount, currency: 'USD' });
const row: Budget = {
  id: '0198c0de-0000-7000-8000-0000000000a1', name: '全体每月', scope: 'tenant', subject: null, per: 'together', period: 'month', starts_at: null, ends_at: null, limit: usd('10'), is_hard: true, warn_percent: 80, raise: null, enabled: true, state: 'warned',
  now: { limit: usd('10'), spent: usd('8'), held: usd('1'), free: usd('1'), period_start: '2026-11-01T00:00:00.000Z', period_end: '2026-12-01T00:00:00.000Z', holder: null, pots: 1, forecast: usd('12') },
  created_at: '2026-11-01T00:00:00.000Z', updated_at: '2026-11-01T00:00:00.000Z', version: 3,
};
const writers: Budget = { ...row, id: '0198c0de-0000-7000-8000-0000000000a2', name: '成员', scope: 'role', subject: { value: 'end_user', name: 'end_user' }, per: 'person', state: 'ok', now: null };
const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 2 };
const none = { items: [], pagination: { ...pagination, total_items: 0 } };
const outcome = { from: row.created_at, to: row.created_at, is_cut: false, unpriced: 0, requests: 4, refused: 1, cost: usd('12'), refused_cost: usd('3'), days: [{ day: '2026-11-01', cost: usd('12'), refused: 1, highest_percent: 90 }], hit: [] };

function open(answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof budgetsDefaults> = {}) {
  const calls = serve({
    'GET /api/v1/admin/budgets': () => ok({ items: [row, writers], pagination }),
    [`GET /api/v1/admin/budgets/${row.id}/pots`]: () => ok(none),
    'GET /api/v1/admin/budget-alerts': () => ok({ items: [{ id: row.id, budget_id: row.id, name: row.name, holder: null, percent: 80, spent: usd('8'), limit: usd('10'), at: row.created_at, delivered_at: null, failure: null }], pagination }),
    'POST /api/v1/admin/budgets/simulations': () => ok(outcome),
    ...answers,
  });
  renderPage(<Page />, { path: `/budgets?${new URLSearchParams(Object.entries({ ...budgetsDefaults, ...address }))}` });
  return calls;
}
const signIn = (permissions: readonly string[]) => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(permissions) as Me);
};
const type = (label: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } });

beforeAll(() => startTestTexts('zh-CN', 'budgets', 'access'));
beforeEach(() => signIn(listPermissions(['tenant_admin'])));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('the list gathers budgets by what they are about, each with what it has spent, holds and leaves', async () => {
  open();
  await screen.findByRole('button', { name: row.name });
  expect(screen.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual([zh.group.tenant, zh.group.role]);
  expect(screen.getAllByRole('img').map((bar) => bar.getAttribute('aria-label'))).toEqual([expect.stringMatching(/8.*1.*1.*12/), expect.stringMatching(/10/)]);
});

it('the peek tells who reached which threshold', async () => {
  open({}, { peek: row.id });
  expect(await screen.findByText('达到 80%')).toBeTruthy();
});

it('a budget is made with what was typed, and what it would have done is said before', async () => {
  const calls = open({ 'POST /api/v1/admin/budgets': () => ok(row, 201) }, { peek: 'new' });
  await screen.findByRole('textbox', { name: zh.column.name });
  type(zh.column.name, '新的');
  type(zh.form.limit.replace('{{currency}}', 'CNY'), '12.5');
  expect(await screen.findByText(/其中 1 个会被拒绝/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: zh.form.submit }));
  await waitFor(() => expect(calls.find(({ method, path }) => method === 'POST' && path.endsWith('/budgets'))?.body).toMatchObject({ name: '新的', scope: 'tenant', limit: '12.5', is_hard: true }));
});

it('what the server refuses stands at its field, and what was typed stays', async () => {
  open({ 'POST /api/v1/admin/budgets': () => refused(409, '3005', { reason: 'name_taken' }) }, { peek: 'new' });
  await screen.findByRole('textbox', { name: zh.column.name });
  type(zh.column.name, row.name);
  type(zh.form.limit.replace('{{currency}}', 'CNY'), '1');
  fireEvent.click(screen.getByRole('button', { name: zh.form.submit }));
  expect(await screen.findByText('refused 3005')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: zh.column.name }).value).toBe(row.name);
});

it('whoever may only read is offered no change', async () => {
  signIn(['budgets.read']);
  open();
  await screen.findByRole('button', { name: row.name });
  expect(screen.queryByRole('button', { name: zh.add })).toBeNull();
});
