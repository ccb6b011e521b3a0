import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { call } from '../api/client.ts';
import { ok, person, refused, serve } from '../api/test-server.ts';
import { rememberPerson, useSession } from '../session/session-store.ts';
import { noteToken } from '../session/tabs.ts';
import { createQueryClient } from './query-client.ts';

beforeEach(() => {
  noteToken(600);
  // The helper builds a whole Me; its literal types are wider than the contract's.
  rememberPerson(person(['audit.read', 'users.write']) as Me);
});
afterEach(() => vi.unstubAllGlobals());

const read = () => createQueryClient().fetchQuery({ queryKey: ['users'], queryFn: () => call('users.list'), retry: false });
const mine = () => useSession.getState().me?.permissions;

it('asks again what I may do once something is refused for want of a permission', async () => {
  const calls = serve({ 'GET /api/v1/admin/users': () => refused(403, '2004'), 'GET /api/v1/auth/me': () => ok(person(['users.write'])) });
  await expect(read()).rejects.toThrow('refused 2004');
  await vi.waitFor(() => expect(mine()).toEqual(['users.write']));
  expect(calls.filter(({ path }) => path === '/api/v1/auth/me')).toHaveLength(1);
});

it('asks nothing where only what was asked for goes beyond me, or where the refusal is another', async () => {
  const calls = serve({ 'GET /api/v1/admin/users': () => refused(403, '2004', { reason: 'beyond_own_permissions' }) });
  await expect(read()).rejects.toThrow('refused 2004');
  serve({ 'GET /api/v1/admin/users': () => refused(404, '3001') });
  await expect(read()).rejects.toThrow('refused 3001');
  expect(calls).toHaveLength(1);
  expect(mine()).toEqual(['audit.read', 'users.write']);
});
