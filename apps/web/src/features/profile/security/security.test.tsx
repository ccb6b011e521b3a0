import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson } from '../../../session/session-store.ts';
import { PasswordForm } from './password-form.tsx';
import { SessionList } from './session-list.tsx';

const CHANGE = 'PUT /api/v1/auth/password';
const LIST = 'GET /api/v1/auth/sessions';
const at = '2026-11-23T08:00:00.000Z';
const session = (id: string, changes: object = {}) => ({
  ...{ id, device: { client: 'Firefox', system: 'Windows' }, network: '203.0.113.0/24', carrier: 'cookie', is_current: false, created_at: at, last_used_at: at, expires_at: at },
  ...changes,
});
const page = (items: object[], next_cursor: string | null = null) => ok({ items, pagination: { page_size: 20, next_cursor, has_next: next_cursor !== null } });

beforeAll(() => startTestTexts('zh-CN', 'profile'));
beforeEach(() => rememberPerson(person() as Me));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the password form', () => {
  async function fill(current: string, fresh: string) {
    fireEvent.change(await screen.findByLabelText('当前密码'), { target: { value: current } });
    fireEvent.change(screen.getByLabelText('新密码'), { target: { value: fresh } });
  }
  const send = () => fireEvent.click(screen.getByRole('button', { name: '修改密码' }));

  it('sends both, and forgets them once the password is changed', async () => {
    const calls = serve({ [CHANGE]: () => ok({ user: person(), expires_in: 600 }) });
    renderPage(<PasswordForm />);
    await fill('the old sentence', 'a wholly new sentence');
    send();
    expect(await screen.findByText(/密码已修改/)).toBeTruthy();
    expect(calls[0]?.body).toEqual({ current_password: 'the old sentence', password: 'a wholly new sentence' });
    expect([screen.getByLabelText<HTMLInputElement>('当前密码').value, screen.getByLabelText<HTMLInputElement>('新密码').value]).toEqual(['', '']);
  });

  it('says what is wrong as one types, and sends nothing of it', async () => {
    const calls = serve({});
    renderPage(<PasswordForm />);
    await fill('the old sentence', 'the old sentence');
    expect(screen.getByText('新密码和当前密码一样')).toBeTruthy();
    await fill('', 'lin and a long sentence');
    send();
    expect(screen.getByText('请输入当前密码')).toBeTruthy();
    await fill('the old sentence', 'short');
    send();
    expect(screen.getByText(/密码至少需要 15 个字符/)).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it('says at its field that the current one is wrong, and keeps what was typed', async () => {
    const issues = [{ path: 'current_password', code: 'password_incorrect', message: '当前密码不正确。' }];
    serve({ [CHANGE]: () => refused(401, '2006', { reason: 'current_password', issues }) });
    renderPage(<PasswordForm />);
    await fill('not it at all', 'a wholly new sentence');
    send();
    expect(await screen.findByText('当前密码不正确。')).toBeTruthy();
    await waitFor(() => expect(screen.getByLabelText('当前密码').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByLabelText<HTMLInputElement>('新密码').value).toBe('a wholly new sentence');
  });

  it('says that it is put off after too many tries', async () => {
    serve({ [CHANGE]: () => refused(423, '2005', { reason: 'password_attempts' }) });
    renderPage(<PasswordForm />);
    await fill('not it at all', 'a wholly new sentence');
    send();
    expect(await screen.findByText('refused 2005')).toBeTruthy();
  });
});

describe('the list of sessions', () => {
  it('tells devices, networks and which is this one, and ends one', async () => {
    let ended = false;
    const calls = serve({
      [LIST]: () => page([session('a', { is_current: true }), ...(ended ? [] : [session('b', { device: { client: 'curl', system: null }, carrier: 'bearer' })])]),
      'DELETE /api/v1/auth/sessions/b': () => ((ended = true), new Response(null, { status: 204 })),
    });
    renderPage(<SessionList />);
    const rows = await screen.findAllByRole('listitem');
    expect(rows[0]?.textContent).toMatch(/Windows 上的 Firefox.*本设备.*203\.0\.113\.0\/24.*正在使用/);
    expect(within(rows[0] as HTMLElement).queryByRole('button')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '结束 curl 的登录' }));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(true);
    expect(screen.queryByRole('button', { name: '退出其他所有设备' })).toBeNull();
  });

  it('asks before it ends all others', async () => {
    const calls = serve({ [LIST]: () => page([session('a', { is_current: true }), session('b')]), 'DELETE /api/v1/auth/sessions': () => new Response(null, { status: 204 }) });
    renderPage(<SessionList />);
    fireEvent.click(await screen.findByRole('button', { name: '退出其他所有设备' }));
    expect(calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: '全部退出' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual(['/api/v1/auth/sessions']);
  });

  it('shows more where there is more, and a device that says nothing as that', async () => {
    serve({ [LIST]: ({ path }) => (path.includes('cursor=more') ? page([session('c', { device: { client: null, system: null } })]) : page([session('a', { is_current: true })], 'more')) });
    renderPage(<SessionList />);
    fireEvent.click(await screen.findByRole('button', { name: '显示更多' }));
    expect(await screen.findByText('未知设备')).toBeTruthy();
  });

  it('says why it did not load, and loads on demand', async () => {
    let times = 0;
    serve({ [LIST]: () => (times++ === 0 ? refused(403, '2004') : page([session('a', { is_current: true })])) });
    renderPage(<SessionList />);
    await screen.findByText('refused 2004');
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByText('本设备')).toBeTruthy();
  });
});
