import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { issuedLink, linkDelivery, openInvitation } from './letters.ts';
import { permissions, systemRoles } from './permission.ts';
import { oneTimeLink } from './tenants.ts';
import { email, label, locale } from './text.ts';

export const userStatuses = ['invited', 'active', 'disabled'] as const;

export const user = z
  .strictObject({
    id,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(systemRoles)),
    custom_roles: z.array(z.strictObject({ id, name: z.string() })).describe('The tenant’s own roles'),
    status: z.enum(userStatuses),
    invitation: openInvitation.nullable().describe('Of somebody who is invited: their newest link, expired or not; null for everybody else, and where a change of their roles ended it'),
    has_second_factor: z.boolean(),
    locale,
    last_seen_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

/** One person, with what is counted for one alone. */
export const userDetail = user
  .extend({
    sessions_count: z.int(),
    second_factors: z.strictObject({ totp: z.boolean(), passkeys_count: z.int(), recovery_codes_left: z.int(), demanded: z.boolean() }),
    single_sign_on: z.strictObject({ linked_at: instant, last_used_at: instant }).nullable().describe('Since when the tenant’s identity provider knows them, and when it last signed them in'),
    link: issuedLink.nullable().describe('The newest link that an admin made and nobody has used, expired or not'),
  })
  .meta({ id: 'UserDetail' });
export type UserDetail = z.infer<typeof userDetail>;

const isSet = (list: string[]) => new Set(list).size === list.length;
export const grantedRoles = z.array(z.enum(systemRoles)).max(systemRoles.length).refine(isSet, { message: 'each role once' }).describe('Empty only beside a role of the tenant’s own');
export const grantedCustomRoles = z.array(id).max(20).refine(isSet, { message: 'each role once' });
const createBody = z.strictObject({ email, name: label(80), roles: grantedRoles.default(['end_user']), custom_role_ids: grantedCustomRoles.default([]), locale: locale.optional() });
export type CreateUserInput = z.infer<typeof createBody>;
const updateBody = z.strictObject({ name: label(80).optional(), roles: grantedRoles.optional(), custom_role_ids: grantedCustomRoles.optional(), status: z.enum(['active', 'disabled']).optional() });
export type UpdateUserInput = z.infer<typeof updateBody>;

/** `expired`: invited, and without a link that still opens the account. */
export const userFilterStatuses = [...userStatuses, 'expired'] as const;
export const usersQuery = listQuery(['created_at', 'name', 'email', 'last_seen_at'], {
  status: z.enum(userFilterStatuses).optional().describe('expired: those of the invited whose invitation has ended'),
  role: z.union([z.enum(systemRoles), id]).optional(),
  permission: z.enum(permissions).optional().describe('Who has it, by whichever role'),
  second_factor: z.enum(['enrolled', 'none']).optional(),
});
export type UsersQuery = z.infer<typeof usersQuery>;
const params = z.strictObject({ id });

export const userEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/users',
    summary: 'The tenant’s people',
    query: usersQuery,
    data: page(user),
    permission: 'users.read',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users',
    summary: 'Add a person; the answer holds a one-time link to choose a password',
    body: createBody,
    data: z.strictObject({ user, invitation: oneTimeLink, delivery: linkDelivery }),
    status: 201,
    errors: ['USER_ALREADY_EXISTS', 'QUOTA_EXCEEDED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    audit: 'users.created',
    replayable: false,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/users/{id}',
    summary: 'One person',
    params,
    data: userDetail,
    errors: ['USER_NOT_FOUND'],
    permission: 'users.read',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/admin/users/{id}',
    summary: 'Rename a person, change roles, disable or enable',
    params,
    body: updateBody,
    data: user,
    errors: ['USER_NOT_FOUND', 'RESOURCE_CONFLICT', 'QUOTA_EXCEEDED', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    audit: 'users.updated',
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users/{id}/reset-password',
    summary: 'A new one-time link to choose a password; older links and every session end',
    params,
    data: z.strictObject({ invitation: oneTimeLink, delivery: linkDelivery }),
    status: 201,
    errors: ['USER_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    audit: 'users.password_reset_issued',
    replayable: false,
  }),
  endSessions: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/users/{id}/sessions',
    summary: 'Sign a person out everywhere',
    params,
    status: 204,
    errors: ['USER_NOT_FOUND', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    audit: 'users.sessions_ended',
  }),
  resetSecondFactors: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/users/{id}/second-factors',
    summary: 'Remove all second factors of a person who lost them, with a reason that the audit keeps; every session of theirs ends',
    params,
    query: z.strictObject({ reason: label(200) }),
    status: 204,
    errors: ['USER_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    carriers: 'session',
    audit: 'users.second_factors_reset',
  }),
};
