import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Me, Role, User } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ok, person, serve } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { usersDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import { noteToken } from '../../session/tabs.ts';
import Page from './page.tsx';
import en from './texts/en-US.ts';
import { useUserActions } from './use-user-actions.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });

const at = '2026-11-01T00:00:00.000Z';
const auditor: Role = { id: '0198c0de-0000-7000-8000-0000000000d1', name: 'Auditor', description: '', is_system: false, permissions: ['audit.read', 'chat.use'], users_count: 1, created_at: at, updated_at: at, version: 1 };
const ada: User = { id: 'u-ada', email: 'ada@example.com', name: 'Ada', roles: ['end_user'], custom_roles: [{ id: auditor.id, name: auditor.name }], status: 'active', invitation: null, locale: 'en-US', has_second_factor: false, last_seen_at: null, created_at: at, updated_at: at, version: 2 };
const effective = [
  { permission: 'audit.read', from: [{ id: auditor.id, name: 'Auditor' }] },
  { permission: 'chat.use', from: [{ id: 'end_user', name: 'end_user' }, { id: auditor.id, name: 'Auditor' }] },
];

function open(address: Partial<typeof usersDefaults> = {}, mine: readonly string[] = listPermissions(['tenant_admin'])) {
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(mine) as Me);
  const calls = serve({
    'GET /api/v1/admin/users': () => ok({ items: [ada], pagination: { page_size: 20, next_cursor: null, has_next: false, total_items: 1 } }),
    'GET /api/v1/admin/users/u-ada': () => ok({ ...ada, sessions_count: 0, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null, link: null }),
    'GET /api/v1/admin/users/u-ada/permissions': () => ok({ items: effective }),
    'GET /api/v1/admin/roles': () => ok({ items: [auditor] }),
    'PATCH /api/v1/admin/users/u-ada': () => ok({ ...ada, custom_roles: [], version: 3 }),
  });
  const search = new URLSearchParams(Object.entries({ ...usersDefaults, ...address }).map(([name, value]) => [name, String(value)]));
  const { router } = renderPage(<Page />, { path: `/users?${search}` });
  return { calls, address: () => new URLSearchParams(router.state.location.searchStr) };
}

beforeAll(() => startTestTexts('en-US', 'users', 'access'));
beforeEach(() => noteToken(600));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('offers no new password where passwords are closed, but to an operator', async () => {
  function Labels({ of }: { of: User }) {
    return <p>{useUserActions(() => undefined, { ask: () => undefined, askSeveral: () => undefined })(of).map(({ label }) => label).join()}</p>;
  }
  const offers = async (user: User, passwords_closed: boolean) => {
    const me = person(listPermissions(['super_admin', 'tenant_admin'])) as Me;
    rememberPerson({ ...me, tenant: { ...me.tenant, passwords_closed } });
    serve({ 'GET /api/v1/admin/roles': () => ok({ items: [auditor] }) });
    renderPage(<Labels of={user} />);
    const shown = (await screen.findByText(new RegExp(en.menu.edit))).textContent;
    cleanup();
    return shown.includes(en.menu.reset);
  };
  expect(await offers(ada, false)).toBe(true);
  expect(await offers(ada, true)).toBe(false);
  expect(await offers({ ...ada, roles: ['super_admin'] }, true)).toBe(true);
});

it('shows own roles in the list by their names', async () => {
  open();
  expect(await screen.findByText('Member · Auditor')).toBeTruthy();
});

it('asks for whoever holds a role or has a permission as the address says, shows it as a chip and lets go of it', async () => {
  const { calls, address } = open({ role: auditor.id, permission: 'audit.read' });
  await screen.findByRole('button', { name: 'Role Auditor' });
  await screen.findByRole('button', { name: 'Permission Read the audit' });
  const asked = calls.find(({ path }) => path.startsWith('/api/v1/admin/users?'))?.path;
  expect(asked).toContain(`role=${auditor.id}`);
  expect(asked).toContain('permission=audit.read');
  fireEvent.click(screen.getByRole('button', { name: 'Clear Permission' }));
  await waitFor(() => expect(address().get('permission')).toBe(''));
  fireEvent.click(screen.getByRole('button', { name: 'Clear Role' }));
  await waitFor(() => expect(address().get('role')).toBe(''));
});

it('says what a person may do, and which role each permission comes from', async () => {
  open({ peek: 'u-ada' });
  const can = await screen.findByRole('list', { name: 'Chat' });
  expect(can.textContent).toContain('by Member, Auditor');
  expect(screen.getByRole('list', { name: 'Audit' }).textContent).toContain('by Auditor');
});

it('takes an own role from somebody, and leaves the system’s as they are', async () => {
  const { calls } = open({ peek: 'u-ada' });
  fireEvent.click(await screen.findByRole('button', { name: en.menu.edit }));
  const form = await screen.findByRole('dialog', { name: 'Edit Ada' });
  fireEvent.click(within(form).getByRole('checkbox', { name: 'Auditor' }));
  fireEvent.click(within(form).getByRole('button', { name: en.form.save }));
  await waitFor(() => expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ custom_role_ids: [] }));
});

it('leaves alone whoever holds an own role that does more than I may', async () => {
  open({ peek: 'u-ada' }, ['users.read', 'users.write', 'roles.read', 'chat.use', 'api_keys.use']);
  expect(await screen.findByText(en.menu.beyond)).toBeTruthy();
  expect(screen.queryByRole('button', { name: en.menu.edit })).toBeNull();
});
