import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, refused } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { noteToken } from '../../session/tabs.ts';
import { auditor, make, open, press } from './test-scene.tsx';
import en from './texts/en-US.ts';

// Tests run beside many others on few cores; waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 8000 });
const type = (label: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } });
async function choose(name: string, item: string) {
  fireEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}
const people = (names: string[], total = names.length) => ok({ items: names.map((name) => ({ id: name, name, email: `${name}@example.com` })), pagination: { page_size: 5, next_cursor: null, has_next: false, total_items: total } });

beforeEach(async () => {
  await startTestTexts('en-US', 'roles', 'access');
  noteToken(600);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of roles', () => {
  it('has the system’s first, each with what it is for, and leads to who holds it', async () => {
    open({}, { own: [{ ...auditor, users_count: 3 }] });
    const rows = (await screen.findAllByRole('row')).slice(1);
    expect(rows.map((row) => within(row).getAllByRole('button')[0]?.textContent)).toEqual(['Operator', 'Tenant admin', 'Member', 'Auditor']);
    expect(rows.at(-1)?.textContent).toContain('Reads along');
    const link = within(rows.at(-1) as HTMLElement).getByRole('link', { name: '3 people' });
    expect(link.getAttribute('href')).toBe('/users?role=r-auditor');
    expect(screen.getByText('4 roles')).toBeTruthy();
  });

  it('says in its tabs which of them is open', async () => {
    open({}, { tab: 'matrix' });
    const current = async () => (await screen.findByRole('navigation', { name: en.tab.label })).querySelectorAll('[aria-current]');
    expect([...(await current())].map(({ textContent }) => textContent)).toEqual([en.tab.matrix]);
  });

  it('is searched by name in the reader’s language, and by purpose', async () => {
    const { address } = open();
    await screen.findByRole('button', { name: 'Auditor' });
    type(en.list.search, 'along');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Operator' })).toBeNull());
    expect(address().get('search')).toBe('along');
    type(en.list.search, 'tenant adm');
    await screen.findByRole('button', { name: 'Tenant admin' });
  });

  it('stays in its frame when it fails, with another try', async () => {
    open({ 'GET /api/v1/admin/roles': () => refused(500, '5001') });
    await screen.findByText(en.list.failed);
    expect(screen.getByRole('heading', { level: 1, name: en.title })).toBeTruthy();
  });

  it('offers nothing to change to whoever may only read', async () => {
    open({}, { mine: ['roles.read'] });
    await screen.findByRole('button', { name: 'Auditor' });
    expect(screen.queryByRole('button', { name: en.add })).toBeNull();
    expect(screen.queryByRole('link', { name: /people/ })).toBeNull();
  });

  it('tells one role in full: its permissions with a sentence each, and who has them', async () => {
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Auditor' }));
    const peek = await screen.findByRole('dialog', { name: 'Auditor' });
    expect(within(peek).getByText(/See this tenant’s trail/)).toBeTruthy();
    expect(within(peek).getByRole('link', { name: 'Who has it: Read the audit' }).getAttribute('href')).toBe('/users?permission=audit.read');
  });
});

describe('a role of the tenant’s own', () => {
  it('is made of a name and permissions that I have; a taken name is said at the name', async () => {
    let taken = true;
    const { calls } = open({
      'POST /api/v1/admin/roles': () => (taken ? refused(409, '3005', { reason: 'name_taken' }) : ok(make('r-new', 'Buyer', ['suppliers.read']), 201)),
    }, { mine: ['roles.read', 'roles.write', 'suppliers.read'] });
    fireEvent.click((await screen.findAllByRole('button', { name: en.add }))[0] as HTMLElement);
    const form = await screen.findByRole('dialog', { name: en.form.add });
    press(en.form.submit);
    expect(within(form).getByText(en.issue.permissions_required)).toBeTruthy();
    type(en.form.name, 'Buyer');
    fireEvent.click(within(form).getByRole('checkbox', { name: 'See suppliers' }));
    expect(within(form).getByRole('checkbox', { name: 'Manage suppliers' }).getAttribute('aria-disabled')).toBe('true');
    expect(within(form).queryByRole('checkbox', { name: 'See all tenants' })).toBeNull();
    press(en.form.submit);
    await within(form).findByText(en.issue.name_taken);
    taken = false;
    type(en.form.name, 'Buyers');
    press(en.form.submit);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: en.form.add })).toBeNull());
    expect(calls.findLast(({ method }) => method === 'POST')?.body).toEqual({ name: 'Buyers', description: '', permissions: ['suppliers.read'] });
  });

  it('is duplicated with what of it I may give', async () => {
    const { calls } = open({ 'POST /api/v1/admin/roles': () => ok(make('r-copy', 'Tenant admin (copy)', ['audit.read']), 201) }, { mine: ['roles.read', 'roles.write', 'audit.read'] });
    await choose('Tenant admin', en.menu.duplicate);
    press(en.form.submit);
    await waitFor(() => expect(calls.findLast(({ method }) => method === 'POST')?.body).toMatchObject({ name: 'Tenant admin (copy)', permissions: ['roles.read', 'roles.write', 'audit.read'] }));
  });

  it('is renamed without touching what it grants, and keeps what was typed when somebody was faster', async () => {
    let stale = true;
    const { calls, now } = open({
      'PATCH /api/v1/admin/roles/r-auditor': () => {
        now.own = [{ ...auditor, description: 'Reads the audit', version: 2 }];
        return stale ? refused(412, '3005', { version: 2 }) : ok(now.own[0]);
      },
    });
    await choose('Auditor', en.menu.edit);
    type(en.form.name, 'Reader');
    press(en.form.save);
    await screen.findByText(en.form.stale);
    expect((await screen.findByText('Reads the audit', { selector: 'ins' })).parentElement?.textContent).toBe('Reads along → Reads the audit');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: en.form.name }).value).toBe('Reader');
    stale = false;
    press(en.form.save);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = calls.filter(({ method }) => method === 'PATCH');
    expect(sent.map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([['"1"', { name: 'Reader' }], ['"2"', { name: 'Reader' }]]);
  });

  it('is deleted by its name typed; while somebody holds it, it says who and leads there', async () => {
    const { calls } = open({
      'DELETE /api/v1/admin/roles/r-auditor': () => refused(409, '3006', { reason: 'role_in_use', users_count: 7 }),
      'GET /api/v1/admin/users': () => people(['Ada', 'Ben'], 7),
    });
    await choose('Auditor', en.menu.remove);
    const dialog = await screen.findByRole('alertdialog', { name: 'Delete Auditor?' });
    await within(dialog).findByText('Ada · Ada@example.com');
    expect(within(dialog).getByText('and 5 more')).toBeTruthy();
    expect(within(dialog).getByRole('link', { name: en.remove.show }).getAttribute('href')).toBe('/users?role=r-auditor');
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Auditor' } });
    press(en.remove.submit);
    await within(dialog).findByText('Not deleted: 7 people hold it, disabled ones counted.');
    expect(calls.find(({ path }) => path.includes('/admin/users'))?.path).toContain('role=r-auditor');
  });
});
