import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { forgetPerson } from '../../session/session-store.ts';

// The console is what comes after; loading all of it here would only cost time.
vi.mock('../../app/load-console.ts', () => ({ loadConsole: async () => ({ default: () => null }) }));

const TOKEN = 'suwHxXPv6asakJX_uuYJIMbFNXvNXNrItsHmoOXSz2c';
const OTHER_TOKEN = TOKEN.replace('suw', 'wus');
const PASSWORD = '一只安静的猫坐在很高的屋顶上看月亮';
const waiting = { 'GET /api/v1/setup': () => ok({ needed: true }) };
const empty = {
  'GET /api/v1/admin/suppliers/available': () => ok({ items: [] }),
  'GET /api/v1/admin/suppliers': () => ok({ items: [], pagination: { page_size: 20, next_cursor: null, has_next: false } }),
};

/** As after a reload: the page's memory is gone, storage and address stay. */
async function openPage() {
  vi.resetModules();
  const { startTestTexts } = await import('../../app/i18n/start-test-texts.ts');
  await startTestTexts('zh-CN', 'set-up', 'suppliers');
  const { default: Page } = await import('./page.tsx');
  render(<Suspense fallback={null}><Page /></Suspense>);
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const valueOf = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

/** As a browser does it where only the hash differs: the page stays, and hears of it. */
function pasteLink(token: string): void {
  history.replaceState(null, '', `/set-up#token=${token}`);
  dispatchEvent(new Event('hashchange'));
}

async function fillBoth() {
  await screen.findByRole('heading', { name: '先认识一下你' });
  type('姓名', '林知远');
  type('邮箱', 'lin@example.com');
  type('密码', PASSWORD);
  press('下一步');
  type('组织名称', 'Cloud Nest');
  press('创建并登录');
}

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  forgetPerson();
  history.replaceState(null, '', `/set-up#token=${TOKEN}`);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('setting a platform up', () => {
  it('takes the token out of the address, stores it until it is used, and never the password', async () => {
    const calls = serve({ ...waiting, ...empty, 'POST /api/v1/setup': () => ok({ user: person(['suppliers.read']), expires_in: 600 }, 201) });
    await openPage();
    await fillBoth();
    await screen.findByRole('heading', { name: '接入一个供应商' });
    expect(location.href).not.toContain(TOKEN);
    expect(calls.find((call) => call.method === 'POST')?.body).toMatchObject({ token: TOKEN, password: PASSWORD, workspace: 'cloud-nest', email: 'lin@example.com', locale: 'zh-CN', time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    const stored = JSON.stringify({ ...localStorage, ...sessionStorage });
    expect(stored).toContain('lin@example.com');
    expect(stored).not.toContain(TOKEN);
    expect(stored).not.toContain(PASSWORD);
  });

  it('shows the server’s refusal at its field, one step back, with everything typed still there', async () => {
    serve({ ...waiting, 'POST /api/v1/setup': () => refused(400, '1001', { issues: [{ path: 'password', code: 'password_common', message: 'common' }] }) });
    await openPage();
    await fillBoth();
    expect(await screen.findByText(/这个密码太常见/)).toBeTruthy();
    expect([valueOf('姓名'), valueOf('邮箱'), valueOf('密码')]).toEqual(['林知远', 'lin@example.com', PASSWORD]);
    press('下一步');
    expect(valueOf('组织名称')).toBe('Cloud Nest');
  });

  it('says what is too short before anything is sent', async () => {
    const calls = serve(waiting);
    await openPage();
    await screen.findByRole('heading', { name: '先认识一下你' });
    type('密码', 'short');
    expect(screen.getByText('还差 10 个字符，可以用一句话')).toBeTruthy();
    press('下一步');
    expect(screen.getByText('密码至少需要 15 个字符')).toBeTruthy();
    expect(screen.getByText('请输入姓名')).toBeTruthy();
    expect(calls.filter((call) => call.method === 'POST')).toEqual([]);
  });

  it('goes on after a reload with the link and what was typed, the password aside', async () => {
    const calls = serve({ ...waiting, ...empty, 'POST /api/v1/setup': () => ok({ user: person(['suppliers.read']), expires_in: 600 }, 201) });
    await openPage();
    await screen.findByRole('heading', { name: '先认识一下你' });
    expect(screen.queryByText(/之前填写的内容还在/)).toBeNull();
    type('姓名', '林知远');
    type('密码', PASSWORD);
    await waitFor(() => expect(sessionStorage.getItem('lyss.set-up')).toContain('林知远'));
    cleanup();
    await openPage();
    await screen.findByRole('heading', { name: '先认识一下你' });
    expect([valueOf('姓名'), valueOf('密码')]).toEqual(['林知远', '']);
    expect(screen.getByText(/之前填写的内容还在，只有密码要重新输入/)).toBeTruthy();
    await fillBoth();
    await screen.findByRole('heading', { name: '接入一个供应商' });
    expect(calls.find((call) => call.method === 'POST')?.body).toMatchObject({ token: TOKEN });
  });

  it('takes a link that is pasted into the open page', async () => {
    serve(waiting);
    history.replaceState(null, '', '/set-up');
    await openPage();
    await screen.findByRole('heading', { name: '需要设置链接' });
    expect(screen.queryByText(/刚才填写的内容还在/)).toBeNull();
    pasteLink(TOKEN);
    await screen.findByRole('heading', { name: '先认识一下你' });
    expect(location.href).not.toContain(TOKEN);
  });

  it('says that a link is dead, forgets it, and goes on with a new one', async () => {
    serve({ ...waiting, 'POST /api/v1/setup': () => refused(401, '2003') });
    await openPage();
    await fillBoth();
    await screen.findByRole('heading', { name: '这个设置链接已经失效' });
    expect(screen.getByText(/刚才填写的内容还在/)).toBeTruthy();
    expect(JSON.stringify({ ...sessionStorage })).not.toContain(TOKEN);
    pasteLink(OTHER_TOKEN);
    await screen.findByRole('heading', { name: '先认识一下你' });
    expect(valueOf('姓名')).toBe('林知远');
  });

  it('sends people on where somebody else was faster', async () => {
    let needed = true;
    serve({ 'GET /api/v1/setup': () => ok({ needed }), 'POST /api/v1/setup': () => refused(409, '3006') });
    await openPage();
    needed = false;
    await fillBoth();
    expect(await screen.findByText('平台已经设置好了')).toBeTruthy();
    expect(JSON.stringify({ ...sessionStorage })).not.toContain(TOKEN);
  });

  it('says that all is made where the browser kept no cookie, and offers no second try', async () => {
    const calls = serve({ ...waiting, 'POST /api/v1/setup': () => ok({ user: person(), expires_in: 600 }, 201), 'GET /api/v1/auth/me': () => refused(401, '2001') });
    await openPage();
    await fillBoth();
    await screen.findByRole('heading', { name: '账号和租户已经建好' });
    expect(screen.getByText(/浏览器没有保存登录凭据/)).toBeTruthy();
    expect(screen.getByText(new RegExp(location.origin))).toBeTruthy();
    expect(screen.queryByRole('button', { name: '创建并登录' })).toBeNull();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/lin@example|suwHx/);
  });

  it('names every step, and says which one is open', async () => {
    serve(waiting);
    await openPage();
    await screen.findByRole('heading', { name: '先认识一下你' });
    const steps = screen.getAllByRole('listitem');
    expect(steps.map((step) => step.textContent?.replace(/^\d/, ''))).toEqual(['你的账号', '租户', '供应商', '模型', '第一次对话']);
    expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual(['step', null, null, null, null]);
  });

  it('sends people on where it is done already', async () => {
    serve({ 'GET /api/v1/setup': () => ok({ needed: false }) });
    await openPage();
    expect(await screen.findByText('平台已经设置好了')).toBeTruthy();
  });
});
