import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, Role } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { ApiFailure } from '../../api/client.ts';
import { roleList } from '../../app/access/role-list.ts';
import { person } from '../../api/test-server.ts';
import { startTestTexts } from '../../app/i18n/start-test-texts.ts';
import { createQueryClient } from '../../app/query-client.ts';
import { rememberPerson } from '../../session/session-store.ts';
import en from './texts/en-US.ts';
import { UserForm } from './user-form.tsx';

const admin = listPermissions(['tenant_admin']);
const refused = (code: ApiFailure['code'], details?: Record<string, unknown>) => new ApiFailure({ code, status: 409, message: 'The server says no', details });
const onSubmit = vi.fn();
const own = (id: string, name: string, permissions: Role['permissions']): Role => ({ id, name, description: `${name} line`, is_system: false, permissions, users_count: 0, created_at: null, updated_at: null, version: 1 });
const client = createQueryClient();
const form = (failure: Error | null) => (
  <QueryClientProvider client={client}><UserForm user={null} pending={false} failure={failure} onSubmit={onSubmit} onCancel={() => undefined} /></QueryClientProvider>
);
const type = (label: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } });
const send = () => fireEvent.click(screen.getByRole('button', { name: en.form.submit }));

beforeEach(async () => {
  await startTestTexts('en-US', 'users', 'access');
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(admin) as Me);
  client.setQueryData(roleList().queryKey, { items: [own('r-auditor', 'Auditor', ['audit.read']), own('r-wide', 'Wide', ['tenants.read'])] });
});
afterEach(() => {
  cleanup();
  onSubmit.mockReset();
});

describe('the form of a person', () => {
  it('says what is missing only once a field was left or sent', () => {
    render(form(null));
    expect(screen.queryByText(en.issue.name_required)).toBeNull();
    fireEvent.blur(screen.getByRole('textbox', { name: en.form.name }));
    expect(screen.getByText(en.issue.name_required)).toBeTruthy();
    expect(screen.queryByText(en.issue.email_required)).toBeNull();
    send();
    expect(screen.getByText(en.issue.email_required)).toBeTruthy();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('loses no press of the button to the line that leaving a field would write above it', () => {
    render(form(null));
    expect(fireEvent.mouseDown(screen.getByRole('button', { name: en.form.submit }))).toBe(false);
  });

  it('offers no role beyond my own', () => {
    render(form(null));
    expect(screen.getByRole('checkbox', { name: /Tenant admin/ })).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: /Operator/ })).toBeNull();
  });

  it('offers the tenant’s own roles beside the system’s, and no member need be one', () => {
    render(form(null));
    type(en.form.name, 'Maria');
    type(en.form.email, 'maria@example.com');
    expect(screen.queryByRole('checkbox', { name: /Wide/ })).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: /Member/ }));
    send();
    expect(screen.getByText(en.issue.roles_required)).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Auditor Auditor line' }));
    send();
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ name: 'Maria', email: 'maria@example.com', roles: [], custom_role_ids: ['r-auditor'], locale: 'en-US' });
  });

  it('keeps what was typed when the server says no, puts its word at the field, and takes it away when the field changes', () => {
    const { rerender } = render(form(null));
    type(en.form.name, 'Maria');
    type(en.form.email, 'maria@example.com');
    send();
    expect(onSubmit).toHaveBeenCalledWith({ name: 'Maria', email: 'maria@example.com', roles: ['end_user'], custom_role_ids: [], locale: 'en-US' });
    rerender(form(refused('3002')));
    const email = screen.getByRole<HTMLInputElement>('textbox', { name: en.form.email });
    expect(email.value).toBe('maria@example.com');
    expect(email.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(email.getAttribute('aria-describedby') ?? '')?.textContent).toBe(en.issue.email_taken);
    type(en.form.email, 'maria@example.org');
    expect(email.getAttribute('aria-invalid')).toBeNull();
  });

  it('says at the roles that the last admin can’t go', () => {
    const { rerender } = render(form(null));
    type(en.form.name, 'Maria');
    type(en.form.email, 'maria@example.com');
    send();
    rerender(form(refused('3006', { reason: 'last_admin' })));
    const roles = screen.getByRole('group', { name: en.form.roles });
    expect(document.getElementById(roles.getAttribute('aria-describedby') ?? '')?.textContent).toBe(en.issue.last_admin);
  });

  it('shows over the form what belongs to no field', () => {
    render(form(refused('5003')));
    expect(screen.getByText('The server says no')).toBeTruthy();
  });
});
