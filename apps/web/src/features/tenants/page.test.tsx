import { act, cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, OperatorTenant } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { tenantsDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 20_000 });

const acme: OperatorTenant = {
  id: '0198c0de-0000-7000-8000-0000000000d1',
  name: 'Acme',
  workspace: 'acme',
  state: 'active',
  locale: 'en-US',
  currency: 'USD',
  time_zone: 'UTC',
  audit_retention_days: null,
  password_policy: { min_length: 15, blocked_words: [] },
  session_policy: { idle_minutes: null, absolute_minutes: null },
  retention: { conversations_days: null, sessions_days: 30 },
  deletion: null,
  limits: { seats: 20, api_keys: null, storage_bytes: null, requests_per_minute: null },
  used: { seats: 12, api_keys: 3, storage_bytes: 0 },
  suppliers: { healthy: 2, failing: 1, untested: 0 },
  month: { since: '2026-11-01T00:00:00.000Z', requests: 40, input_tokens: 900, output_tokens: 100, costs: [{ amount: '1.5', currency: 'USD' }] },
  require_second_factor: 'none',
  users_count: 12,
  last_active_at: null,
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
  version: 3,
};
const one = `/api/v1/admin/tenants/${acme.id}`;

function open(answers: Parameters<typeof serve>[0], address: Partial<typeof tenantsDefaults> = {}) {
  const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
  const calls = serve({ 'GET /api/v1/admin/tenants': () => ok({ items: [acme], pagination }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...tenantsDefaults, ...address }).map(([name, value]) => [name, String(value ?? '')]));
  const { queryClient } = renderPage(<Page />, { path: `/tenants?${search}` });
  return Object.assign(calls, { refetch: () => queryClient.invalidateQueries() });
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string, at = 0) => fireEvent.change(screen.getAllByRole('textbox', { name: label })[at] ?? document.body, { target: { value } });

