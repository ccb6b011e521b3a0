import type { Permission, SystemRole } from '@lyss/api-types';
import { PASSWORD, type Answer, type TestApp, type TestPerson } from '../app.ts';

export const newEmail = () => `proof-${crypto.randomUUID()}@example.com`;

/** Uses the one-time link in an answer that shows one; the password of whoever it is for is PASSWORD afterwards. */
export async function useLink(app: TestApp, { body }: Answer): Promise<void> {
  const token = String(body.data.invitation.url).split('/').at(-1);
  const { status } = await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: PASSWORD } });
  if (status !== 200) await app.call('PUT', `/api/v1/auth/password-reset/${token}`, { body: { password: PASSWORD } });
}

/** A script's session of somebody whose password is PASSWORD; throws where they are not let in. */
export async function signIn<P extends Pick<TestPerson, 'email' | 'workspace'>>(app: TestApp, person: P): Promise<P & { access_token: string; refresh_token: string }> {
  const form = new URLSearchParams({ grant_type: 'password', username: person.email, password: PASSWORD, workspace: person.workspace });
  const { status, body } = await app.call('POST', '/api/v1/auth/token', { body: form });
  if (status !== 200) throw new Error(`${person.email} is not let in: ${JSON.stringify(body)}`);
  return { ...person, access_token: body.access_token, refresh_token: body.refresh_token };
}

export async function makeRole(app: TestApp, admin: TestPerson, permissions: readonly Permission[]): Promise<string> {
  const made = await app.call('POST', '/api/v1/admin/roles', { as: admin, body: { name: crypto.randomUUID(), permissions } });
  if (made.status !== 201) throw new Error(`no role: ${JSON.stringify(made.body)}`);
  return made.body.data.id;
}

/** Somebody new in the admin's tenant, signed in. */
export async function addPerson(app: TestApp, admin: TestPerson, held: { roles?: SystemRole[]; custom_role_ids?: string[] }): Promise<TestPerson> {
  const email = newEmail();
  const made = await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email, name: 'Somebody', roles: [], ...held } });
  if (made.status !== 201) throw new Error(`nobody added: ${JSON.stringify(made.body)}`);
  await useLink(app, made);
  return signIn(app, { email, workspace: admin.workspace, user_id: made.body.data.user.id, tenant_id: admin.tenant_id, access_token: '', refresh_token: '' });
}

/** What a token or key may do now, or null where it is not let in. */
export async function listOwnPermissions(app: TestApp, token: string): Promise<Permission[] | null> {
  const { status, body } = await app.call('GET', '/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } });
  return status === 200 ? body.data.permissions : null;
}
