import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me, User } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, refused, serve } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { usersDefaults } from '../../../app/search.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { rememberPerson } from '../../../session/session-store.ts';
import { noteToken } from '../../../session/tabs.ts';
import Page from '../page.tsx';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const POST = 'POST /api/v1/admin/users/invitations';
const at = '2026-11-20T00:00:00.000Z';
const later = '2099-01-01T00:00:00.000Z';
const make = (name: string, invitation: User['invitation']): User => ({ id: `id-${name}`, email: `${name.toLowerCase()}@example.com`, name, roles: ['end_user'], custom_roles: [], status: 'invited', invitation, locale: 'en-US', has_second_factor: false, last_seen_at: null, created_at: at, updated_at: at, version: 1 });
const ada = make('Ada', { delivery: 'failed', failure: 'address_refused', created_at: at, expires_at: later });
const ben = make('Ben', { delivery: 'sent', failure: null, created_at: at, expires_at: at });
const link = (name: string) => ({ url: `https://lyss.example/invitation/${name}`, expires_at: later });

function open(answers: Parameters<typeof serve>[0], address: Partial<typeof usersDefaults> = {}) {
  const pagination = { page_size: 20, next_cursor: null, has_next: false, total_items: 2 };
  const calls = serve({ 'GET /api/v1/admin/roles': () => ok({ items: [] }), 'GET /api/v1/admin/users': () => ok({ items: [ada, ben], pagination }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...usersDefaults, ...address }).map(([name, value]) => [name, String(value)]));
  renderPage(<Page />, { path: `/users?${search}` });
  return calls;
}
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const type = async (text: string) => fireEvent.change(await screen.findByRole('textbox', { name: 'Addresses' }), { target: { value: text } });
const line = (email: string, outcome: string, user_id: string | null = null) => ({ email, name: email.split('@')[0], outcome, user_id, invitation: user_id ? link(user_id) : null });

beforeAll(() => startTestTexts('en-US', 'users', 'access'));
beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(listPermissions(['tenant_admin'])) as Me);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('shows what is wrong in which line before anything is done, invites the others, and gives their links once', async () => {
  const calls = open(
    {
      [POST]: ({ body }) => {
        const { mode } = body as { mode: string };
        const first = mode === 'preview' ? line('a@x.com', 'ready') : line('a@x.com', 'invited', 'u-a');
        return ok({ lines: [first, line('nobody', 'email_invalid'), line('b@x.com', 'already_here')], delivery: 'by_hand' });
      },
    },
    { peek: 'invite' },
  );
  await type('Name,E-mail\nAda,a@x.com\n,nobody\nBo,b@x.com');
  expect(screen.getByText('3 people read')).toBeTruthy();
  await press('Check the list');
  await screen.findByRole('heading', { name: '2 lines can’t be invited' });
  expect(screen.getByText('Line 3').parentElement?.textContent).toBe('Line 3nobodyNot an e-mail address');
  expect(screen.getByText('Line 4').parentElement?.textContent).toBe('Line 4b@x.comAlready in this tenant');
  await press('Invite 1 person');
  await screen.findByText(/No mail server is set/);
  vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
  await press('Copy all links');
  await waitFor(() => expect(navigator.clipboard.writeText).toHaveBeenCalledWith('a\ta@x.com\thttps://lyss.example/invitation/u-a'));
  const sent = calls.filter(({ method }) => method === 'POST');
  expect(sent.map(({ body }) => (body as { mode: string }).mode)).toEqual(['preview', 'sound']);
  expect(sent[0]?.body).toMatchObject({ people: [{ email: 'a@x.com', name: 'Ada' }, { email: 'nobody', name: '' }, { email: 'b@x.com', name: 'Bo' }], roles: ['end_user'] });
  expect(sent.map(({ headers }) => headers.has('idempotency-key'))).toEqual([false, true]);
});

