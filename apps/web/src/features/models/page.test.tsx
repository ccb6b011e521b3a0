import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, TenantModel } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { modelsDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import { tenantModel } from './test-rows.ts';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const LIST = 'GET /api/v1/admin/models';
const main = tenantModel();
const unknown = tenantModel({ id: '0198c0de-0000-7000-8000-00000000d002', name: 'own-model', display_name: 'own-model', aliases: [], price: null, price_source: null, catalogue_price: null });
const one = `/api/v1/admin/models/${main.id}`;
const rates = { from: 'USD', to: 'USD', rate: null, is_needed: false, history: [] };

function pageOf(items: TenantModel[]) {
  return ok({ items, pagination: { page_size: 20, next_cursor: null, has_next: false, total_items: items.length } });
}
function open(answers: Parameters<typeof serve>[0] = {}, address: Partial<typeof modelsDefaults> = {}) {
  const calls = serve({
    [LIST]: () => pageOf([main, unknown]),
    [`GET ${one}`]: () => ok({ ...main, last_30_days: { requests: 7, unpriced: 2, cost: { amount: '1.25', currency: 'USD' } } }),
    [`GET ${one}/prices`]: () => ok({ items: [{ id: main.id, price: null, by: { user_id: main.id, name: 'Ada' }, created_at: '2026-11-20T10:00:00.000Z' }], pagination: { page_size: 20, next_cursor: null, has_next: false } }),
    'GET /api/v1/admin/exchange-rates': () => ok(rates),
    'GET /api/v1/admin/roles': () => ok({ items: [{ id: 'end_user', name: 'end_user' }] }),
    ...answers,
  });
  const search = new URLSearchParams(Object.entries({ ...modelsDefaults, ...address }).map(([name, value]) => [name, String(value ?? '')]));
  renderPage(<Page />, { path: `/models?${search}` });
  return calls;
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const theSwitch = () => screen.findByRole('switch', { name: `开放 ${main.display_name}` });

beforeAll(() => startTestTexts('zh-CN', 'models', 'access', 'suppliers'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['models.read', 'models.write', 'roles.read']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of models', () => {
  it('shows what each costs, and says where nobody knows', async () => {
    open();
    const row = (await screen.findByRole('button', { name: 'GPT 4.1' })).closest('tr');
    expect(row?.textContent).toContain('$2.00');
    expect(row?.textContent).toContain(zh.everyone);
    expect(screen.getByRole('button', { name: 'own-model' }).closest('tr')?.textContent).toContain(zh.unknown);
  });

  it('says that a rate is missing where the tenant reckons in another currency', async () => {
    open({ 'GET /api/v1/admin/exchange-rates': () => ok({ ...rates, to: 'CNY', is_needed: true }) });
    expect(await screen.findByText(/还没有设置汇率/)).toBeTruthy();
  });

  it('switches at once with the version it saw, and offers to undo it', async () => {
    const calls = open({ [`PATCH ${one}`]: () => ok({ ...main, offered: false, version: 4 }) });
    fireEvent.click(await theSwitch());
    press(await screen.findByText(zh.toggle.undo).then((found) => found.textContent ?? ''));
    await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(2));
    const [first, second] = calls.filter(({ method }) => method === 'PATCH');
    expect([first?.headers.get('if-match'), second?.headers.get('if-match')]).toEqual(['"3"', '"4"']);
  });

  it('says why a switch went back', async () => {
    open({ [`PATCH ${one}`]: () => refused(409, '3006') });
    fireEvent.click(await theSwitch());
    await screen.findByText(/refused 3006/);
    expect((await theSwitch()).getAttribute('aria-checked')).toBe('true');
  });

  it('leaves whoever may only read without a switch that works, and without the button', async () => {
    rememberPerson(person(['models.read']) as Me);
    open();
    expect((await theSwitch()).hasAttribute('disabled')).toBe(true);
    expect(screen.queryByRole('button', { name: zh.sync.open })).toBeNull();
  });
});

describe('beside the list', () => {
  it('is everything of one: names, prices, what it cost and what it cost before', async () => {
    open({}, { peek: main.id });
    const panel = await screen.findByRole('dialog');
    await within(panel).findByText(/7 次请求/);
    expect(panel.textContent).toContain('其中 2 次费用未知');
    expect(panel.textContent).toContain('fast');
    await within(panel).findByText(zh.peek.history_back);
  });
});

describe('the form', () => {
  it('says what will be in force while a price is typed, and sends what differs', async () => {
    const calls = open({ [`PATCH ${one}`]: () => ok(main) }, { peek: main.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.edit }));
    fireEvent.click(await screen.findByLabelText(zh.form.by_own));
    fireEvent.change(screen.getByLabelText('输入（USD / 100 万 token）'), { target: { value: '1.5' } });
    fireEvent.change(screen.getByLabelText('输出（USD / 100 万 token）'), { target: { value: '6' } });
    await screen.findByText(/保存后生效：输入 \$1\.50 · 输出 \$6\.00/);
    press(zh.form.save);
    await waitFor(() => expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ price: { input: '1.5', output: '6', cached_input: null } }));
  });

  it('puts a taken alias at its field, and keeps what was typed', async () => {
    open({ [`PATCH ${one}`]: () => refused(409, '3005', { reason: 'alias_taken' }) }, { peek: main.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.edit }));
    const field = await screen.findByLabelText<HTMLInputElement>(zh.form.aliases);
    fireEvent.change(field, { target: { value: 'quick' } });
    press(zh.form.save);
    await screen.findByText(zh.issue.alias_taken);
    expect(field.value).toBe('quick');
  });
});

describe('the lists of suppliers', () => {
  it('are asked for once, and what came and went is said', async () => {
    const credential = { id: main.id, name: 'Main', provider: 'openai' };
    const calls = open({ 'POST /api/v1/admin/models/sync': () => ok({ items: [{ credential, ok: true, kind: null, came: ['new-one'], went: ['old-one'], left_aside: [] }, { credential: { ...credential, id: unknown.id }, ok: false, kind: 'authentication_failed', came: [], went: [], left_aside: [] }] }) });
    fireEvent.click(await screen.findByRole('button', { name: zh.sync.open }));
    await screen.findByText('new-one');
    expect(screen.getByText('old-one')).toBeTruthy();
    expect(screen.getByText('供应商不认这个密钥')).toBeTruthy();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});
