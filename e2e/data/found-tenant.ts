import type { APIRequest, APIRequestContext } from '@playwright/test';
import type { BodyOf, Locale } from '@lyss/api-types';
import { Api } from '../api.ts';
import { enrolPasskey } from './passkey.ts';
import { enrol } from './second-factor.ts';
import { newPerson, newTenant, type Person, type TestTenant } from './people.ts';

/** A person with cookies of their own, which one browser context takes over. */
export interface SignedInPerson extends Person {
  request: APIRequestContext;
}

const readToken = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

/** Makes a tenant as the operator; its admin accepts the invitation and is signed in in a request context of their own. */
export async function foundTenant(operator: Api, requests: APIRequest, url: string, locale: Locale): Promise<{ tenant: TestTenant; admin: SignedInPerson }> {
  const wanted = newTenant(locale);
  const { name, email, password } = wanted.admin;
  const { tenant, invitation } = await operator.call('tenants.create', {
    body: { name: wanted.name, workspace: wanted.workspace, locale, time_zone: 'Asia/Shanghai', admin: { name, email } },
  });
  const request = await requests.newContext();
  await new Api(request, url).call('auth.acceptInvitation', { params: { token: readToken(invitation.url) }, body: { password, locale } });
  return { tenant: { ...wanted, id: tenant.id }, admin: { ...wanted.admin, request } };
}

/** Adds a person as `admin` and lets them accept, ready to be taken into a browser. */
export async function addPerson(admin: Api, requests: APIRequest, url: string, roles: BodyOf<'users.create'>['roles'], locale: Locale, { enrolled = roles?.includes('super_admin') === true } = {}): Promise<SignedInPerson & { id: string }> {
  const person = newPerson('Max Member');
  const { user, invitation } = await admin.call('users.create', { body: { name: person.name, email: person.email, roles, locale } });
  const request = await requests.newContext();
  const api = new Api(request, url);
  await api.call('auth.acceptInvitation', { params: { token: readToken(invitation.url) }, body: { password: person.password, locale } });
  // An operator manages the platform with a second factor alone.
  if (enrolled) await enrolPasskey(api, new URL(url).origin);
  return { ...person, id: user.id, request };
}

/** Lets a tenant demand a second factor of everybody, and adds a person who has none. */
export async function holdPerson(admin: Api, requests: APIRequest, url: string, locale: Locale): Promise<SignedInPerson & { id: string }> {
  await enrol(admin);
  const { version } = await admin.call('tenants.readOwn');
  await admin.call('tenants.updateOwn', { if_match: version, body: { require_second_factor: 'everyone' } });
  return addPerson(admin, requests, url, ['end_user'], locale);
}
