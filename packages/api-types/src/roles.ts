import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, version } from './envelope.ts';
import { permissions, systemRoles, tenantPermissions } from './permission.ts';
import { label } from './text.ts';

export const role = z
  .strictObject({
    id: z.union([z.enum(systemRoles), id]).describe('The name of a system role, or the id of one of the tenant’s own'),
    name: z.string().describe('A system role’s is its id; clients translate it'),
    description: z.string(),
    is_system: z.boolean(),
    permissions: z.array(z.enum(permissions)),
    users_count: z.int().describe('People who hold it, disabled ones left out'),
    created_at: instant.nullable(),
    updated_at: instant.nullable(),
    version: version.nullable().describe('Null for system roles, which are fixed'),
  })
  .meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

const granted = z
  .array(z.enum(tenantPermissions))
  .min(1)
  .max(tenantPermissions.length)
  .refine((list) => new Set(list).size === list.length, { message: 'each permission once' });
const description = z.union([z.literal(''), label(200)]);
const createBody = z.strictObject({ name: label(60), description: description.default(''), permissions: granted });
export type CreateRoleInput = z.infer<typeof createBody>;
const updateBody = z.strictObject({ name: label(60).optional(), description: description.optional(), permissions: granted.optional() });
export type UpdateRoleInput = z.infer<typeof updateBody>;

export const effectivePermission = z
  .strictObject({ permission: z.enum(permissions), from: z.array(z.strictObject({ id: role.shape.id, name: z.string() })) })
  .meta({ id: 'EffectivePermission' });
export type EffectivePermission = z.infer<typeof effectivePermission>;

const params = z.strictObject({ id });

export const roleEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/roles',
    summary: 'The three system roles and the tenant’s own, each with what it grants and how many hold it',
    data: z.strictObject({ items: z.array(role) }),
    permission: 'roles.read',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/roles',
    summary: 'Make a role of the tenant’s own, out of permissions that the maker has',
    body: createBody,
    data: role,
    status: 201,
    errors: ['RESOURCE_CONFLICT', 'QUOTA_EXCEEDED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'roles.write',
    audit: 'roles.created',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/admin/roles/{id}',
    summary: 'Rename a role or change what it grants; felt by its people within a second',
    params,
    body: updateBody,
    data: role,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'roles.write',
    audit: 'roles.updated',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/roles/{id}',
    summary: 'Remove a role that nobody holds',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'roles.write',
    audit: 'roles.removed',
  }),
  listEffective: endpoint({
    method: 'GET',
    path: '/api/v1/admin/users/{id}/permissions',
    summary: 'What a person may do, and which of their roles each permission comes from',
    params,
    data: z.strictObject({ items: z.array(effectivePermission) }),
    errors: ['USER_NOT_FOUND'],
    permission: 'users.read',
  }),
};
