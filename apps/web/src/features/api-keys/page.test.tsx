import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiKey, Me, PersonsApiKey } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import access from '../../app/access/texts/zh-CN.ts';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { apiKeysDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const row: ApiKey = {
  id: '0198c0de-0000-7000-8000-0000000000a1', name: '夜间脚本', hint: 'lyss_…c4f2', scopes: ['users.read', 'audit.read', 'chat.use'], models: null, allowed_networks: [], status: 'active',
  expires_at: null, last_used_at: null, rotated_at: null, overlap_ends_at: null, revoked_at: null, created_at: '2026-11-01T00:00:00.000Z', updated_at: '2026-11-01T00:00:00.000Z', version: 3,
};
const theirs: PersonsApiKey = { ...row, name: '旧笔记本', user: { id: '0198c0de-0000-7000-8000-0000000000c1', name: '陈思远', email: 'chen@example.com', status: 'active' } };
const KEY = `lyss_${'k'.repeat(43)}`;
const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 1 };

function open(answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof apiKeysDefaults> = {}) {
  const calls = serve({
    'GET /api/v1/api-keys': () => ok({ items: [row], pagination }),
    'GET /api/v1/admin/api-keys': () => ok({ items: [theirs], pagination }),
    'GET /api/v1/models': () => ok({ items: [] }),
    ...answers,
  });
  const search = new URLSearchParams(Object.entries({ ...apiKeysDefaults, ...address }).map(([name, value]) => [name, String(value)]));
  const { router } = renderPage(<Page />, { path: `/api-keys?${search}` });
  return { calls, address_now: () => new URLSearchParams(router.state.location.searchStr) };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const signIn = (permissions: readonly string[]) => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(permissions) as Me);
};

beforeAll(() => startTestTexts('zh-CN', 'api-keys', 'access'));
beforeEach(() => signIn(listPermissions(['tenant_admin'])));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('my keys', () => {
  it('show what each may do, and ask the server for nothing that it does not know', async () => {
    const { calls } = open();
    await screen.findByRole('button', { name: row.name });
    expect(screen.getByText(row.hint)).toBeTruthy();
    expect(screen.getByText(`${access.name.users_read} · ${access.name.audit_read} 等 1 项`)).toBeTruthy();
    const asked = new URL(calls.find(({ path }) => path.includes('/api-keys'))?.path ?? '', 'http://x').searchParams;
    expect([...asked.keys()].toSorted()).toEqual(['include_total', 'sort_by', 'sort_order']);
  });

  it('are made with what was chosen, and shown once with an example that does not hold the key', async () => {
    const { calls, address_now } = open({ 'POST /api/v1/api-keys': () => ok({ ...row, key: KEY }, 201) }, { peek: 'new' });
    fireEvent.change(await screen.findByRole('textbox', { name: zh.form.name }), { target: { value: '夜间脚本' } });
    const search = screen.getByRole('searchbox', { name: zh.form.scopes_filter });
    fireEvent.change(search, { target: { value: 'audit' } });
    fireEvent.click(screen.getByRole('checkbox', { name: new RegExp(access.name.audit_read) }));
    expect(screen.queryByRole('checkbox', { name: new RegExp(access.name.users_read) })).toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: zh.form.expires }), { target: { value: 'never' } });
    fireEvent.change(screen.getByRole('textbox', { name: zh.form.networks }), { target: { value: '10.0.0.0/8' } });
    press(zh.form.submit);
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: zh.shown.key });
    expect(field.value).toBe(KEY);
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ name: '夜间脚本', scopes: ['gateway.use', 'audit.read', 'chat.use'], models: null, expires_at: null, allowed_networks: ['10.0.0.0/8'] });
    const examples = screen.getAllByRole('figure').map(({ textContent }) => textContent);
    expect(examples).toHaveLength(1);
    expect(examples.join()).not.toContain(KEY);
    press(zh.shown.done);
    await waitFor(() => expect(document.documentElement.outerHTML).not.toContain(KEY));
    expect(address_now().get('peek')).toBe('');
  });

  it('are not sent with a network that is none: its line is named, by us and by the server', async () => {
    const issues = [{ path: 'allowed_networks.1', code: 'invalid_network', message: 'no network' }];
    const { calls } = open({ 'POST /api/v1/api-keys': () => refused(400, '1001', { issues }) }, { peek: 'new' });
    fireEvent.change(await screen.findByRole('textbox', { name: zh.form.name }), { target: { value: 'N' } });
    const field = screen.getByRole('textbox', { name: zh.form.networks });
    fireEvent.change(field, { target: { value: '10.0.0.0/8\nexample.com' } });
    press(zh.form.submit);
    await screen.findByText('第 2 行不是 IP 地址或 CIDR 网段');
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    fireEvent.change(field, { target: { value: '10.0.0.0/8\n::ffff:10.0.0.0/8' } });
    press(zh.form.submit);
    await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true));
    await screen.findByText('第 2 行不是 IP 地址或 CIDR 网段');
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('are rotated with the overlap that was chosen and the version that was seen', async () => {
    const made = { ...row, key: KEY, rotated_at: '2026-11-23T08:00:00.000Z', overlap_ends_at: '2026-11-30T08:00:00.000Z' };
    const { calls } = open({ [`POST /api/v1/api-keys/${row.id}/rotate`]: () => ok(made) }, { peek: row.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.rotate }));
    const dialog = within(await screen.findByRole('dialog', { name: /轮换 夜间脚本/ }));
    fireEvent.change(dialog.getByRole('combobox'), { target: { value: 'h168' } });
    fireEvent.click(dialog.getByRole('button', { name: zh.rotate.submit }));
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: zh.shown.key })).value).toBe(KEY);
    const sent = calls.find(({ method }) => method === 'POST');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { overlap_hours: 168 }]);
    // 08:00 UTC in the tenant's zone, which is eight hours ahead.
    expect(screen.getByText(/旧密钥可用至.*16:00:00/)).toBeTruthy();
  });

  it('are revoked once the name was typed; an ended one can’t be touched', async () => {
    const { calls } = open({ [`DELETE /api/v1/api-keys/${row.id}`]: () => new Response(null, { status: 204 }) }, { peek: row.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.revoke }));
    const dialog = within(await screen.findByRole('alertdialog'));
    const confirm = dialog.getByRole<HTMLButtonElement>('button', { name: zh.revoke.submit });
    expect(confirm.disabled).toBe(true);
    fireEvent.change(dialog.getByRole('textbox'), { target: { value: row.name } });
    fireEvent.click(confirm);
    await waitFor(() => expect(calls.find(({ method }) => method === 'DELETE')?.headers.get('if-match')).toBe('"3"'));
    cleanup();
    const ended: ApiKey = { ...row, status: 'revoked', revoked_at: row.updated_at };
    open({ 'GET /api/v1/api-keys': () => ok({ items: [ended], pagination }) }, { peek: row.id });
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: zh.menu.rotate })).disabled).toBe(true);
  });
});