it('invites those that fit the plan, and keeps the others with their lines to be taken along', async () => {
  const answer = (mode: string) => [mode === 'preview' ? line('a@x.com', 'ready') : line('a@x.com', 'invited', 'u-a'), line('b@x.com', 'no_seat'), line('c@x.com', 'no_seat')];
  open({ [POST]: ({ body }) => ok({ lines: answer((body as { mode: string }).mode), delivery: 'by_hand' }) }, { peek: 'invite' });
  await type('a@x.com\nb@x.com\nc@x.com');
  await press('Check the list');
  expect((await screen.findByText('Line 2')).parentElement?.textContent).toBe('Line 2b@x.comNo seat: the plan is full');
  await press('Invite 1 person');
  await screen.findByRole('heading', { name: '2 lines were not invited' });
  expect(screen.getByText('Line 3').parentElement?.textContent).toBe('Line 3c@x.comNo seat: the plan is full');
  vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
  await press('Copy those not invited');
  await waitFor(() => expect(navigator.clipboard.writeText).toHaveBeenCalledWith('b@x.com\tb\nc@x.com\tc'));
});

it('asks for nothing less than the whole list where all of it was sound, and shows anew what changed meanwhile', async () => {
  let looks = 0;
  const calls = open({ [POST]: ({ body }) => ((body as { mode: string }).mode === 'all' ? refused(409, '3006', { reason: 'lines_not_sound' }) : ok({ lines: [line('a@x.com', looks++ === 0 ? 'ready' : 'already_here')], delivery: 'by_hand' })) }, { peek: 'invite' });
  await type('a@x.com');
  await press('Check the list');
  await press('Invite 1 person');
  await screen.findByText('Already in this tenant');
  expect(calls.filter(({ method }) => method === 'POST').map(({ body }) => (body as { mode: string }).mode)).toEqual(['preview', 'all', 'preview']);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Invite 0/ }).disabled).toBe(true);
  await press('Back to the list');
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Addresses' })).value).toBe('a@x.com');
});

it('sends nothing without an address, with too many, or without a role', async () => {
  const calls = open({}, { peek: 'invite' });
  await press('Check the list');
  await screen.findByText('Paste at least one e-mail address');
  await type(Array.from({ length: 501 }, (_, index) => `p${index}@x.com`).join('\n'));
  await screen.findByText(/At most 500 people/);
  await type('a@x.com');
  fireEvent.click(screen.getByRole('checkbox', { name: /Member/ }));
  await press('Check the list');
  await screen.findByText('Choose at least one role');
  expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('tells of whom an invitation has ended, and whose letter did not leave', async () => {
  open({});
  const row = (name: string) => within(screen.getByRole('button', { name }).closest('tr') as HTMLElement);
  await screen.findByRole('button', { name: 'Ada' });
  expect(row('Ada').getByText('Not sent: the mail server refuses this address')).toBeTruthy();
  expect(row('Ben').getByText('Invitation expired')).toBeTruthy();
});

it('sends several invitations again in one call, and takes several back, naming them', async () => {
  const answered = [ada, ben].map(({ id, name, email }) => ({ user_id: id, outcome: 'done', name, email, invitation: link(id) }));
  const calls = open({
    [`${POST}/resend`]: () => ok({ people: answered, delivery: 'sent_soon' }),
    [`${POST}/revoke`]: () => ok({ people: [{ user_id: ada.id, outcome: 'done' }, { user_id: ben.id, outcome: 'not_invited' }] }),
  });
  const ask = async (name: string) => {
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select Ada' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select Ben' }));
    fireEvent.click(within(await screen.findByRole('group', { name: '2 selected' })).getByRole('button', { name }));
    return screen.findByRole('alertdialog');
  };
  const again = await ask('Send invitation again');
  expect(within(again).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Ada · ada@example.com', 'Ben · ben@example.com']);
  fireEvent.click(within(again).getByRole('button', { name: 'Send again' }));
  await screen.findByText(/^2 people are invited/);
  await press('Done');
  const back = await ask('Take invitation back');
  fireEvent.click(within(back).getByRole('button', { name: 'Take back' }));
  await within(back).findByText(/left as they are/);
  expect(within(back).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Ben · ben@example.com']);
  expect(calls.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ user_ids: ['id-Ada', 'id-Ben'] }, { user_ids: ['id-Ada', 'id-Ben'] }]);
});
