import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiError, apiResponse, contract, errorTable, listEndpoints, listPermissions, page, permissions, rolePermissions, systemRoles } from './index.ts';
import { routes } from './routes.gen.ts';

const endpoints = listEndpoints();

describe('every endpoint', () => {
  it.each(endpoints)('%s is written as the house writes them', (_id, { method, path, params, status, permission, effect, summary, errors, body_limit, data }) => {
    expect(path).toMatch(/^\/api\/v1(\/[a-z-]+|\/\{[a-z_]+\})+(?:\.csv)?$/);
    expect(summary).toMatch(/^\S.+[^.]$/);
    expect([...permissions, 'public', 'signed-in']).toContain(permission);
    // No state changes on GET (security.md).
    expect(effect).toBe(method === 'GET' ? 'read' : 'write');
    // Whoever has not signed in makes us read no more than that.
    expect(body_limit).toBeLessThanOrEqual(permission === 'public' && effect === 'write' ? 16 * 1024 : 8 * 1024 * 1024);
    for (const name of errors) expect(errorTable).toHaveProperty(name);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    expect(params instanceof z.ZodObject ? Object.keys(params.shape) : []).toEqual(named);
    if (status === 204) expect(data.safeParse({}).success).toBe(true);
  });

  it.each(endpoints)('%s refuses what it does not know, in params, query and body', (_id, { params, query, body }) => {
    for (const schema of [params, query, body]) {
      const { error } = schema.safeParse({ no_such_field: 1 });
      const codes = JSON.stringify(error?.issues ?? []);
      // A union tells of it inside its branches, or that none of them was meant.
      expect(codes).toMatch(/unrecognized_keys|invalid_union/);
    }
  });

  it('stands in the browser’s table as it is', () => {
    expect(routes).toEqual(Object.fromEntries(endpoints.map(([id, { method, path }]) => [id, [method, path]])));
  });

  it('is listed once for each verb of each noun', () => {
    expect(endpoints).toHaveLength(Object.values(contract).reduce((sum, verbs) => sum + Object.keys(verbs).length, 0));
  });

  it.each(endpoints.filter(([, { method }]) => method === 'POST'))('%s is replayable unless it shows a secret once or signs in', (id, { replayable }) => {
    const shownOnce = ['setup.complete', 'auth.login', 'auth.token', 'auth.refresh', 'auth.acceptInvitation', 'secondFactors.proofOptions', 'secondFactors.prove', 'secondFactors.startTotp', 'secondFactors.confirmTotp', 'secondFactors.replaceRecoveryCodes', 'secondFactors.passkeyOptions', 'secondFactors.createPasskey', 'secondStep.complete', 'secondStep.passkeyOptions', 'secondStep.passkey', 'tenants.create', 'users.create', 'users.resetPassword', 'invitations.create', 'invitations.resend', 'suppliers.test', 'apiKeys.create', 'apiKeys.rotate', 'sso.startTest', 'sso.finishTest', 'sso.start', 'sso.finish'];
    expect(replayable).toBe(!shownOnce.includes(id));
  });
});

describe('API keys', () => {
  it('are refused by whatever says who somebody is, by every change of keys and of who signs people in, and by what brings an archive in', () => {
    for (const [id, { permission, carriers, method }] of endpoints) {
      const isOfKeys = permission.startsWith('api_keys.') && method !== 'GET';
      const isOfSignIn = id.startsWith('sso.') && permission !== 'public' && method !== 'GET';
      const isOfPerson = (permission === 'signed-in' && id !== 'auth.me') || id === 'users.resetSecondFactors';
      // An archive brings people, roles and settings: more than a key's own scope says.
      const isOfImports = permission === 'tenant.import' && method !== 'GET';
      expect([id, carriers]).toEqual([id, isOfKeys || isOfPerson || isOfSignIn || isOfImports || permission === 'users.look' ? 'session' : 'any']);
    }
  });
});

describe('a look into another person’s data', () => {
  it('is taken by reads below its own path alone, and nothing else there writes but its end', () => {
    const taking = endpoints.filter(([, { path, permission }]) => path.startsWith('/api/v1/looks/') || permission === 'users.look');
    expect(taking.filter(([, { effect }]) => effect === 'write').map(([id]) => id)).toEqual(['looks.start', 'looks.end']);
    for (const [id, { audit, path }] of taking) if (id !== 'looks.read') expect([audit?.split('.')[0], path.startsWith(id === 'looks.start' ? '/api/v1/admin/users/{id}/looks' : '/api/v1/looks/{id}')], id).toEqual(['looks', true]);
  });
});

describe('permissions', () => {
  // OpenAI's paths are no endpoints of this contract; the gateway asks for it.
  const asked_elsewhere = ['gateway.use'];
  it('are each held by a role and asked for by an endpoint', () => {
    for (const permission of permissions) {
      expect(systemRoles.some((role) => rolePermissions[role].includes(permission)), permission).toBe(true);
      expect(asked_elsewhere.includes(permission) || endpoints.some(([, endpoint]) => endpoint.permission === permission), permission).toBe(true);
    }
  });

  it('of several roles are their union, each once, in the registry’s order', () => {
    expect(listPermissions([])).toEqual([]);
    expect(listPermissions(['end_user', 'tenant_admin', 'end_user'])).toEqual(rolePermissions.tenant_admin);
    expect(listPermissions(['tenant_admin', 'super_admin'])).toEqual([...permissions]);
    expect(listPermissions(['end_user'], ['audit.read'])).toEqual(['gateway.use', 'audit.read', 'chat.use', 'api_keys.use']);
  });

  it('let the operator manage tenants and read nothing inside them', () => {
    expect(rolePermissions.super_admin).toEqual(['tenants.read', 'tenants.write', 'platform_audit.read']);
    for (const role of ['tenant_admin', 'end_user'] as const) expect(rolePermissions[role].some((permission) => permission.startsWith('tenants.'))).toBe(false);
  });
});

describe('envelopes', () => {
  const around = { request_id: 'r', timestamp: '2026-01-01T00:00:00.000Z' };

  it('hold data that was declared, and nothing else of it', () => {
    const schema = apiResponse(page(z.strictObject({ id: z.string() })));
    const pagination = { page_size: 1, next_cursor: null, has_next: false };
    expect(schema.safeParse({ success: true, data: { items: [{ id: 'a' }], pagination }, ...around }).success).toBe(true);
    expect(schema.safeParse({ success: true, data: { items: [{ id: 'a', secret: 1 }], pagination }, ...around }).success).toBe(false);
    expect(schema.safeParse({ success: false, data: { items: [], pagination }, ...around }).success).toBe(false);
  });

  it('of failures know the table’s codes alone, and times in UTC with milliseconds', () => {
    const failure = (code: string, timestamp = around.timestamp) => apiError.safeParse({ success: false, error: { code, message: 'x' }, request_id: 'r', timestamp }).success;
    expect(failure('3005')).toBe(true);
    for (const code of ['9999', '', '200']) expect(failure(code)).toBe(false);
    for (const time of ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+01:00', '2026-01-01']) expect(failure('3005', time)).toBe(false);
  });
});
