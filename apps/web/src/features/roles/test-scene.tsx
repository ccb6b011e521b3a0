import { fireEvent, screen } from '@testing-library/react';
import type { Me, Role } from '@lyss/api-types';
import { listPermissions, rolePermissions, systemRoles, type Permission } from '@lyss/api-types/permission';
import { ok, person, serve } from '../../api/test-server.ts';
import { rolesDefaults } from '../../app/search.ts';
import { renderPage } from '../../app/test-page.tsx';
import { rememberPerson } from '../../session/session-store.ts';
import Page from './page.tsx';

const at = '2026-11-01T00:00:00.000Z';
const admin = listPermissions(['tenant_admin']);

export function make(id: string, name: string, granted: Permission[], changes: Partial<Role> = {}): Role {
  return { id, name, description: '', is_system: false, permissions: granted, users_count: 0, created_at: at, updated_at: at, version: 1, ...changes };
}
const system: Role[] = systemRoles.map((id) => make(id, id, [...rolePermissions[id]], { is_system: true, version: null, created_at: null, updated_at: null, users_count: 1 }));
export const auditor = make('r-auditor', 'Auditor', ['users.read', 'audit.read'], { description: 'Reads along' });
export const steward = make('r-steward', 'Steward', ['users.read', 'users.write']);

/** The page of roles before a server that lists these roles, as they are when it is asked. */
export function open(answers: Parameters<typeof serve>[0] = {}, { tab = '', own = [auditor, steward], mine = admin }: { tab?: '' | 'matrix'; own?: Role[]; mine?: readonly Permission[] } = {}) {
  const now = { own };
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(mine) as Me);
  const calls = serve({ 'GET /api/v1/admin/roles': () => ok({ items: [...system, ...now.own] }), ...answers });
  const search = new URLSearchParams(Object.entries({ ...rolesDefaults, tab }).map(([name, value]) => [name, String(value)]));
  const { router } = renderPage(<Page />, { path: `/roles?${search}` });
  return { calls, now, address: () => new URLSearchParams(router.state.location.searchStr), router };
}

export const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
export const cell = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
