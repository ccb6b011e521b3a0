import { describe, expect, it } from 'vitest';
import type { Role, User } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types/permission';
import { draftOf, judgeDraft, startDraft, toCreateBody, toUpdateBody } from './draft.ts';
import { canGrant, isBeyond } from './grants.ts';

const maria: User = {
  id: '0198c0de-0000-7000-8000-0000000000a1',
  email: 'maria@example.com',
  name: 'Maria',
  custom_roles: [],
  roles: ['end_user', 'tenant_admin'],
  status: 'active', invitation: null,
  locale: 'en-US',
  has_second_factor: false,
  last_seen_at: null,
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
  version: 2,
};

describe('a new person', () => {
  it('needs a name, an e-mail and a role', () => {
    expect(judgeDraft({ ...startDraft('zh-CN'), roles: [] })).toEqual({ name: 'name_required', email: 'email_required', roles: 'roles_required' });
    expect(judgeDraft({ ...startDraft('zh-CN'), name: 'M', email: 'maria@example' }).email).toBe('email_invalid');
    expect(judgeDraft({ ...startDraft('zh-CN'), name: '陈', email: ' chen@example.com ' })).toEqual({});
  });

  it('may hold nothing but a role of the tenant’s own', () => {
    expect(judgeDraft({ ...startDraft('en-US'), name: 'M', email: 'm@example.com', roles: [], custom_role_ids: ['r1'] })).toEqual({});
  });

  it('is a member unless said otherwise', () => {
    expect(toCreateBody({ ...startDraft('en-US'), name: ' Maria ', email: ' maria@example.com ' })).toEqual({ name: 'Maria', email: 'maria@example.com', roles: ['end_user'], custom_role_ids: [], locale: 'en-US' });
  });
});

describe('a change of a person', () => {
  it('sends only what differs: the same roles in another order would end sessions for nothing', () => {
    expect(toUpdateBody({ ...draftOf(maria), roles: ['tenant_admin', 'end_user'] }, maria)).toEqual({});
    expect(toUpdateBody({ ...draftOf(maria), name: ' Maria G. ' }, maria)).toEqual({ name: 'Maria G.' });
    expect(toUpdateBody({ ...draftOf(maria), roles: ['end_user'] }, maria)).toEqual({ roles: ['end_user'] });
    const auditor = { ...maria, custom_roles: [{ id: 'r1', name: 'Auditor' }] };
    expect(toUpdateBody(draftOf(auditor), auditor)).toEqual({});
    expect(toUpdateBody({ ...draftOf(auditor), custom_role_ids: [] }, auditor)).toEqual({ custom_role_ids: [] });
  });
});

describe('grants', () => {
  const admin = listPermissions(['tenant_admin']);
  it('go no further than one’s own', () => {
    expect(canGrant('tenant_admin', admin)).toBe(true);
    expect(canGrant('super_admin', admin)).toBe(false);
    expect(canGrant('tenant_admin', admin.filter((permission) => permission !== 'settings.write'))).toBe(false);
  });

  it('leave alone whoever may do more', () => {
    expect(isBeyond(maria, admin)).toBe(false);
    expect(isBeyond({ ...maria, roles: ['super_admin', 'end_user'] }, admin)).toBe(true);
    const wide: Role = { id: 'r1', name: 'Wide', description: '', is_system: false, permissions: ['suppliers.write'], users_count: 1, created_at: null, updated_at: null, version: 1 };
    const holder = { ...maria, roles: [], custom_roles: [{ id: 'r1', name: 'Wide' }] };
    expect(isBeyond(holder, admin, [wide])).toBe(false);
    expect(isBeyond(holder, ['users.write'], [wide])).toBe(true);
  });
});
