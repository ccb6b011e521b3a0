import { describe, expect, it } from 'vitest';
import type { Me } from '@lyss/api-types';
import { listPermissions, type SystemRole } from '@lyss/api-types/permission';
import { person } from '../../api/test-server.ts';
import { listGroups, listPlaces } from './places.ts';

const as = (...roles: SystemRole[]) => person(listPermissions(roles)) as Me;
const placesOf = (me: Me) => listPlaces(me).map((place) => place.id);

describe('the sidebar shows what a person may do', () => {
  it('a member: chat, and nothing to govern', () => {
    expect(placesOf(as('end_user'))).toEqual(['overview', 'chat', 'api_keys']);
    expect(listGroups(as('end_user')).map(({ group }) => group)).toEqual(['start', 'build']);
  });
  it('a tenant’s admin: everything of the tenant, nothing of the platform', () => {
    expect(placesOf(as('tenant_admin'))).toEqual(['overview', 'chat', 'api_keys', 'suppliers', 'models', 'users', 'roles', 'budgets', 'usage', 'requests', 'audit', 'settings', 'single_sign_on']);
  });
  it('the operator: tenants, and no chat', () => {
    expect(placesOf(as('super_admin'))).toEqual(['overview', 'tenants', 'sign_in_domains', 'platform_audit']);
  });
  it('whoever governs keys and has none: keys all the same', () => {
    expect(placesOf(person(['api_keys.manage']) as Me)).toEqual(['overview', 'api_keys']);
  });
  it('both roles: everything', () => {
    expect(listGroups(as('super_admin', 'tenant_admin')).map(({ group }) => group)).toEqual(['start', 'build', 'supply', 'govern', 'operate']);
  });
});
