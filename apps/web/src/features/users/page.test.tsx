import { act, cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, User } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import frame from '../../app/i18n/texts/zh-CN.ts';
import { usersDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });

const admin = listPermissions(['tenant_admin']);
const chen: User = {
  id: '0198c0de-0000-7000-8000-0000000000c1',
  email: 'chen@example.com',
  custom_roles: [],
  name: '陈思远',
  roles: ['tenant_admin'],
  status: 'active', invitation: null,
  locale: 'zh-CN',
  has_second_factor: false,
  last_seen_at: null,
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
  version: 2,
};
const READ = `GET /api/v1/admin/users/${chen.id}`;
const link = { url: 'https://lyss.example/invitation/abc', expires_at: '2026-11-26T08:00:00.000Z' };

function open(answers: Parameters<typeof serve>[0], address: Partial<typeof usersDefaults> = {}) {
  const pagination = { page_size: 20, next_cursor: 'c2', has_next: true, total_items: 40 };
  const calls = serve({ 'GET /api/v1/admin/roles': () => ok({ items: [] }), [`GET /api/v1/admin/users/${chen.id}/permissions`]: () => ok({ items: [] }), [READ]: () => ok({ ...chen, sessions_count: 0, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null, link: null }), 'GET /api/v1/admin/users': () => ok({ items: [chen], pagination }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...usersDefaults, ...address }).map(([name, value]) => [name, String(value ?? '')]));
  const { router, queryClient } = renderPage(<Page />, { path: `/users?${search}` });
  return { calls, refetch: () => act(() => queryClient.invalidateQueries()), address_now: () => new URLSearchParams(router.state.location.searchStr) };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeAll(() => startTestTexts('zh-CN', 'users', 'access'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(admin) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of people', () => {
  it('turns pages by cursor, forwards and back, and keeps the page in the address', async () => {
    const { calls, address_now } = open({});
    await screen.findByRole('button', { name: chen.name });
    press(frame.list.next);
    await waitFor(() => expect(address_now().get('cursor')).toBe('c2'));
    await waitFor(() => expect(calls.at(-1)?.path).toContain('cursor=c2'));
    press(frame.list.previous);
    await waitFor(() => expect(address_now().get('cursor')).toBe(''));
  });

  it('shows the one-time link once, with the end of its time and the zone', async () => {
    const { address_now } = open({ 'POST /api/v1/admin/users': () => ok({ user: { ...chen, name: '周宁' }, invitation: link, delivery: 'by_hand' }, 201) }, { peek: 'new' });
    fireEvent.change(await screen.findByRole('textbox', { name: zh.form.name }), { target: { value: '周宁' } });
    fireEvent.change(screen.getByRole('textbox', { name: zh.form.email }), { target: { value: 'zhou@example.com' } });
    press(zh.form.submit);
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: frame.one_time_link.address });
    expect(field.value).toBe(link.url);
    // 08:00 UTC in the tenant's zone, which is eight hours ahead.
    expect(screen.getByText(/16:00:00/).textContent).toMatch(/GMT\+8/);
    expect(screen.getByText(zh.link_once)).toBeTruthy();
    // It is seen only now: where it can't be copied, that is said, and it stands ready to be taken along.
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('denied'));
    document.execCommand = () => false;
    press(frame.one_time_link.copy);
    expect(await screen.findByText(frame.one_time_link.not_copied)).toBeTruthy();
    expect([field.selectionStart, field.selectionEnd, document.activeElement === field]).toEqual([0, link.url.length, true]);
    press(frame.one_time_link.done);
    await waitFor(() => expect(screen.queryByDisplayValue(link.url)).toBeNull());
    expect(address_now().get('peek')).toBe('');
  });

  it('names the person before disabling, and says in the dialog that the last admin can’t go', async () => {
    const { calls } = open({ [`PATCH /api/v1/admin/users/${chen.id}`]: () => refused(409, '3006', { reason: 'last_admin' }) }, { peek: chen.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.disable }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('停用 陈思远');
    expect(dialog.textContent).toContain(chen.email);
    press('停用 陈思远');
    await screen.findByText(zh.issue.last_admin);
    const sent = calls.find(({ method }) => method === 'PATCH');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"2"', { status: 'disabled' }]);
  });

  it('makes a new link only after it was confirmed', async () => {
    const { calls } = open({ [`POST /api/v1/admin/users/${chen.id}/reset-password`]: () => ok({ invitation: link, delivery: 'sent_soon' }, 201) }, { peek: chen.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.reset }));
    await screen.findByRole('alertdialog');
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    press(zh.reset.submit);
    await screen.findByDisplayValue(link.url);
    expect(screen.getByText(zh.link_sent)).toBeTruthy();
  });

  it('tells on how many devices somebody is signed in, and signs them out everywhere once that was confirmed', async () => {
    const access = { ...chen, sessions_count: 3, second_factors: { totp: true, passkeys_count: 2, recovery_codes_left: 9, demanded: true }, single_sign_on: null, link: null };
    const { calls } = open({ [READ]: () => ok(access), [`DELETE /api/v1/admin/users/${chen.id}/sessions`]: () => new Response(null, { status: 204 }) }, { peek: chen.id });
    expect(await screen.findByText('3 台设备或脚本')).toBeTruthy();
    expect(screen.getByText('验证器应用 · 2 个通行密钥 · 9 个恢复码')).toBeTruthy();
    press(zh.menu.sign_out);
    await screen.findByRole('alertdialog');
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
    press(zh.sign_out.submit);
    await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it.each([
    [{ delivery: 'sent' }, zh.access.delivery.sent, false],
    [{ delivery: 'by_hand' }, zh.access.delivery.by_hand, false],
    [{ delivery: 'failed', failure: 'address_refused' }, zh.access.failed.address_refused, true],
    [{ delivery: 'pending' }, zh.access.lost, true],
    [{ delivery: 'pending', created_at: new Date().toISOString() }, zh.access.delivery.pending, false],
    [{ delivery: 'sent', expires_at: '2026-11-02T00:00:00.000Z' }, zh.access.over, true],
  ])('says what became of an invitation (%j), and offers another where that helps', async (changes, words, offers) => {
    const link_state = { purpose: 'invitation', failure: null, created_at: '2026-11-01T00:00:00.000Z', expires_at: '2199-01-01T00:00:00.000Z', ...changes };
    open({ [READ]: () => ok({ ...chen, sessions_count: 0, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null, link: link_state }) }, { peek: chen.id });
    expect(await screen.findByText(new RegExp(words))).toBeTruthy();
    const again = screen.queryByRole('button', { name: zh.access.again });
    expect(again !== null).toBe(offers);
    if (!again) return;
    fireEvent.click(again);
    expect((await screen.findByRole('alertdialog')).textContent).toContain(zh.reset.submit);
  });

  it('gives back no role that somebody took away while the form was open, and keeps what was typed', async () => {
    let now = chen;
    const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
    const { calls, refetch } = open(
      {
        'GET /api/v1/admin/users': () => ok({ items: [now], pagination }),
        [`GET /api/v1/admin/users/${chen.id}`]: () => ok({ ...now, sessions_count: 0, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null, link: null }),
        [`PATCH /api/v1/admin/users/${chen.id}`]: (seen) => (seen.headers.get('if-match') === `"${now.version}"` ? ok(now) : refused(412, '3005')),
      },
      { peek: chen.id },
    );
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.edit }));
    fireEvent.change(await screen.findByRole('textbox', { name: zh.form.name }), { target: { value: '陈思' } });
    now = { ...chen, roles: ['end_user'], version: 4 };
    await refetch();
    press(zh.form.save);
    await screen.findByText(zh.form.stale);
    expect((await screen.findByText('成员', { selector: 'ins' })).parentElement?.textContent).toBe('租户管理员 → 成员');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: zh.form.name }).value).toBe('陈思');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^租户管理员/ }).checked).toBe(false);
    press(zh.form.save);
    await waitFor(() => expect(screen.queryByRole('textbox', { name: zh.form.name })).toBeNull());
    expect(calls.filter(({ method }) => method === 'PATCH').map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([['"2"', { name: '陈思' }], ['"4"', { name: '陈思' }]]);
  });

  it('disables nobody who was changed while the question stood there, before the change was seen', async () => {
    let now = chen;
    const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };
    const { calls, refetch } = open(
      { 'GET /api/v1/admin/users': () => ok({ items: [now], pagination }), [`GET /api/v1/admin/users/${chen.id}`]: () => ok({ ...now, sessions_count: 0, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null, link: null }), [`PATCH /api/v1/admin/users/${chen.id}`]: () => refused(412, '3005') },
      { peek: chen.id },
    );
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.disable }));
    await screen.findByRole('alertdialog');
    now = { ...chen, name: '陈远', version: 4 };
    await refetch();
    press('停用 陈思远');
    expect((await screen.findByText('陈远', { selector: 'ins' })).parentElement?.textContent).toBe('陈思远 → 陈远');
    press('停用 陈远');
    await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH').map(({ headers }) => headers.get('if-match'))).toEqual(['"2"', '"4"']));
  });
});
