import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { choosePreferences } from '../../app/preferences.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson, useSession } from '../../session/session-store.ts';
import Page from './page.tsx';

const PATCH = 'PATCH /api/v1/auth/me';
const nothing = () => ok({ items: [], pagination: { page_size: 20, next_cursor: null, has_next: false } });
const look = { id: 'l-1', looker_name: '王管理', reason: '工单 4711：找不到回答', started_at: '2026-11-20T08:00:00.000Z', ends_at: '2026-11-20T08:30:00.000Z', ended_at: null };
const sessions = { 'GET /api/v1/auth/sessions': nothing, 'GET /api/v1/auth/looks': nothing };

beforeAll(() => startTestTexts('zh-CN', 'profile'));
beforeEach(() => {
  choosePreferences({ theme: 'light', language: 'zh-CN' });
  rememberPerson(person() as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('my settings', () => {
  it('saves the name against the version that was read, and the frame’s name follows', async () => {
    const calls = serve({ ...sessions, [PATCH]: () => ok(person(undefined, { name: '林远', version: 4 })) });
    renderPage(<Page />);
    fireEvent.change(await screen.findByLabelText('姓名'), { target: { value: ' 林远 ' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已保存')).toBeTruthy();
    const sent = calls.find(({ method }) => method === 'PATCH');
    expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { name: '林远' }]);
    expect(useSession.getState().me?.name).toBe('林远');
  });

  it('tells who looked at my data, and why', async () => {
    serve({ ...sessions, 'GET /api/v1/auth/looks': () => ok({ items: [look], pagination: { page_size: 20, next_cursor: null, has_next: false } }) });
    renderPage(<Page />);
    expect((await screen.findByText('王管理')).parentElement?.textContent).toContain('工单 4711：找不到回答');
  });

  it('does not send an empty name', async () => {
    const calls = serve(sessions);
    renderPage(<Page />);
    fireEvent.change(await screen.findByLabelText('姓名'), { target: { value: '  ' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect(screen.getByText('请输入姓名')).toBeTruthy();
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('shows a look at once and puts it back, with the reason, where the server refuses', async () => {
    serve({ ...sessions, [PATCH]: () => refused(503, '5004') });
    renderPage(<Page />);
    fireEvent.click(await screen.findByLabelText('深色'));
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(await screen.findByText('refused 5004')).toBeTruthy();
    expect(document.documentElement.dataset['theme']).toBe('light');
  });
});
