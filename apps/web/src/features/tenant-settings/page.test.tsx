import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import Page from './page.tsx';

const tenant = { id: 't', name: '云栖', workspace: 'yunqi', state: 'active', locale: 'zh-CN', currency: 'CNY', time_zone: 'Asia/Shanghai', audit_retention_days: null, require_second_factor: 'none', password_policy: { min_length: 15, blocked_words: [] }, session_policy: { idle_minutes: null, absolute_minutes: null }, retention: { conversations_days: null, sessions_days: 30 }, limits: { seats: 5, api_keys: null, storage_bytes: null, requests_per_minute: null }, used: { seats: 2, api_keys: 1, storage_bytes: 0 }, users_count: 1, last_active_at: null, created_at: '', updated_at: '', version: 5, logo: null, without_second_factor: { everyone: 7, admins: 2 } };
const READ = 'GET /api/v1/admin/tenant';
const WRITE = 'PATCH /api/v1/admin/tenant';

beforeAll(() => startTestTexts('zh-CN', 'tenant-settings'));
const admin = () => person(['settings.read', 'settings.write']) as Me;
beforeEach(() => rememberPerson(admin()));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('tenant settings', () => {
  it('sends what was changed alone, against the version that was read', async () => {
    const calls = serve({ [READ]: () => ok(tenant), [WRITE]: () => ok({ ...tenant, name: '云栖科技', version: 6 }), 'GET /api/v1/auth/me': () => ok(admin()) });
    renderPage(<Page />);
    fireEvent.change(await screen.findByLabelText('租户名称'), { target: { value: '云栖科技' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已保存')).toBeTruthy();
    const sent = calls.find((call) => call.method === 'PATCH');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"5"', { name: '云栖科技' }]);
  });

  it('sends the policies that were changed: words apart, idle minutes, days', async () => {
    const calls = serve({ [READ]: () => ok(tenant), [WRITE]: () => ok({ ...tenant, version: 6 }), 'GET /api/v1/auth/me': () => ok(admin()) });
    renderPage(<Page />);
    fireEvent.change(await screen.findByLabelText('不允许的词'), { target: { value: 'yunqi，云栖, ' } });
    fireEvent.change(screen.getByLabelText('无操作后退出'), { target: { value: '30' } });
    fireEvent.change(screen.getByLabelText('对话保留'), { target: { value: '90' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已保存')).toBeTruthy();
    expect(calls.find((call) => call.method === 'PATCH')?.body).toEqual({
      password_policy: { min_length: 15, blocked_words: ['yunqi', '云栖'] },
      session_policy: { idle_minutes: 30, absolute_minutes: null },
      retention: { conversations_days: 90, sessions_days: 30 },
    });
  });

  it('shows what is used of the plan', async () => {
    serve({ [READ]: () => ok(tenant) });
    renderPage(<Page />);
    expect(await screen.findByText('已用 2，上限 5')).toBeTruthy();
    expect(screen.getByText('已用 1，不限')).toBeTruthy();
  });

  it('keeps what was typed when somebody else was faster, and the next try fits', async () => {
    let version = 5;
    const calls = serve({
      [READ]: () => ok({ ...tenant, version }),
      [WRITE]: (seen) => (seen.headers.get('if-match') === '"7"' ? ok({ ...tenant, name: '新名', version: 8 }) : refused(412, '3005')),
      'GET /api/v1/auth/me': () => ok(admin()),
    });
    renderPage(<Page />);
    fireEvent.change(await screen.findByLabelText('租户名称'), { target: { value: '新名' } });
    version = 7;
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText(/刚被别人改过/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('租户名称').value).toBe('新名');
    await waitFor(() => expect(calls.filter((call) => call.method === 'GET' && call.path.endsWith('/tenant'))).toHaveLength(2));
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已保存')).toBeTruthy();
  });

  it('shows but does not offer to change without the permission', async () => {
    rememberPerson(person(['settings.read']) as Me);
    serve({ [READ]: () => ok(tenant) });
    renderPage(<Page />);
    expect(await screen.findByText('你可以查看这些设置，但不能修改')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
  });

  it('says what failed, with the request’s id and another try', async () => {
    let broken = true;
    serve({ [READ]: () => (broken ? refused(403, '2004') : ok(tenant)) });
    renderPage(<Page />);
    expect(await screen.findByText('设置没有读到')).toBeTruthy();
    expect(screen.getByText('r-2')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByLabelText('租户名称')).toBeTruthy();
  });

  it('says before it is saved what a demand for second factors means, for how many, and what oneself needs first', async () => {
    rememberPerson(person(['settings.read', 'settings.write', 'users.read']) as Me);
    const calls = serve({
      [READ]: () => ok(tenant),
      [WRITE]: () => refused(409, '3006', { reason: 'enrol_yourself_first' }),
    });
    renderPage(<Page />);
    fireEvent.click(await screen.findByLabelText('所有人'));
    expect(await screen.findByText(/目前有 7 人没有设置/)).toBeTruthy();
    fireEvent.click(screen.getByLabelText('有管理权限的人'));
    expect(await screen.findByText(/有管理权限的人里，目前有 2 人没有设置/)).toBeTruthy();
    fireEvent.click(screen.getByLabelText('所有人'));
    expect(screen.getByText(/还没有设置的人会立刻被要求设置/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '看看是谁' }).getAttribute('href')).toMatch(/^\/users\?.*second_factor=none/);
    expect(screen.getByRole('link', { name: '去设置' }).getAttribute('href')).toBe('/profile#second-factor');
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('refused 3006')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('所有人').checked).toBe(true);
    expect(calls.find((call) => call.method === 'PATCH')?.body).toEqual({ require_second_factor: 'everyone' });
  });
});
