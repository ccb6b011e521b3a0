import { readFileSync } from 'node:fs';
import { listEndpoints, permissions, systemRoles, tenantPermissions, type Endpoint, type Permission } from '@lyss/api-types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../app.ts';
import { createForger } from './forge-tokens.ts';
import { addPerson, makeRole } from './people.ts';
import { askers, foretell, writeTable, type Asker, type Askers } from './permission-table.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

/** What each asker carries; null for nothing. */
type Tokens = Map<Asker, string | null>;

async function makeKey(scopes: readonly Permission[]): Promise<{ id: string; key: string }> {
  return (await app.call('POST', '/api/v1/api-keys', { as: app.owner, body: { name: crypto.randomUUID(), scopes } })).body.data;
}

async function makeSingle(name: string): Promise<string | null> {
  const role = systemRoles.find((known) => known === name);
  if (role) return (await app.signInAs(role)).access_token;
  const ended = Math.floor(Date.now() / 1_000) - 60;
  const makers: Record<string, () => Promise<string | null>> = {
    anonymous: async () => null,
    expired: async () => (await createForger(app, app.owner)).sign({ claims: { iat: ended - 600, exp: ended } }),
    async disabled() {
      const person = await app.signInAs('tenant_admin');
      await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { status: 'disabled' } });
      return person.access_token;
    },
    async 'signed out'() {
      const person = await app.signInAs('tenant_admin');
      await app.call('POST', '/api/v1/auth/logout', { as: person });
      return person.access_token;
    },
    async 'revoked key'() {
      const { id, key } = await makeKey(permissions);
      await app.call('DELETE', `/api/v1/api-keys/${id}`, { as: app.owner });
      return key;
    },
  };
  const make = makers[name];
  if (!make) throw new Error(`who is ${name}?`);
  return make();
}

async function makeTokens({ single, one_permission, key }: Askers): Promise<Tokens> {
  const tokens: Tokens = new Map();
  for (const asker of single) tokens.set(asker, await makeSingle(asker.name));
  for (const [at, asker] of one_permission.entries()) {
    const custom_role_ids = [await makeRole(app, app.owner, tenantPermissions.slice(at, at + 1))];
    tokens.set(asker, (await addPerson(app, app.owner, { custom_role_ids })).access_token);
  }
  for (const [at, asker] of key.entries()) tokens.set(asker, (await makeKey(permissions.slice(at, at + 1))).key);
  return tokens;
}

/** `in` where the gate opened, else the refusal's code. Nothing that is asked can be done: path and body are nonsense. */
async function ask({ method, path }: Endpoint, token: string | null): Promise<string> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const { status, body } = await app.call(method, path.replace(/\{\w+\}/g, 'nothing'), { headers, ...(method === 'GET' ? {} : { body: '{ not json' }) });
  return status === 401 || status === 403 ? String(body.error.code) : 'in';
}

it('the gate of every endpoint opens for whom the committed table says, and for nobody else', async () => {
  const tokens = await makeTokens(askers);
  const answers = new Map<string, string>();
  const untold: string[] = [];
  for (const [id, endpoint] of listEndpoints()) {
    for (const [asker, token] of tokens) {
      const answer = await ask(endpoint, token);
      answers.set(`${id} ${asker.name} ${asker.is_key}`, answer);
      if (answer !== foretell(endpoint, asker)) untold.push(`${id}: ${asker.is_key ? 'a key for ' : ''}${asker.name} gets ${answer}, not ${foretell(endpoint, asker)}`);
    }
  }
  expect(untold, 'the app does what the contract does not say').toEqual([]);
  expect(answers.size).toBeGreaterThanOrEqual(2_000);
  const found = writeTable((id, _endpoint, asker) => answers.get(`${id} ${asker.name} ${asker.is_key}`) ?? 'not asked');
  expect(found, 'run `npm run generate -w @lyss/bff`, and read what it changes').toBe(readFileSync(new URL('permission-matrix.txt', import.meta.url), 'utf8'));
}, 120_000);
