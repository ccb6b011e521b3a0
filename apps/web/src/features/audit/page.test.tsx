import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { AuditEntry, AuditVerification, Me } from '@lyss/api-types';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { auditDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const changed: AuditEntry = {
  ...{ id: '0198c0de-0000-7000-8000-0000000000a1', at: '2026-11-23T08:00:00.000Z', actor: { user_id: '0198c0de-0000-7000-8000-0000000000b1', name: 'Ada' } },
  ...{ action: 'tenants.settings_changed', resource_type: 'tenant', resource_id: 'acme', outcome: 'success', request_id: 'r-1', address: '192.0.2.9' },
  ...{ details: { before: { name: '<b>Old</b>', currency: 'EUR' }, after: { name: 'New', currency: 'EUR' }, reason: 'asked' }, seal: { seq: 7, hash: 'ab'.repeat(32) } },
};
const denied: AuditEntry = { ...changed, id: '0198c0de-0000-7000-8000-0000000000a2', actor: null, action: 'future.thing', outcome: 'refused', details: null, seal: null };
const LIST = 'GET /api/v1/admin/audit-logs';
const VERIFY = 'POST /api/v1/admin/audit-logs/verify';

function open(answers: Parameters<typeof serve>[0], address: Partial<typeof auditDefaults> = {}) {
  const pagination = { page_size: 50, next_cursor: null, has_next: false };
  const calls = serve({ [LIST]: () => ok({ items: [changed, denied], pagination }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...auditDefaults, ...address }));
  renderPage(<Page />, { path: `/audit?${search}` });
  return calls;
}
const step = (part: Partial<AuditVerification>): AuditVerification => ({ checked: 2_000, total: 3_000, next_seq: null, head: { seq: 3_000, hash: 'cd'.repeat(32) }, begins_after: 0, faults: [], ...part });

beforeAll(() => startTestTexts('zh-CN', 'audit'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['audit.read']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the trail', () => {
  it('names actions, colours what is no success alone, and shows an action that it does not know as it is', async () => {
    open({});
    const rows = within(await screen.findByRole('table', { name: zh.title })).getAllByRole('row');
    expect(within(rows[1] as HTMLElement).getByRole('button', { name: zh.action.tenants_settings_changed })).toBeTruthy();
    expect(within(rows[1] as HTMLElement).getByText(zh.outcome.success).className).toContain('is-success');
    expect(within(rows[2] as HTMLElement).getByText(zh.outcome.refused).className).toContain('is-refused');
    expect(within(rows[2] as HTMLElement).getByText('future.thing')).toBeTruthy();
    expect(within(rows[2] as HTMLElement).getByText(zh.nobody)).toBeTruthy();
  });

  it('shows beside it what a field was and became, as text whatever it holds, and nothing that stayed', async () => {
    open({}, { peek: changed.id });
    const peek = await screen.findByRole('dialog');
    const table = await within(peek).findByRole('table', { name: zh.peek.changes });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(within(table).getByText('<b>Old</b>').closest('del')).not.toBeNull();
    expect(within(peek).getByText('asked')).toBeTruthy();
    expect(within(peek).getByText('7')).toBeTruthy();
    expect(within(peek).getByRole('link', { name: zh.peek.same_request }).getAttribute('href')).toContain('request_id=r-1');
  });

  it('says so where nothing matches, and where somebody may not read it', async () => {
    open({ [LIST]: () => ok({ items: [], pagination: { page_size: 50, next_cursor: null, has_next: false } }) }, { outcome: 'failed' });
    expect(await screen.findByText(zh.list.not_found)).toBeTruthy();
    cleanup();
    open({ [LIST]: () => refused(403, '2004') });
    expect(await screen.findByText(zh.list.forbidden)).toBeTruthy();
  });
});

describe('the check', () => {
  it('goes on stretch by stretch, sends the noted head once, and says plainly what it found', async () => {
    const faults: AuditVerification['faults'] = [{ kind: 'changed', seq: 2_500, entry_id: changed.id, at: changed.at }];
    const answers = [step({ next_seq: 2_000 }), step({ checked: 1_000, faults })];
    const calls = open({ [VERIFY]: () => ok(answers.shift()) }, { tab: 'check' });
    const hash = 'ef'.repeat(32);
    fireEvent.change(await screen.findByRole('textbox', { name: zh.check.known }), { target: { value: `12 ${hash}` } });
    fireEvent.click(screen.getByRole('button', { name: zh.check.start }));
    expect(await screen.findByText(zh.check.kind_line.changed)).toBeTruthy();
    expect(screen.getByText('封条 2500')).toBeTruthy();
    expect(screen.getByText(`3000 ${'cd'.repeat(32)}`)).toBeTruthy();
    expect(calls.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ after_seq: 0, known: { seq: 12, hash } }, { after_seq: 2_000 }]);
  });

  it('can be stopped, and says where it was', async () => {
    const waiting = new Promise<Response>(() => undefined);
    let asked = 0;
    open({ [VERIFY]: () => (asked++ === 0 ? ok(step({ next_seq: 2_000 })) : waiting) }, { tab: 'check' });
    fireEvent.click(await screen.findByRole('button', { name: zh.check.start }));
    await waitFor(() => expect(screen.getByText('已校验 2,000 / 3,000 条')).toBeTruthy());
    fireEvent.click(screen.getByRole('button', { name: zh.check.stop }));
    expect(await screen.findByText('已停止，校验了 2,000 / 3,000 条')).toBeTruthy();
  });
});
