import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me, User } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { usersDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const at = '2026-11-01T00:00:00.000Z';
const make = (name: string, roles: User['roles'] = ['end_user']): User => ({ id: `id-${name}`, email: `${name.toLowerCase()}@example.com`, name, roles, custom_roles: [], status: 'active', invitation: null, locale: 'en-US', has_second_factor: false, last_seen_at: null, created_at: at, updated_at: at, version: 2 });
const me = person(listPermissions(['tenant_admin']));
const people = [make('Ada'), make('Ben'), make('Olga', ['super_admin']), { ...make('Me'), id: me.id }];

function open(answers: Parameters<typeof serve>[0] = {}) {
  const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: people.length };
  const calls = serve({ 'GET /api/v1/admin/roles': () => ok({ items: [] }), 'GET /api/v1/admin/users': () => ok({ items: people, pagination }), ...answers });
  const search = new URLSearchParams(Object.entries(usersDefaults).map(([name, value]) => [name, String(value)]));
  renderPage(<Page />, { path: `/users?${search}` });
  return calls;
}
const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });

beforeAll(() => startTestTexts('en-US', 'users', 'access'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(me as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('chooses all but oneself and whoever may do more, and lets go again', async () => {
  open();
  fireEvent.click(await box('Select all on this page'));
  const bar = await screen.findByRole('group', { name: '2 selected' });
  expect([(await box('Select Ada')).checked, (await box('Select Olga')).disabled, (await box('Select Me')).disabled]).toEqual([true, true, true]);
  fireEvent.click(within(bar).getByRole('button', { name: 'Clear selection' }));
  expect(screen.queryByRole('group', { name: /selected/ })).toBeNull();
  expect((await box('Select Ada')).checked).toBe(false);
  expect(document.activeElement).toBe(await box('Select all on this page'));
});

it('names whom it disables, each against the version that was read, and keeps those who were refused with the reason', async () => {
  const calls = open({
    'PATCH /api/v1/admin/users/id-Ada': () => ok({ ...people[0], status: 'disabled', version: 3 }),
    'PATCH /api/v1/admin/users/id-Ben': () => refused(409, '3006', { reason: 'last_admin' }),
  });
  fireEvent.click(await box('Select Ada'));
  fireEvent.click(await box('Select Ben'));
  fireEvent.click(within(await screen.findByRole('group', { name: '2 selected' })).getByRole('button', { name: 'Disable' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Disable 2 people?' });
  expect(within(dialog).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Ada · ada@example.com', 'Ben · ben@example.com']);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 2' }));
  await screen.findByText(/^Ben: This is the last tenant admin/);
  expect(screen.getByRole('alertdialog', { name: 'Disable 1 person?' })).toBeTruthy();
  const sent = calls.filter(({ method }) => method === 'PATCH');
  expect(sent.map((call) => [call.headers.get('if-match'), call.body])).toEqual([['"2"', { status: 'disabled' }], ['"2"', { status: 'disabled' }]]);
});

/** Chooses Ada and Ben and asks to disable them. */
async function askForBoth(): Promise<HTMLElement> {
  fireEvent.click(await box('Select Ada'));
  fireEvent.click(await box('Select Ben'));
  fireEvent.click(within(await screen.findByRole('group', { name: '2 selected' })).getByRole('button', { name: 'Disable' }));
  return screen.findByRole('alertdialog');
}
const changes = (calls: ReturnType<typeof open>) => calls.filter(({ method }) => method === 'PATCH').map(({ path, headers }) => `${path.split('/').at(-1)} ${headers.get('if-match')}`);

it('tries whom somebody else changed again with what was shown of it, and succeeds', async () => {
  const ada = { ...make('Ada', ['tenant_admin']), version: 7 };
  const calls = open({
    'GET /api/v1/admin/users/id-Ada': () => ok(ada),
    'PATCH /api/v1/admin/users/id-Ada': (seen) => (seen.headers.get('if-match') === '"7"' ? ok(ada) : refused(412, '3005')),
    'PATCH /api/v1/admin/users/id-Ben': () => ok(people[1]),
  });
  const dialog = await askForBoth();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 2' }));
  await within(dialog).findByText(/^Ada: .*changed meanwhile/);
  expect(within(dialog).getByText('Tenant admin', { selector: 'ins' }).parentElement?.textContent).toBe('Member → Tenant admin');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 1' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(changes(calls)).toEqual(['id-Ada "2"', 'id-Ben "2"', 'id-Ada "7"']);
});

it('goes on where one change failed in a way nobody expects, and can be tried again', async () => {
  let broken = true;
  open({
    // Reading it throws: no ApiFailure.
    'PATCH /api/v1/admin/users/id-Ada': () => (broken ? ({} as Response) : ok(people[0])),
    'PATCH /api/v1/admin/users/id-Ben': () => ok(people[1]),
  });
  const dialog = await askForBoth();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 2' }));
  await within(dialog).findByText(/^Ada: /);
  broken = false;
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 1' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
});

it('says how far it came, stops at Esc after the one under way, and leaves the others chosen', async () => {
  let answer: (value: Response) => void = () => undefined;
  const calls = open({ 'PATCH /api/v1/admin/users/id-Ada': () => new Promise<Response>((resolve) => (answer = resolve)), 'PATCH /api/v1/admin/users/id-Ben': () => ok(people[1]) });
  const dialog = await askForBoth();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 2' }));
  await within(dialog).findByText('0 of 2 done');
  fireEvent(dialog, new Event('cancel', { cancelable: true }));
  await act(async () => answer(ok(people[0])));
  await screen.findByRole('alertdialog', { name: 'Disable 1 person?' });
  expect(changes(calls)).toEqual(['id-Ada "2"']);
  expect((await box('Select Ben')).checked).toBe(true);
});

it('fetches the list again once for all of them, and gives the focus back to the choice', async () => {
  const calls = open({ 'PATCH /api/v1/admin/users/id-Ada': () => ok(people[0]), 'PATCH /api/v1/admin/users/id-Ben': () => ok(people[1]) });
  const dialog = await askForBoth();
  const lists = () => calls.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/admin/users?')).length;
  const before = lists();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disable 2' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Select all on this page' })));
  expect(lists() - before).toBe(1);
});

it('offers a choice to nobody who may not change people', async () => {
  rememberPerson(person(['users.read']) as Me);
  open();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Ada' })).toBeTruthy());
  expect(screen.queryByRole('checkbox')).toBeNull();
});
