import { expect, it } from 'vitest';
import { mapRoles } from './map-roles.ts';

const rules = [
  { value: 'admins', role: 'tenant_admin' },
  { value: 'staff', role: 'end_user' },
  { value: 'heads', role: 'tenant_admin' },
  { value: null, role: 'end_user' },
];

it('gives and takes the roles that rules name, each time', () => {
  expect(mapRoles([], rules, ['admins', 'staff'])).toEqual({ roles: ['tenant_admin', 'end_user'], matched: ['admins', 'staff'] });
  expect(mapRoles(['tenant_admin', 'end_user'], rules, ['staff'])).toEqual({ roles: ['end_user'], matched: ['staff'] });
  expect(mapRoles(['end_user'], rules, ['heads'])).toEqual({ roles: ['tenant_admin'], matched: ['heads'] });
});

it('leaves roles alone that no rule names', () => {
  expect(mapRoles(['auditor', 'end_user'], rules, []).roles).toEqual(['auditor']);
  expect(mapRoles(['auditor'], [], ['admins']).roles).toEqual(['auditor']);
});

it('falls back to the default role for whoever would have none, and to nothing without one', () => {
  expect(mapRoles(['tenant_admin'], rules, ['others'])).toEqual({ roles: ['end_user'], matched: [] });
  expect(mapRoles([], rules.slice(0, 1), ['others'])).toEqual({ roles: [], matched: [] });
});
