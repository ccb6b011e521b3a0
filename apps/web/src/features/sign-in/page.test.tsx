import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { forgetPerson, useSession } from '../../session/session-store.ts';
import Page from './page.tsx';

// The console is what comes after; loading all of it here would only cost time.
vi.mock('../../app/load-console.ts', () => ({ loadConsole: async () => ({ default: () => null }) }));

const LOGIN = 'POST /api/v1/auth/login';
const ready = { 'GET /api/v1/setup': () => ok({ needed: false, mail: true }) };
const signedIn = () => ok({ user: person(), expires_in: 600 });

function open(email: string, password: string) {
  render(<Suspense fallback={null}><Page /></Suspense>);
  fireEvent.change(screen.getByLabelText('邮箱'), { target: { value: email } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
}

beforeAll(() => startTestTexts('zh-CN', 'sign-in'));
beforeEach(() => {
  localStorage.clear();
  forgetPerson();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('signing in', () => {
  it('asks for what is missing at its field, and sends nothing', () => {
    const calls = serve(ready);
    open('not-an-address', '');
    expect(screen.getByText('这不像一个邮箱地址')).toBeTruthy();
    expect(screen.getByText('请输入密码')).toBeTruthy();
    expect(screen.getByLabelText('邮箱').getAttribute('aria-invalid')).toBe('true');
    expect(calls.filter((call) => call.path.endsWith('/login'))).toEqual([]);
  });

  it('leads to the first field that is wrong', async () => {
    serve(ready);
    open('lin@example.com', '');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('密码')));
  });

  it('takes the person over and keeps no token', async () => {
    const calls = serve({ ...ready, [LOGIN]: signedIn });
    open(' lin@example.com ', 'secret');
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.find((call) => call.path.endsWith('/login'))?.body).toEqual({ email: 'lin@example.com', password: 'secret' });
    expect(JSON.stringify({ ...localStorage })).not.toContain('secret');
  });

  it('says in one line that the two do not fit, and keeps what was typed', async () => {
    serve({ ...ready, [LOGIN]: () => refused(401, '2006') });
    open('lin@example.com', 'wrong');
    expect(await screen.findByText('refused 2006')).toBeTruthy();
    const password = screen.getByLabelText<HTMLInputElement>('密码');
    expect(password.value).toBe('wrong');
    expect(document.activeElement, 'the next key replaces what was wrong').toBe(password);
    expect([password.selectionStart, password.selectionEnd]).toEqual([0, 'wrong'.length]);
    expect(screen.getByDisplayValue('lin@example.com')).toBeTruthy();
    expect(useSession.getState().state).toBe('signed_out');
  });

  it.each([
    [423, '2005'],
    [429, '1005'],
  ])('says when to try again after %s', async (status, code) => {
    serve({ ...ready, [LOGIN]: () => refused(status, code, undefined, { 'retry-after': '600' }) });
    open('lin@example.com', 'wrong');
    expect(await screen.findByText(new RegExp(`refused ${code}（\\d\\d:\\d\\d 后可再试）`))).toBeTruthy();
  });

  it('tells a suspended tenant from a disabled person', async () => {
    serve({ ...ready, [LOGIN]: () => refused(409, '3006', { reason: 'tenant_suspended' }) });
    open('lin@example.com', 'right');
    expect(await screen.findByText(/租户已被暂停/)).toBeTruthy();
  });

  it('lets somebody of several tenants choose, with the password still in hand', async () => {
    const workspaces = [{ workspace: 'yunqi', name: '云栖科技' }, { workspace: 'beihe', name: '北河' }];
    const calls = serve({ ...ready, [LOGIN]: (seen) => ((seen.body as { workspace?: string }).workspace ? signedIn() : refused(409, '3005', { workspaces })) });
    open('lin@example.com', 'right');
    fireEvent.click(await screen.findByRole('button', { name: /北河/ }));
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.findLast(({ path }) => path.endsWith('/login'))?.body).toEqual({ email: 'lin@example.com', password: 'right', workspace: 'beihe' });
  });

  it('asks for the workspace where that may be what is missing, with everything typed still there', async () => {
    const calls = serve({ ...ready, [LOGIN]: (seen) => ((seen.body as { workspace?: string }).workspace ? signedIn() : refused(401, '2006', { reason: 'workspace_needed' })) });
    open('lin@example.com', 'right');
    const field = await screen.findByLabelText(/^工作区/);
    expect(screen.getByText('refused 2006')).toBeTruthy();
    expect([screen.getByLabelText<HTMLInputElement>('邮箱').value, screen.getByLabelText<HTMLInputElement>('密码').value]).toEqual(['lin@example.com', 'right']);
    fireEvent.change(field, { target: { value: 'x' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect(screen.getByText(/工作区由 3–32 个/)).toBeTruthy();
    fireEvent.change(field, { target: { value: 'YunQi' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    await waitFor(() => expect(useSession.getState().state).toBe('signed_in'));
    expect(calls.findLast(({ path }) => path.endsWith('/login'))?.body).toEqual({ email: 'lin@example.com', password: 'right', workspace: 'yunqi' });
  });

  it('says so where the browser keeps none of the cookies, as Safari does on http', async () => {
    serve({ ...ready, [LOGIN]: signedIn, 'GET /api/v1/auth/me': () => refused(401, '2001') });
    open('lin@example.com', 'right');
    expect(await screen.findByText(/浏览器没有保存登录凭据/)).toBeTruthy();
    expect(useSession.getState().state).not.toBe('signed_in');
  });

  it('tells whoever was signed out in mid-work, and nobody else', () => {
    serve(ready);
    render(<Suspense fallback={null}><Page /></Suspense>);
    expect(screen.queryByText('登录已失效，请重新登录后继续')).toBeNull();
    cleanup();
    forgetPerson(true);
    render(<Suspense fallback={null}><Page /></Suspense>);
    expect(screen.getByText('登录已失效，请重新登录后继续')).toBeTruthy();
  });

  it.each([
    ['password_changed', '密码已修改，请用新密码登录'],
    ['password_reset', '租户管理员重置了你的密码，请用收到的链接设置新密码'],
    ['session_ended', '这台设备的登录已结束，请重新登录后继续'],
    ['user_disabled', '你的账号已被停用，请联系租户管理员'],
  ] as const)('says why, where the server did: %s', (reason, words) => {
    serve(ready);
    forgetPerson(true, reason);
    render(<Suspense fallback={null}><Page /></Suspense>);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('leads to a new password with what was typed, or says whom to ask where no letters are sent', async () => {
    serve(ready);
    render(<Suspense fallback={null}><Page /></Suspense>);
    fireEvent.change(screen.getByLabelText('邮箱'), { target: { value: 'lin@example.com' } });
    fireEvent.click(screen.getByRole('link', { name: '忘记密码？' }));
    expect([location.pathname, location.search, history.state]).toEqual(['/forgotten-password', '', { email: 'lin@example.com' }]);
    cleanup();
    serve({ 'GET /api/v1/setup': () => ok({ needed: false, mail: false }) });
    render(<Suspense fallback={null}><Page /></Suspense>);
    expect(await screen.findByText(/请租户管理员给你一个一次性链接/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: '忘记密码？' })).toBeNull();
  });

  it('points to the set-up link where nothing is set up yet', async () => {
    serve({ 'GET /api/v1/setup': () => ok({ needed: true, mail: false }) });
    render(<Suspense fallback={null}><Page /></Suspense>);
    expect(await screen.findByText(/还没有完成初始设置/)).toBeTruthy();
  });

  it('warns of Caps Lock and shows the password on demand', () => {
    serve(ready);
    render(<Suspense fallback={null}><Page /></Suspense>);
    const password = screen.getByLabelText<HTMLInputElement>('密码');
    const shifted = new KeyboardEvent('keyup', { key: 'A', bubbles: true });
    Object.defineProperty(shifted, 'getModifierState', { value: (key: string) => key === 'CapsLock' });
    fireEvent(password, shifted);
    expect(screen.getByText('大写锁定已打开')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '显示密码' }));
    expect(password.type).toBe('text');
  });
});
