import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { ok, person, refused, serve, type Seen } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson } from '../../../session/session-store.ts';
import { Archives } from './archives.tsx';

const EXPORTS = '/api/v1/admin/tenant/exports';
const IMPORTS = '/api/v1/admin/tenant/imports';
const by = { user_id: 'u', name: '林知远' };
const file = { id: 'e-1', kind: 'tenant', params: {}, state: 'ready', progress: 1, rows: 1234, bytes: 3 * 1024 * 1024, sha256: 'ab'.repeat(32), file_name: 'lyss-yunqi.tar.gz', requested_by: by, failure: null, created_at: '2026-11-23T00:00:00.000Z', finished_at: null, expires_at: '2026-11-24T00:00:00.000Z' };
const report = { tenant: { name: '云栖', workspace: 'yunqi' }, made_at: '2026-11-22T00:00:00.000Z', lyss_version: '0.1.0', rows: { users: 12, conversations: 345, messages: 6789 }, to_do: { people: 12, suppliers: 1, api_keys: 0 }, audit_head: null };
const sent = { id: 'i-1', state: 'judged', progress: 1, file_name: 'a.tar.gz', bytes: 3, received: 3, sha256: '0'.repeat(64), report, problem: null, requested_by: by, created_at: '2026-11-23T00:00:00.000Z', finished_at: null, expires_at: '2026-11-24T00:00:00.000Z' };
const list = (...items: object[]) => ok({ items, pagination: { page_size: 10, next_cursor: null, has_next: false } });
const server = (answers: Record<string, (seen: Seen) => Response | Promise<Response>> = {}) =>
  serve({ [`GET ${EXPORTS}`]: () => list(), [`GET ${IMPORTS}`]: () => list(), 'GET /api/v1/admin/tenant/import-readiness': () => ok({ is_empty: true, holds: [] }), ...answers });

beforeAll(() => startTestTexts('zh-CN', 'tenant-settings', 'access'));
beforeEach(() => rememberPerson(person(['tenant.export', 'tenant.import']) as Me));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('export of the tenant', () => {
  it('is ordered once, watched, and stopped', async () => {
    let made: object | null = null;
    const calls = server({
      [`GET ${EXPORTS}`]: () => (made ? list(made) : list()),
      [`POST ${EXPORTS}`]: () => ok((made = { ...file, state: 'running', progress: 0.25, rows: 500, sha256: null }), 202),
      [`DELETE ${EXPORTS}/e-1`]: () => ((made = { ...file, state: 'cancelled', rows: 0 }), new Response(null, { status: 204 })),
    });
    renderPage(<Archives />);
    fireEvent.click(await screen.findByRole('button', { name: '生成导出文件' }));
    expect(await screen.findByText(/500 行，共约 2000 行/)).toBeTruthy();
    expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'lyss-yunqi.tar.gz 的进度' }).value).toBe(0.25);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '生成导出文件' }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: '停止 lyss-yunqi.tar.gz' }));
    expect(await screen.findByText('已停止')).toBeTruthy();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('shows size and sum of one that is ready', async () => {
    server({ [`GET ${EXPORTS}`]: () => list(file) });
    renderPage(<Archives />);
    expect(await screen.findByText('ab'.repeat(32))).toBeTruthy();
    expect(screen.getByText(/1234 行 · 3 MB/)).toBeTruthy();
    expect(screen.getByRole('button', { name: '下载 lyss-yunqi.tar.gz' })).toBeTruthy();
  });
});

describe('import of a tenant', () => {
  it('is not offered in a tenant that holds something, nor to who may not', async () => {
    rememberPerson(person(['tenant.import']) as Me);
    server({ 'GET /api/v1/admin/tenant/import-readiness': () => ok({ is_empty: false, holds: ['conversations'] }) });
    renderPage(<Archives />);
    expect(await screen.findByText(/这个租户里已经有内容，不能导入/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '选择文件' })).toBeNull();
    expect(screen.queryByText('导出租户')).toBeNull();
  });

  it('sends the file with its sum, shows what it would bring, and brings it in', async () => {
    let now: object | null = null;
    const calls = server({
      [`GET ${IMPORTS}`]: () => (now ? list(now) : list()),
      [`POST ${IMPORTS}`]: () => ok({ ...sent, state: 'uploading', received: 0, report: null }, 201),
      [`PUT ${IMPORTS}/i-1/pieces`]: () => ok((now = sent)),
      [`POST ${IMPORTS}/i-1/apply`]: () => ok((now = { ...sent, state: 'done' }), 202),
      'GET /api/v1/admin/tenant/import-readiness': () => ok((now as { state?: string } | null)?.state === 'done' ? { is_empty: false, holds: ['users'] } : { is_empty: true, holds: [] }),
    });
    renderPage(<Archives />);
    fireEvent.change(await screen.findByLabelText('导出文件'), { target: { files: [new File(['abc'], 'a.tar.gz')] } });
    expect(await screen.findByText('可以写入')).toBeTruthy();
    const [started, piece] = calls.filter(({ method }) => method !== 'GET');
    expect(started?.body).toEqual({ file_name: 'a.tar.gz', bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
    expect(piece?.body).toEqual({ number: 0, content: 'YWJj' });
    expect(screen.getByText('6,789')).toBeTruthy();
    expect(screen.getByText(/12 位用户以待接受的状态写入/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '写入这个租户' }));
    expect(await screen.findByText('已写入')).toBeTruthy();
    // The tenant is no longer empty: no other file is asked for.
    await waitFor(() => expect(calls.filter(({ path }) => path.endsWith('import-readiness')).length).toBeGreaterThan(1));
    expect(screen.queryByRole('button', { name: '选择文件' })).toBeNull();
  });

  it('says why an archive was refused, where, and what its importer may not give', async () => {
    const problem = { code: 'beyond_own_permissions', file: 'data/roles-000001.jsonl', line: 2, field: 'permissions', needs: ['audit.read'] };
    let gone = false;
    server({
      [`GET ${IMPORTS}`]: () => (gone ? list() : list({ ...sent, state: 'refused', report: null, problem })),
      [`DELETE ${IMPORTS}/i-1`]: () => ((gone = true), new Response(null, { status: 204 })),
    });
    renderPage(<Archives />);
    expect(await screen.findByText('文件会带来你自己没有的权限。')).toBeTruthy();
    expect(screen.getByText('data/roles-000001.jsonl · 第 2 行 · permissions')).toBeTruthy();
    expect(screen.getByText(/查看审计/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '清除 a.tar.gz' }));
    await waitFor(() => expect(screen.queryByText('没有通过检查')).toBeNull());
    expect(screen.getByRole('button', { name: '选择文件' })).toBeTruthy();
  });

  it('keeps the picker where the server refuses', async () => {
    server({ [`POST ${IMPORTS}`]: () => refused(409, '3006', { reason: 'tenant_not_empty' }) });
    renderPage(<Archives />);
    fireEvent.change(await screen.findByLabelText('导出文件'), { target: { files: [new File(['abc'], 'a.tar.gz')] } });
    expect(await screen.findByText('refused 3006')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '选择文件' }).disabled).toBe(false);
  });
});
