import { act, cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, SupplierCredential } from '@lyss/api-types';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import frame from '../../app/i18n/texts/zh-CN.ts';
import { suppliersDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import { catalogueKind, credential } from './test-rows.ts';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const LIST = 'GET /api/v1/admin/suppliers';
const main = credential();
const demo = credential({ id: '0198c0de-0000-7000-8000-00000000c002', provider: 'demo', name: 'Lyss Demo', key_hint: null, status: 'failing', last_test: null });
const one = `/api/v1/admin/suppliers/${main.id}`;

function pageOf(items: SupplierCredential[]) {
  return ok({ items, pagination: { page_size: 20, next_cursor: null, has_next: false, total_items: items.length } });
}
function open(answers: Parameters<typeof serve>[0], address: Partial<typeof suppliersDefaults> = {}) {
  const calls = serve({ [LIST]: () => pageOf([main, demo]), 'GET /api/v1/admin/suppliers/available': () => ok({ items: [catalogueKind()] }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...suppliersDefaults, ...address }).map(([name, value]) => [name, String(value ?? '')]));
  const { router } = renderPage(<Page />, { path: `/suppliers?${search}` });
  const address_now = () => new URLSearchParams(router.state.location.searchStr);
  return { calls, address_now };
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

beforeAll(() => startTestTexts('zh-CN', 'suppliers'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['suppliers.read', 'suppliers.write']) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of suppliers', () => {
  it('labels the demo, says why one fails, and gives each figure its unit', async () => {
    open({});
    const row = (await screen.findByRole('button', { name: 'Lyss Demo' })).closest('tr');
    expect(row?.textContent).toContain(zh.demo);
    expect(row?.textContent).toContain(zh.failure.unknown.what);
    const other = screen.getByRole('button', { name: main.name }).closest('tr');
    expect(other?.textContent).toContain('842ms');
    expect(other?.textContent).toContain('sk-…c4f2');
  });

  it('calls none healthy that is switched off', async () => {
    open({ [LIST]: () => pageOf([{ ...main, enabled: false }, demo]) });
    const row = (await screen.findByRole('button', { name: main.name })).closest('tr');
    expect(row?.textContent).toContain(zh.status.off);
    expect(row?.textContent).not.toContain(zh.status.healthy);
  });

  it('calls none healthy that was never tried, and shows what went through in a day', async () => {
    const quiet = { answered: 0, failed: 0, first_token_ms: null };
    open({ [LIST]: () => pageOf([main, { ...demo, status: 'untested', last_24h: quiet }]) });
    const untried = (await screen.findByRole('button', { name: 'Lyss Demo' })).closest('tr');
    expect(untried?.textContent).toContain(zh.status.untested);
    expect(untried?.textContent).not.toContain(zh.status.healthy);
    expect(untried?.textContent).toContain(zh.day.none);
    const tried = screen.getByRole('button', { name: main.name }).closest('tr');
    expect(tried?.textContent).toContain('131 次调用');
    expect(tried?.textContent).toContain('3 次失败');
    expect(tried?.textContent).toContain('640ms');
  });

  it('names every figure on a phone’s card, to the eye as to the ear', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('max-width'), addEventListener: () => undefined, removeEventListener: () => undefined }));
    open({});
    const card = (await screen.findByRole('button', { name: main.name })).closest('li');
    const labels = [...(card?.querySelectorAll('.suppliers-card-label') ?? [])].map((label) => label.textContent);
    expect(labels).toEqual([zh.column.last_24h, zh.column.key, zh.column.last_test]);
    expect(card?.textContent).toContain('2 个模型');
  });

  it('begins adding at the first choice, not at the cross, and at the name once it is chosen', async () => {
    open({}, { peek: 'new' });
    const choice = await screen.findByRole('button', { name: /^OpenAI/ });
    await waitFor(() => expect(document.activeElement).toBe(choice));
    fireEvent.click(choice);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(zh.form.name)));
    press(zh.form.change);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /^OpenAI/ })));
  });

  it('opens beside the list by name, moves with J and K, closes with Esc, and says so in the address', async () => {
    const { address_now } = open({});
    fireEvent.click(await screen.findByRole('button', { name: main.name }));
    expect((await screen.findByRole('dialog')).textContent).toContain(main.key_fingerprint);
    expect(address_now().get('peek')).toBe(main.id);
    act(() => void fireEvent.keyDown(window, { key: 'j' }));
    await waitFor(() => expect(address_now().get('peek')).toBe(demo.id));
    act(() => void fireEvent.keyDown(window, { key: 'Escape' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says why a switch went back', async () => {
    open({ [`PUT ${one}`]: () => refused(409, '3006') });
    fireEvent.click(await screen.findByRole('switch', { name: `启用 ${main.name}` }));
    await screen.findByText(/refused 3006/);
    expect(screen.getByRole('switch', { name: `启用 ${main.name}` }).getAttribute('aria-checked')).toBe('true');
  });

  it('deletes only after the name was typed, and detaches only after its dependents were named', async () => {
    let refuse = true;
    const depend = { reason: 'conversations_depend', dependents: [{ kind: 'conversation', count: 12 }] };
    const { calls } = open({ [`DELETE ${one}`]: () => (refuse ? refused(409, '3006', depend) : new Response(null, { status: 204 })) }, { peek: main.id });
    fireEvent.click(await screen.findByRole('button', { name: zh.menu.remove }));
    const dialog = await screen.findByRole('alertdialog');
    const submit = () => [...dialog.querySelectorAll<HTMLButtonElement>('button')].at(-1);
    expect(submit()?.disabled).toBe(true);
    fireEvent.change(dialog.querySelector('input') ?? dialog, { target: { value: main.name } });
    act(() => void submit()?.click());
    await screen.findByText(/12 个会话/);
    expect(submit()?.textContent).toBe(zh.remove.submit_detach);
    refuse = false;
    act(() => void submit()?.click());
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    const sent = calls.filter(({ method }) => method === 'DELETE');
    expect(sent.map(({ path }) => path)).toEqual([one, `${one}?detach=true`]);
    expect(sent[0]?.headers.get('if-match')).toBe('"4"');
  });

  it('tells nothing there from nothing found', async () => {
    const { address_now } = open({ [LIST]: ({ path }) => pageOf(path.includes('search=') ? [] : [main]) }, { search: 'zzz' });
    await screen.findByText(zh.list.not_found);
    press(frame.list.clear_all);
    await screen.findByRole('button', { name: main.name });
    expect(address_now().get('search')).toBe('');
    cleanup();
    open({ [LIST]: () => pageOf([]) });
    await screen.findByText(zh.list.empty);
  });

  it('keeps the frame when it fails, with the request’s id and another try', async () => {
    let broken = true;
    open({ [LIST]: () => (broken ? refused(500, '5003') : pageOf([main])) });
    await screen.findByText(zh.list.failed);
    expect(screen.getByText('r-2')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: zh.list.search })).toBeTruthy();
    broken = false;
    press(frame.actions.retry);
    await screen.findByRole('button', { name: main.name });
    cleanup();
    open({ [LIST]: () => refused(403, '2004') });
    await screen.findByText(zh.list.forbidden);
  });

  it('offers nothing to change without the permission', async () => {
    rememberPerson(person(['suppliers.read']) as Me);
    open({});
    const toggle = await screen.findByRole<HTMLButtonElement>('switch', { name: `启用 ${main.name}` });
    expect(toggle.disabled).toBe(true);
    expect(screen.queryByRole('button', { name: zh.add })).toBeNull();
  });
});
