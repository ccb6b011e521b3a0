import { rolePermissions } from '@lyss/api-types';
import { describe, expect, it } from 'vitest';
import { judgeStanding, type PersonFacts } from './standing.ts';

const judge = (facts: Partial<PersonFacts>) => judgeStanding({ roles: ['end_user'], granted: [], has_second_factor: false, require_second_factor: 'none', ...facts });

describe('somebody without a second factor', () => {
  it('goes on where nobody demands one', () => {
    for (const roles of [['end_user'], ['tenant_admin']] as const) expect(judge({ roles })).toMatchObject({ demanded: false, withheld: 'nothing' });
  });

  it('who operates the platform keeps what they may do in their tenant', () => {
    expect(judge({ roles: ['super_admin', 'tenant_admin'] })).toEqual({ permissions: rolePermissions.tenant_admin, demanded: true, withheld: 'platform' });
  });

  it('may do nothing where the tenant demands one of them', () => {
    const nothing = { permissions: [], demanded: true, withheld: 'everything' };
    expect(judge({ require_second_factor: 'everyone' })).toEqual(nothing);
    expect(judge({ require_second_factor: 'admins' })).toMatchObject({ demanded: false, withheld: 'nothing' });
    expect(judge({ require_second_factor: 'admins', roles: ['tenant_admin'] })).toEqual(nothing);
    expect(judge({ require_second_factor: 'admins', granted: ['audit.read'] })).toEqual(nothing);
    expect(judge({ require_second_factor: 'admins', roles: ['super_admin'] })).toEqual(nothing);
  });
});

it('with one, everybody may do what their roles grant', () => {
  for (const require_second_factor of ['none', 'admins', 'everyone'] as const) {
    expect(judge({ roles: ['super_admin'], has_second_factor: true, require_second_factor })).toEqual({ permissions: rolePermissions.super_admin, demanded: true, withheld: 'nothing' });
  }
});
