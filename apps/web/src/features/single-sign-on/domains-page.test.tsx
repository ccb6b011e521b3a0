import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, SignInDomain } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { domainsDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './domains-page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 20_000 });

const PATH = '/api/v1/admin/sign-in-domains';
const acme: SignInDomain = {
  id: '0198c0de-0000-7000-8000-0000000000e1',
  domain: 'acme.example',
  state: 'pending',
  tenant: { id: '0198c0de-0000-7000-8000-0000000000d1', name: 'Acme', workspace: 'acme' },
  sso_only: false,
  requested_at: '2026-11-01T00:00:00.000Z',
  decided_at: null,
};

function open(item: SignInDomain | null, answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof domainsDefaults> = {}) {
  const items = item ? [item] : [];
  const calls = serve({ [`GET ${PATH}`]: () => ok({ items, pagination: { page_size: 20, next_cursor: null, has_next: false, total_items: items.length } }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...domainsDefaults, ...address }).map(([name, value]) => [name, String(value)]));
  const { router } = renderPage(<Page />, { path: `/sign-in-domains?${search}` });
  return Object.assign(calls, { address: () => new URLSearchParams(router.state.location.searchStr) });
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeAll(() => startTestTexts('zh-CN', 'single-sign-on'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['tenants.read', 'tenants.write']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the operator’s sign-in domains', () => {
  it('are asked for as the address says, and the filter is let go of', async () => {
    const calls = open(acme, {}, { search: 'acme', state: 'pending', sort_by: 'domain', sort_order: 'asc' });
    await screen.findByRole('button', { name: 'acme.example' });
    const asked = calls.find(({ path }) => path.startsWith(PATH))?.path ?? '';
    for (const part of ['search=acme', 'state=pending', 'sort_by=domain', 'sort_order=asc']) expect(asked).toContain(part);
    press('清除 状态');
    await waitFor(() => expect(calls.address().get('state')).toBe(''));
  });

  it('say why there is none yet, and that none matches', async () => {
    open(null);
    expect(await screen.findByText(zh.operator.list.empty)).toBeTruthy();
    cleanup();
    open(null, {}, { search: 'x' });
    expect(await screen.findByText(zh.operator.list.not_found)).toBeTruthy();
  });

  it('say who may see them, and that they did not load, and are read again', async () => {
    open(acme, { [`GET ${PATH}`]: () => refused(403, '2004') });
    expect(await screen.findByText(zh.operator.list.forbidden)).toBeTruthy();
    cleanup();
    let broken = true;
    open(acme, { [`GET ${PATH}`]: () => (broken ? refused(400, '1001') : ok({ items: [acme], pagination: { page_size: 20, next_cursor: null, has_next: false } })) });
    await screen.findByText(zh.operator.list.failed);
    broken = false;
    press('重试');
    expect(await screen.findByRole('button', { name: 'acme.example' })).toBeTruthy();
  });

  it('are approved only after the domain and its tenant were read out, and a refusal stays in the question', async () => {
    let taken = true;
    const calls = open(acme, { [`PUT ${PATH}/${acme.id}`]: () => (taken ? refused(409, '3005', { reason: 'domain_taken' }) : ok({ ...acme, state: 'approved' })) }, { peek: acme.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.operator.menu.approve }));
    const dialog = await screen.findByRole('alertdialog', { name: '批准 acme.example？' });
    expect(dialog.textContent).toContain('Acme（acme）');
    expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
    press('批准 acme.example');
    await within(dialog).findByText(/refused 3005/);
    taken = false;
    press('批准 acme.example');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(calls.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([{ state: 'approved' }, { state: 'approved' }]);
  });

  it('of a tenant without passwords say what taking the approval back would shut, and open passwords by the tenant’s name', async () => {
    const calls = open({ ...acme, state: 'approved', sso_only: true }, { [`DELETE /api/v1/admin/tenants/${acme.tenant.id}/single-sign-on-only`]: () => new Response(null, { status: 204 }) }, { peek: acme.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.operator.menu.revoke }));
    expect((await screen.findByRole('alertdialog')).textContent).toContain('只允许单点登录');
    press(zh.remove.cancel);
    fireEvent.click(await screen.findByRole('button', { name: zh.operator.menu.passwords }));
    await screen.findByRole('alertdialog', { name: '为 Acme 重新打开密码登录？' });
    press('为 Acme 打开');
    await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('are read alone by whoever may not decide', async () => {
    rememberPerson(person(['tenants.read']) as Me);
    open(acme, {}, { peek: acme.id });
    await screen.findAllByText(zh.operator.states.pending);
    expect(screen.queryByRole('button', { name: zh.operator.menu.approve })).toBeNull();
  });
});