describe('everybody’s keys', () => {
  it('are there for whoever governs them, and revoked with a reason', async () => {
    const { calls } = open({ [`DELETE /api/v1/admin/api-keys/${row.id}`]: () => new Response(null, { status: 204 }) }, { tab: 'all', peek: row.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.revoke }));
    expect(screen.queryByRole('button', { name: zh.menu.rotate })).toBeNull();
    const dialog = within(await screen.findByRole('alertdialog'));
    fireEvent.change(dialog.getByRole('textbox', { name: /输入/ }), { target: { value: theirs.name } });
    fireEvent.click(dialog.getByRole('button', { name: zh.revoke.submit }));
    expect(await dialog.findByText(zh.revoke.reason_required)).toBeTruthy();
    fireEvent.change(dialog.getByRole('textbox', { name: zh.revoke.reason }), { target: { value: '电脑丢失' } });
    fireEvent.click(dialog.getByRole('button', { name: zh.revoke.submit }));
    await waitFor(() => expect(calls.find(({ method }) => method === 'DELETE')?.path).toContain(`reason=${encodeURIComponent('电脑丢失')}`));
  });

  it('are nobody else’s to see: the address alone opens nothing', async () => {
    signIn(listPermissions(['end_user']));
    const { calls } = open({}, { tab: 'all' });
    await screen.findByRole('button', { name: row.name });
    expect(screen.queryByRole('navigation', { name: zh.tabs.label })).toBeNull();
    expect(calls.some(({ path }) => path.includes('/admin/'))).toBe(false);
  });

  it('are all there is for whoever governs keys and may have none', async () => {
    signIn(['api_keys.manage']);
    const { calls } = open();
    await screen.findByRole('button', { name: theirs.name });
    expect(screen.queryByRole('button', { name: zh.add })).toBeNull();
    expect(calls.some(({ path }) => path.startsWith('/api/v1/api-keys'))).toBe(false);
  });
});