beforeAll(() => startTestTexts('zh-CN', 'tenants'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['tenants.read', 'tenants.write']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of tenants', () => {
  it.each([['席位', 'users_count'], ['本月请求', 'requests'], ['本月令牌', 'tokens'], ['本月费用', 'cost'], ['最近活动', 'last_active_at']])('is sorted by %s on the server, over all pages', async (title, sort_by) => {
    const calls = open({});
    fireEvent.click(await screen.findByRole('button', { name: new RegExp(title) }));
    await waitFor(() => expect(calls.at(-1)?.path).toContain(`sort_by=${sort_by}`));
    expect(await screen.findByText('1 个失败')).toBeTruthy();
  });

  it('names the tenant and how many people it concerns before suspending', async () => {
    const calls = open({ [`PATCH ${one}`]: () => ok({ ...acme, state: 'suspended', version: 4 }) }, { peek: acme.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.suspend }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('12 位用户');
    press('暂停 Acme');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    const sent = calls.find(({ method }) => method === 'PATCH');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { state: 'suspended' }]);
  });

  it('suggests the workspace, keeps what was typed where it is taken, and hands over the link', async () => {
    let taken = true;
    const invitation = { url: 'https://lyss.example/invitation/abc', expires_at: '2026-11-26T08:00:00.000Z' };
    const calls = open({ 'POST /api/v1/admin/tenants': () => (taken ? refused(409, '3005', { reason: 'workspace_taken' }) : ok({ tenant: acme, invitation, delivery: 'by_hand' }, 201)) }, { peek: 'new' });
    await screen.findByRole('textbox', { name: zh.form.workspace });
    type(zh.form.name, '云栖科技有限公司');
    type(zh.form.admin_name, '周宁');
    type(zh.form.admin_email, 'zhou@yunqi.example');
    press(zh.form.submit);
    await screen.findByText(zh.issue.workspace_taken);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: zh.form.workspace }).value).toBe('yqkj');
    expect(screen.getByDisplayValue('zhou@yunqi.example')).toBeTruthy();
    taken = false;
    type(zh.form.workspace, 'Yunqi-2');
    press(zh.form.submit);
    await screen.findByDisplayValue(invitation.url);
    expect(screen.getByText('周宁 的一次性链接')).toBeTruthy();
    const sent = calls.filter(({ method }) => method === 'POST').at(-1)?.body;
    expect(sent).toMatchObject({ workspace: 'yunqi-2', currency: 'CNY', time_zone: 'Asia/Shanghai', admin: { email: 'zhou@yunqi.example' } });
  });

  it('renames against the version it began from, though the list refreshed itself; what was typed goes on top of what it shows was saved meanwhile', async () => {
    let now = acme;
    const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
    const calls = open(
      {
        'GET /api/v1/admin/tenants': () => ok({ items: [now], pagination }),
        [`GET ${one}`]: () => ok(now),
        [`PATCH ${one}`]: (seen) => (seen.headers.get('if-match') === `"${now.version}"` ? ok(now) : refused(412, '3005')),
      },
      { peek: acme.id },
    );
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.rename }));
    fireEvent.change(await screen.findByDisplayValue('Acme'), { target: { value: 'Acme Robotics' } });
    now = { ...acme, name: 'Acme Labs', version: 5 };
    await act(() => calls.refetch());
    press(zh.form.save);
    await screen.findByText(zh.form.stale);
    expect((await screen.findByText('Acme Labs', { selector: 'ins' })).parentElement?.textContent).toBe('Acme → Acme Labs');
    expect(screen.getByDisplayValue('Acme Robotics')).toBeTruthy();
    press(zh.form.save);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: /Acme/ })?.querySelector('form')).toBeFalsy());
    expect(calls.filter(({ method }) => method === 'PATCH').map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([['"3"', { name: 'Acme Robotics' }], ['"5"', { name: 'Acme Robotics' }]]);
  });

  it('suspends no tenant that changed while the question stood there, before the change was seen', async () => {
    let now = acme;
    const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
    const calls = open({ 'GET /api/v1/admin/tenants': () => ok({ items: [now], pagination }), [`GET ${one}`]: () => ok(now), [`PATCH ${one}`]: () => refused(412, '3005') }, { peek: acme.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.suspend }));
    await screen.findByRole('alertdialog');
    now = { ...acme, name: 'Acme Labs', version: 5 };
    await act(() => calls.refetch());
    press('暂停 Acme');
    expect((await screen.findByText('Acme Labs', { selector: 'ins' })).parentElement?.textContent).toBe('Acme → Acme Labs');
    expect(calls.find(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
    press('暂停 Acme Labs');
    await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH').map(({ headers }) => headers.get('if-match'))).toEqual(['"3"', '"5"']));
  });

  it('deletes with the name typed and a reason given, and says the day it is gone', async () => {
    const deletion = { asked_at: '2026-11-23T08:00:00.000Z', due_at: '2026-11-30T08:00:00.000Z', reason: '合同到期', is_begun: false, rows_removed: 0 };
    let now = acme;
    const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
    const calls = open(
      {
        'GET /api/v1/admin/tenants': () => ok({ items: [now], pagination }),
        [`DELETE ${one}`]: () => ok((now = { ...acme, state: 'deleting', deletion, version: 4 }), 202),
        [`POST ${one}/cancel-deletion`]: () => ok((now = { ...acme, version: 5 })),
      },
      { peek: acme.id },
    );
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.delete }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('12 位用户');
    fireEvent.change(screen.getByLabelText('输入 Acme 以确认'), { target: { value: 'Acme' } });
    press(zh.delete.submit);
    await screen.findByText(zh.delete.reason_required);
    type(zh.delete.reason, '合同到期');
    press(zh.delete.submit);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    const sent = calls.find(({ method }) => method === 'DELETE');
    expect([sent?.headers.get('if-match'), sent?.path]).toEqual(['"3"', `${one}?name=Acme&reason=${encodeURIComponent('合同到期')}`]);
    expect((await screen.findAllByText(/2026 年 11 月 30 日.*清除/)).length).toBeGreaterThan(0);
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.keep }));
    press('取消删除 Acme');
    await waitFor(() => expect(calls.filter(({ method }) => method === 'POST').map(({ headers }) => headers.get('if-match'))).toEqual(['"4"']));
  });

  it('shows what is used of the plan, which suppliers fail and what the month was, and sends the limits that were changed alone', async () => {
    const calls = open({ [`PATCH ${one}`]: () => ok({ ...acme, version: 4 }) }, { peek: acme.id });
    expect(await screen.findByText('12 / 20')).toBeTruthy();
    expect(screen.getAllByText('1 个失败').length).toBeGreaterThan(0);
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.limits }));
    type(zh.limits.seats, '12x');
    expect(screen.getByText(zh.limits.invalid)).toBeTruthy();
    type(zh.limits.seats, '');
    type(zh.limits.storage_label, '100');
    press(zh.limits.submit);
    await waitFor(() => expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ limits: { seats: null, storage_bytes: 104_857_600 } }));
  });
});
