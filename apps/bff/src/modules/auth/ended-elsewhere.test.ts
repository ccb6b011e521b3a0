import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, ORIGIN, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openEvents } from '../../../test/read-stream.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';

let app: TestApp;
let other: Context;
let second: Pick<TestApp, 'app'>;
beforeAll(async () => {
  app = await createTestApp();
  // This process never looks by its clock: what it feels, it was told.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
  vi.useRealTimers();
  second = { app: createApp(other) };
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await other.close();
  await app.close();
});

const owner = (method: string, path: string, body?: unknown) => app.call(method, path, { as: app.owner, ...(body === undefined ? {} : { body }) });
/** Another device of the same person does it. */
async function elsewhere(person: TestPerson, method: string, path: (ended_id: string) => string, body?: object) {
  const { items } = (await app.call('GET', '/api/v1/auth/sessions', { as: person })).body.data;
  const ended_id = items.find((session: { is_current: boolean }) => session.is_current).id;
  const form = new URLSearchParams({ grant_type: 'password', username: person.email, password: PASSWORD, workspace: person.workspace });
  const { access_token } = (await app.call('POST', '/api/v1/auth/token', { body: form })).body;
  return app.call(method, path(ended_id), { as: { ...person, access_token }, ...(body ? { body } : {}) });
}

const endings: [string, 'own' | 'new', (person: TestPerson) => Promise<{ status: number }>][] = [
  ['signing out', 'own', (person) => app.call('POST', '/api/v1/auth/logout', { as: person })],
  ['being disabled', 'own', (person) => owner('PATCH', `/api/v1/admin/users/${person.user_id}`, { status: 'disabled' })],
  ['another role', 'own', (person) => owner('PATCH', `/api/v1/admin/users/${person.user_id}`, { roles: ['end_user', 'tenant_admin'] })],
  ['a reset of the password', 'own', (person) => owner('POST', `/api/v1/admin/users/${person.user_id}/reset-password`)],
  ['ending the session from another device', 'own', (person) => elsewhere(person, 'DELETE', (id) => `/api/v1/auth/sessions/${id}`)],
  ['ending all others from another device', 'own', (person) => elsewhere(person, 'DELETE', () => '/api/v1/auth/sessions')],
  ['a change of the password on another device', 'own', (person) => elsewhere(person, 'PUT', () => '/api/v1/auth/password', { current_password: PASSWORD, password: 'another-quiet-lake-9' })],
  ['an admin who signs the person out', 'own', (person) => owner('DELETE', `/api/v1/admin/users/${person.user_id}/sessions`)],
  ['a suspended tenant', 'new', (person) => owner('PATCH', `/api/v1/admin/tenants/${person.tenant_id}`, { state: 'suspended' })],
];

describe.each(endings)('%s in one process', (_name, tenant, end) => {
  it('is felt in another at once: by what it had cached just before, and by its open streams', async () => {
    const person = await app.signInAs(tenant === 'new' ? 'tenant_admin' : 'end_user', { tenant });
    const me = async () => (await second.app.request(`${ORIGIN}/api/v1/auth/me`, { headers: { authorization: `Bearer ${person.access_token}` } })).status;
    const id = String((await app.call('POST', '/api/v1/chat/conversations', { as: person, body: {} })).body.data.id);
    const send = { content: 'demo:slow', model: 'lyss-demo' };
    const stream = await openEvents({ ...app, ...second }, person, 'POST', `/api/v1/chat/conversations/${id}/replies`, send);
    expect((await stream.next())?.[0]?.event).toBe('start');
    // Nor does what it has cached grow old.
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await me()).toBe(200);
    expect((await end(person)).status).toBeLessThan(300);
    const closed = (async () => {
      while (await stream.next().catch(() => null));
      return 'closed';
    })();
    await expect.poll(me, { timeout: 5_000, interval: 20 }).toBe(401);
    expect(await closed).toBe('closed');
  });
});
