import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listPermissions, permissions } from '@lyss/api-types/permission';
import { ok, refused } from '../../../api/test-server.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { noteToken } from '../../../session/tabs.ts';
import { auditor, cell, make, open, press, steward } from '../test-scene.tsx';
import en from '../texts/en-US.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
const PATCH = 'PATCH /api/v1/admin/roles/r-auditor';
const bar = () => screen.getByRole('region', { name: en.changes.label });
const grid = () => screen.findByRole('grid', { name: en.matrix.label });
const key = (name: string, options = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...options });

beforeEach(async () => {
  await startTestTexts('en-US', 'roles', 'access');
  noteToken(600);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the matrix', () => {
  it('shows system roles as fixed marks and the tenant’s own as boxes', async () => {
    open({}, { tab: 'matrix' });
    const heads = within(await grid()).getAllByRole('columnheader');
    expect(heads.map((head) => head.textContent)).toEqual(['Permission', 'Operator', 'Tenant admin', 'Member', 'Auditor', 'Steward']);
    expect(within(await grid()).getAllByRole('checkbox')).toHaveLength(permissions.length * 2);
    expect((await cell('Auditor: Read the audit')).checked).toBe(true);
    expect((await cell('Steward: Read the audit')).checked).toBe(false);
  });

  it('is one stop of Tab; arrows, Home and End move in it, and nothing leaves it', async () => {
    open({}, { tab: 'matrix' });
    const stops = () => screen.getByRole('grid').querySelectorAll('[tabindex="0"]');
    (await cell('Auditor: Read the audit')).focus();
    expect(stops()).toHaveLength(1);
    key('ArrowRight');
    expect(document.activeElement).toBe(await cell('Steward: Read the audit'));
    expect([...stops()]).toEqual([document.activeElement]);
    key('ArrowRight');
    expect(document.activeElement).toBe(await cell('Steward: Read the audit'));
    key('Home');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Who has it: Read the audit' }));
    key('Home', { ctrlKey: true });
    expect(document.activeElement?.textContent).toBe('Permission');
    key('ArrowRight');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Operator' }));
    key('ArrowDown');
    expect(document.activeElement?.textContent).toContain('No');
  });

  it('moves down row by row as they are drawn, also where a noun stands twice in the registry', async () => {
    open({}, { tab: 'matrix' });
    const column = within(await grid()).getAllByRole<HTMLInputElement>('checkbox', { name: /^Auditor/ });
    column[0]?.focus();
    for (const box of column) {
      expect(document.activeElement).toBe(box);
      key('ArrowDown');
    }
  });

  it('collects changes and saves each role by itself, against the version that was read', async () => {
    const { calls, now } = open({
      [PATCH]: () => {
        now.own = [{ ...auditor, permissions: ['users.read', 'audit.read', 'chat.use'], version: 2 }, steward];
        return ok(now.own[0]);
      },
      'PATCH /api/v1/admin/roles/r-steward': () => refused(503, '5003'),
    }, { tab: 'matrix' });
    fireEvent.click(await cell('Auditor: Chat'));
    fireEvent.click(await cell('Steward: Manage users'));
    expect(bar().textContent).toContain('2 roles with unsaved changes');
    expect(bar().textContent).toContain('Adds: Chat');
    expect(bar().textContent).toContain('Takes away: Manage users');
    expect(calls.some(({ method }) => method === 'PATCH')).toBe(false);
    press(en.changes.save);
    await screen.findByText('refused 5003');
    await waitFor(() => expect(bar().textContent).toContain('1 role with unsaved changes'));
    const sent = calls.filter(({ method }) => method === 'PATCH');
    expect(sent.map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([['"1"', { permissions: ['users.read', 'audit.read', 'chat.use'] }], ['"1"', { permissions: ['users.read'] }]]);
    expect((await cell('Auditor: Chat')).checked).toBe(true);
    expect((await cell('Steward: Manage users')).checked).toBe(false);
  });

  it('says after a 412 what changed meanwhile, loses nothing, and then saves upon the newer version', async () => {
    const theirs = { ...auditor, permissions: ['audit.read' as const, 'settings.read' as const], version: 4 };
    const { calls, now } = open({
      [PATCH]: ({ headers }) => {
        now.own = headers.get('if-match') === '"1"' ? [theirs] : [{ ...theirs, permissions: [...theirs.permissions, 'chat.use'], version: 5 }];
        return headers.get('if-match') === '"1"' ? refused(412, '3005', { version: 4 }) : ok(now.own[0]);
      },
    }, { tab: 'matrix', own: [auditor] });
    fireEvent.click(await cell('Auditor: Chat'));
    press(en.changes.save);
    const told = await screen.findByText(/^They took away/);
    expect(told.textContent).toBe('They took away: See users');
    expect(bar().textContent).toContain('They added: See tenant settings');
    expect((await cell('Auditor: Chat')).checked).toBe(true);
    await waitFor(() => expect(screen.getByRole('button', { name: en.changes.save }).getAttribute('aria-busy')).toBeNull());
    press(en.changes.save);
    await waitFor(() => expect(screen.queryByRole('region', { name: en.changes.label })).toBeNull());
    const last = calls.findLast(({ method }) => method === 'PATCH');
    expect([last?.headers.get('if-match'), last?.body]).toEqual(['"4"', { permissions: ['settings.read', 'audit.read', 'chat.use'] }]);
  });

  it('shows what is beyond me, keeps it as it is, and says why', async () => {
    const wide = make('r-wide', 'Wide', ['suppliers.write', 'users.read']);
    open({}, { tab: 'matrix', own: [auditor, wide], mine: ['roles.read', 'roles.write', 'users.read', 'audit.read'] });
    const box = await cell('Auditor: Manage suppliers');
    expect([box.disabled, box.getAttribute('aria-disabled')]).toEqual([false, 'true']);
    box.focus();
    fireEvent.click(box);
    expect(box.checked).toBe(false);
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe(en.lock.beyond);
    expect(screen.getByText(en.lock.beyond, { selector: '.roles-why' })).toBeTruthy();
    fireEvent.click(await cell('Wide: See users'));
    fireEvent.click(await cell('Auditor: See all tenants'));
    expect((await cell('Auditor: See all tenants')).title).toBe(en.lock.platform);
    expect((await cell('Wide: See users')).title).toBe(en.lock.role_beyond);
    expect(screen.queryByRole('region', { name: en.changes.label })).toBeNull();
  });

  it('lets nobody empty a role, and says so before the server does', async () => {
    open({}, { tab: 'matrix', own: [make('r-one', 'One', ['chat.use'])] });
    fireEvent.click(await cell('One: Chat'));
    expect(bar().textContent).toContain(en.changes.empty);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: en.changes.save }).disabled).toBe(true);
    press('Discard the changes to One');
    expect((await cell('One: Chat')).checked).toBe(true);
  });

  it('is narrowed by its search, in the address, and says when nothing is left', async () => {
    const { address } = open({}, { tab: 'matrix' });
    await grid();
    fireEvent.change(screen.getByRole('textbox', { name: en.matrix.search }), { target: { value: 'supplier' } });
    await waitFor(() => expect(address().get('search')).toBe('supplier'));
    await waitFor(() => expect(within(screen.getByRole('grid')).queryByRole('checkbox', { name: 'Auditor: Chat' })).toBeNull());
    expect(await cell('Auditor: Manage suppliers')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: en.matrix.search }), { target: { value: 'zebra' } });
    await screen.findByText(en.matrix.not_found);
  });

  it('is marks alone for whoever may only read roles', async () => {
    open({}, { tab: 'matrix', mine: ['roles.read'] });
    expect(within(await grid()).queryByRole('checkbox')).toBeNull();
    expect(screen.queryByRole('link', { name: /Who has it/ })).toBeNull();
  });

  it('is one role at a time on a phone, the tenant’s own first', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
    open({}, { tab: 'matrix', mine: listPermissions(['tenant_admin']) });
    const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: en.matrix.role });
    expect(choice.value).toBe('r-auditor');
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.queryByRole('checkbox', { name: 'See all tenants' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Who has it: Chat' }).getAttribute('href')).toBe('/users?permission=chat.use');
    fireEvent.click(await cell('Chat'));
    expect(bar().textContent).toContain('Adds: Chat');
    fireEvent.change(choice, { target: { value: 'end_user' } });
    await screen.findByText(en.lock.system);
    expect((await cell('Chat')).getAttribute('aria-disabled')).toBe('true');
  });

  it('asks before it is left with changes that are not saved', async () => {
    const { router } = open({}, { tab: 'matrix' });
    fireEvent.click(await cell('Auditor: Chat'));
    void router.navigate({ to: '/users' });
    await screen.findByRole('alertdialog', { name: en.leave.title });
    press(en.leave.stay);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect((await cell('Auditor: Chat')).checked).toBe(true);
    void router.navigate({ to: '/users' });
    await screen.findByRole('alertdialog', { name: en.leave.title });
    press(en.leave.go);
    await waitFor(() => expect(router.state.location.pathname).toBe('/users'));
  });
});
