import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { forgetPerson, useSession } from '../../session/session-store.ts';
import Page from './page.tsx';

const invitation = { email: 'wu@example.com', name: '吴桐', tenant_name: '云栖', workspace: 'yunqi', purpose: 'invitation', shortest_password: 15 };
const READ = 'GET /api/v1/auth/invitations/tok';
const ACCEPT = 'POST /api/v1/auth/invitations/tok';
const open = () => render(<Suspense fallback={null}><Page token="tok" /></Suspense>);

beforeEach(async () => {
  forgetPerson();
  await startTestTexts('zh-CN', 'invitation', 'app');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a one-time link', () => {
  it('lets somebody choose a password and signs them in', async () => {
    const calls = serve({ [READ]: () => ok(invitation), [ACCEPT]: () => ok({ user: person(), expires_in: 600 }) });
    open();
    await screen.findByRole('heading', { name: '加入 云栖' });
    fireEvent.change(screen.getByLabelText('设置密码'), { target: { value: 'fourteen chars' } });
    fireEvent.click(screen.getByRole('button', { name: '设置密码并登录' }));
    expect(screen.getByText('密码至少需要 15 个字符')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('设置密码'), { target: { value: 'fifteen chars ok' } });
    fireEvent.click(screen.getByRole('button', { name: '设置密码并登录' }));
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.findLast(({ path }) => path.includes('/invitations/'))?.body).toEqual({ password: 'fifteen chars ok', name: '吴桐', locale: 'zh-CN' });
  });

  it('lets them choose their language, which is the page’s from then on and theirs', async () => {
    const calls = serve({ [READ]: () => ok(invitation), [ACCEPT]: () => ok({ user: person(), expires_in: 600 }) });
    open();
    fireEvent.change(await screen.findByLabelText('设置密码'), { target: { value: 'fifteen chars ok' } });
    expect(screen.getByLabelText<HTMLInputElement>('中文').checked).toBe(true);
    fireEvent.click(screen.getByLabelText('English'));
    fireEvent.click(await screen.findByRole('button', { name: 'Save password and sign in' }));
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.findLast(({ path }) => path.includes('/invitations/'))?.body).toEqual({ password: 'fifteen chars ok', name: '吴桐', locale: 'en-US' });
  });

  it('asks for as many characters as the tenant does, and fewer beside a second factor', async () => {
    for (const [shortest_password, missing] of [[20, /还差 6 个字符/], [8, /长度足够/]] as const) {
      serve({ [READ]: () => ok({ ...invitation, shortest_password }) });
      const { unmount } = open();
      fireEvent.change(await screen.findByLabelText('设置密码'), { target: { value: 'fourteen chars' } });
      expect(screen.getByText(missing)).toBeTruthy();
      unmount();
    }
  });

  it('keeps the password where the server refuses it, and says why', async () => {
    serve({ [READ]: () => ok(invitation), [ACCEPT]: () => refused(400, '1001', { issues: [{ path: 'password', code: 'password_contains_name', message: 'contains_name' }] }) });
    open();
    await screen.findByRole('heading', { name: '加入 云栖' });
    fireEvent.change(screen.getByLabelText('设置密码'), { target: { value: 'yunqi yunqi yunqi' } });
    fireEvent.click(screen.getByRole('button', { name: '设置密码并登录' }));
    expect(await screen.findByText('密码里不要包含姓名、邮箱或组织的名称')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('设置密码').value).toBe('yunqi yunqi yunqi');
  });

  it.each([[401, '2003'], [400, '1001'], [404, '3001']])('says the same of a used, an old and a mistyped link: %d %s', async (status, code) => {
    serve({ [READ]: () => refused(status, code) });
    open();
    expect(await screen.findByText('这个链接已经不能用了')).toBeTruthy();
    expect(useSession.getState().state).toBe('signed_out');
  });

  it('says where people sign in otherwise that no link to a password opens anything', async () => {
    serve({ [READ]: () => refused(409, '3006', { reason: 'sso_only' }) });
    open();
    expect(await screen.findByText('refused 3006')).toBeTruthy();
    expect(screen.getByRole('button', { name: '去登录' })).toBeTruthy();
  });

  it.each([
    ['too many asked', () => refused(429, '1003'), 'refused 1003'],
    ['the server broke', () => refused(500, '5003'), 'refused 5003'],
    ['there is no network', () => Promise.reject(new TypeError('offline')), '连不上服务器，请检查网络后重试'],
    // Reading it throws: no ApiFailure.
    ['of something nobody expects', () => ({}) as Response, /./],
  ])('calls no link dead because %s, and tries again on request', async (_why, answer, said) => {
    let broken = true;
    serve({ [READ]: () => (broken ? answer() : ok(invitation)) });
    open();
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toMatch(said);
    expect(screen.queryByText('这个链接已经不能用了')).toBeNull();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    await screen.findByRole('heading', { name: '加入 云栖' });
  });

  it('says that the password is set where the browser kept no cookie, and asks for it no second time', async () => {
    const calls = serve({ [READ]: () => ok(invitation), [ACCEPT]: () => ok({ user: person(), expires_in: 600 }), 'GET /api/v1/auth/me': () => refused(401, '2001') });
    open();
    fireEvent.change(await screen.findByLabelText('设置密码'), { target: { value: 'fifteen chars ok' } });
    fireEvent.click(screen.getByRole('button', { name: '设置密码并登录' }));
    await screen.findByRole('heading', { name: '密码已经设置好了' });
    expect(screen.getByText(/浏览器没有保存登录凭据/)).toBeTruthy();
    expect(screen.getByText(new RegExp(location.origin))).toBeTruthy();
    expect(screen.queryByLabelText('设置密码')).toBeNull();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(useSession.getState().state).toBe('signed_out');
  });
});
