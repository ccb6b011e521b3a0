import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { rememberPerson, forgetPerson, useSession } from '../../session/session-store.ts';
import AskPage from './ask-page.tsx';
import ChoosePage from './choose-page.tsx';

const ASK = 'POST /api/v1/auth/password-reset';
const READ = 'GET /api/v1/auth/password-reset/tok';
const RESET = 'PUT /api/v1/auth/password-reset/tok';
const mails = { 'GET /api/v1/setup': () => ok({ needed: false, mail: true }) };
const whose = { email: 'wu@example.com', name: '吴桐', tenant_name: '云栖', workspace: 'yunqi', purpose: 'password_reset', shortest_password: 15 };
const draw = (page: ReactNode) => render(<Suspense fallback={null}>{page}</Suspense>);

beforeAll(() => startTestTexts('zh-CN', 'forgotten-password'));
beforeEach(() => {
  history.replaceState(null, '', '/forgotten-password');
  forgetPerson();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('asking for a link', () => {
  it('takes the address that was typed before, sends it, and says what to expect', async () => {
    history.replaceState({ email: 'wu@example.com' }, '', '/forgotten-password');
    const calls = serve({ ...mails, [ASK]: () => ok({}, 202) });
    draw(<AskPage />);
    expect(screen.getByLabelText<HTMLInputElement>('邮箱').value).toBe('wu@example.com');
    fireEvent.click(screen.getByRole('button', { name: '发送链接' }));
    expect(await screen.findByText(/如果 wu@example.com 有账号/)).toBeTruthy();
    expect(calls.find(({ path }) => path.endsWith('/password-reset'))?.body).toEqual({ email: 'wu@example.com' });
  });

  it('asks for what is missing at its field, and sends nothing', async () => {
    const calls = serve(mails);
    draw(<AskPage />);
    fireEvent.click(screen.getByRole('button', { name: '发送链接' }));
    expect(screen.getByText('请输入邮箱')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('邮箱'), { target: { value: 'wu@' } });
    fireEvent.change(screen.getByLabelText(/^工作区/), { target: { value: 'x' } });
    fireEvent.click(screen.getByRole('button', { name: '发送链接' }));
    expect(screen.getByText('这不像一个邮箱地址')).toBeTruthy();
    expect(screen.getByText(/工作区由 3–32 个/)).toBeTruthy();
    expect(calls.filter(({ path }) => path.endsWith('/password-reset'))).toEqual([]);
  });

  it('says when to try again where the network asked too often', async () => {
    serve({ ...mails, [ASK]: () => refused(429, '1005', undefined, { 'retry-after': '600' }) });
    draw(<AskPage />);
    fireEvent.change(screen.getByLabelText('邮箱'), { target: { value: 'wu@example.com' } });
    fireEvent.click(screen.getByRole('button', { name: '发送链接' }));
    expect(await screen.findByText(/refused 1005（\d\d:\d\d 后可再试）/)).toBeTruthy();
  });

  it('says whom to ask where no letters are sent', async () => {
    serve({ 'GET /api/v1/setup': () => ok({ needed: false, mail: false }) });
    draw(<AskPage />);
    expect(await screen.findByRole('heading', { name: '这里不发送邮件' })).toBeTruthy();
    expect(screen.queryByLabelText('邮箱')).toBeNull();
  });
});

describe('choosing a new password', () => {
  it('asks for as many characters as the link’s tenant does', async () => {
    const calls = serve({ [READ]: () => ok({ ...whose, shortest_password: 20 }) });
    draw(<ChoosePage token="tok" />);
    fireEvent.change(await screen.findByLabelText('新密码'), { target: { value: 'fifteen chars ok' } });
    expect(screen.getByText(/还差 4 个字符/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '保存新密码' }));
    expect(screen.getByText('密码至少需要 20 个字符')).toBeTruthy();
    expect(calls.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('saves it, signs nobody in, and leads to the sign-in page', async () => {
    rememberPerson(person() as Me);
    const calls = serve({ [READ]: () => ok(whose), [RESET]: () => new Response(null, { status: 204 }) });
    draw(<ChoosePage token="tok" />);
    fireEvent.change(await screen.findByLabelText('新密码'), { target: { value: 'fourteen chars' } });
    fireEvent.click(screen.getByRole('button', { name: '保存新密码' }));
    expect(screen.getByText('密码至少需要 15 个字符')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('新密码'), { target: { value: 'fifteen chars ok' } });
    fireEvent.click(screen.getByRole('button', { name: '保存新密码' }));
    await screen.findByRole('heading', { name: '新密码已保存' });
    expect(calls.at(-1)?.body).toEqual({ password: 'fifteen chars ok' });
    // Not told as a sign-out against their will: they just did it.
    expect([useSession.getState().state, useSession.getState().ended]).toEqual(['signed_out', false]);
    fireEvent.click(screen.getByRole('button', { name: '去登录' }));
    expect(location.pathname).toBe('/sign-in');
  });

  it('keeps the password where the server refuses it, and says why', async () => {
    serve({ [READ]: () => ok(whose), [RESET]: () => refused(400, '1001', { issues: [{ path: 'password', code: 'password_common', message: 'common' }] }) });
    draw(<ChoosePage token="tok" />);
    fireEvent.change(await screen.findByLabelText('新密码'), { target: { value: 'passwordpassword' } });
    fireEvent.click(screen.getByRole('button', { name: '保存新密码' }));
    await waitFor(() => expect(screen.getByLabelText('新密码').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByLabelText<HTMLInputElement>('新密码').value).toBe('passwordpassword');
  });

  it('calls no link dead because too many were asked, and reads it again on request', async () => {
    let busy = true;
    serve({ [READ]: () => (busy ? refused(429, '1003') : ok(whose)) });
    draw(<ChoosePage token="tok" />);
    expect(await screen.findByRole('heading', { name: 'refused 1003' })).toBeTruthy();
    busy = false;
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    await screen.findByLabelText('新密码');
  });

  it('with a dead link offers another', async () => {
    serve({ [READ]: () => refused(401, '2003') });
    draw(<ChoosePage token="tok" />);
    await screen.findByRole('heading', { name: '这个链接已经不能用了' });
    fireEvent.click(screen.getByRole('button', { name: '重新发送' }));
    expect(location.pathname).toBe('/forgotten-password');
  });
});
