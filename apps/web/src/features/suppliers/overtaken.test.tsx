import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me, SupplierCredential } from '@lyss/api-types';
import { ok, person, refused, serve, type Seen } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { suppliersDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import { catalogueKind, credential } from './test-rows.ts';
import zh from './texts/zh-CN.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });

const main = credential();
const one = `/api/v1/admin/suppliers/${main.id}`;

/** A server whose row somebody else changes by `save`, and which takes a change of the newest version only. */
function open(answers: Parameters<typeof serve>[0] = {}) {
  let now: SupplierCredential = main;
  const judge = (seen: Seen) => (seen.headers.get('if-match') === `"${now.version}"` ? ok(now) : refused(412, '3005'));
  const calls = serve({
    'GET /api/v1/admin/suppliers': () => ok({ items: [now], pagination: { page_size: 20, next_cursor: null, has_next: false, total_items: 1 } }),
    'GET /api/v1/admin/suppliers/available': () => ok({ items: [catalogueKind()] }),
    'GET /api/v1/admin/suppliers/providers/openai/models': () => ok({ items: [] }),
    [`GET ${one}`]: () => ok(now),
    [`PUT ${one}`]: judge,
    [`DELETE ${one}`]: judge,
    [`POST ${one}/rotate`]: judge,
    ...answers,
  });
  const search = new URLSearchParams(Object.entries({ ...suppliersDefaults, peek: main.id }).map(([name, value]) => [name, String(value ?? '')]));
  const { queryClient } = renderPage(<Page />, { path: `/suppliers?${search}` });
  const save = (changes: Partial<SupplierCredential>) => {
    now = { ...now, ...changes, version: now.version + 2 };
    return act(() => queryClient.invalidateQueries());
  };
  const changesSent = () => calls.filter(({ headers }) => headers.has('if-match')).map(({ headers, body }) => ({ version: headers.get('if-match'), body }));
  return { save, changesSent };
}
const ask = async (what: string) => fireEvent.click(await screen.findByRole('button', { name: what }));
const press = (name: string, within_element: HTMLElement = document.body) => fireEvent.click(within(within_element).getByRole('button', { name }));
const seen = async (text: string) => (await screen.findByText(text, { selector: 'ins' })).parentElement?.textContent;

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

it('undoes no change that came while the form was open: what nobody touched follows it, what was typed stays', async () => {
  const { save, changesSent } = open();
  await ask(zh.menu.edit);
  fireEvent.change(await screen.findByLabelText(zh.form.name), { target: { value: '研发备用' } });
  await save({ models: ['gpt-5.2'], enabled: false });
  press(zh.form.save);
  await screen.findByText(zh.form.stale);
  expect(await seen('gpt-5.2')).toBe('gpt-5.2 · gpt-5.2-mini → gpt-5.2');
  expect(screen.getByLabelText<HTMLInputElement>(zh.form.name).value).toBe('研发备用');
  press(zh.form.save);
  await waitFor(() => expect(screen.queryByLabelText(zh.form.name)).toBeNull());
  expect(changesSent()).toEqual([
    { version: '"4"', body: { name: '研发备用', enabled: true, models: ['gpt-5.2', 'gpt-5.2-mini'] } },
    { version: '"6"', body: { name: '研发备用', enabled: false, models: ['gpt-5.2'] } },
  ]);
});

it('replaces no key whose address changed meanwhile, before that was seen', async () => {
  const { save, changesSent } = open();
  await ask(zh.menu.rotate);
  const dialog = await screen.findByRole('dialog', { name: `更换 ${main.name} 的密钥` });
  fireEvent.change(within(dialog).getByLabelText(zh.form.key), { target: { value: 'sk-typed-0123456789' } });
  await save({ base_url: 'https://other.example/v1' });
  press(zh.rotate.submit, dialog);
  expect(await seen('https://other.example/v1')).toBe('https://api.openai.com/v1 → https://other.example/v1');
  press(zh.rotate.submit, dialog);
  await waitFor(() => expect(changesSent().map(({ version }) => version)).toEqual(['"4"', '"6"']));
});

it('deletes nothing that was changed meanwhile, before that was seen', async () => {
  const { save, changesSent } = open();
  await ask(zh.menu.remove);
  const dialog = await screen.findByRole('alertdialog');
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: main.name } });
  await save({ key_hint: 'sk-…ffff' });
  press(zh.remove.submit, dialog);
  expect(await seen('sk-…ffff')).toBe('sk-…c4f2 → sk-…ffff');
  expect(changesSent().map(({ version }) => version)).toEqual(['"4"']);
});

it('gives the request’s id where a new key was refused for a reason nobody knows: its own text asks for it', async () => {
  open({ [`POST ${one}/rotate`]: () => refused(422, '3004', { kind: 'unknown', step: 'key' }) });
  await ask(zh.menu.rotate);
  const dialog = await screen.findByRole('dialog', { name: `更换 ${main.name} 的密钥` });
  fireEvent.change(within(dialog).getByLabelText(zh.form.key), { target: { value: 'sk-typed-0123456789' } });
  press(zh.rotate.submit, dialog);
  await within(dialog).findByText(zh.failure.unknown.todo);
  expect(within(dialog).getByText(/r-2/)).toBeTruthy();
});
