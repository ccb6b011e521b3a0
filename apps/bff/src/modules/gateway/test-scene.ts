import OpenAI from 'openai';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { listenOn, type ListeningApp } from '../../../test/socket.ts';
import { newId } from '../../crypto/digest.ts';
import type { Overrides } from '../../context.ts';
import { startSupplier, SUPPLIER_KEY, type TestSupplier } from './test-supplier.ts';

export interface GatewayScene {
  app: TestApp;
  server: ListeningApp;
  supplier: TestSupplier;
  person: TestPerson;
  key: string;
  /** The official client with a key; what it tries again is switched off. */
  openClient(key?: string, more?: object): OpenAI;
  /** An admin of a tenant of their own, whose supplier knows these models, and a key of theirs. */
  addPerson(models: string[], key?: object): Promise<{ person: TestPerson; key: string }>;
  /** A request with nothing between. */
  ask(path: string, init?: RequestInit & { key?: string | null }): Promise<Response>;
  listRecords(person?: TestPerson): Promise<UsageRecord[]>;
  countReservations(person?: TestPerson): Promise<number>;
  addBudget(limit_nano: bigint, person?: TestPerson): Promise<void>;
  readPots(person?: TestPerson): Promise<{ spent_nano: string; reserved_nano: string }[]>;
  close(): Promise<void>;
}
export type UsageRecord = Awaited<ReturnType<typeof readRecords>>[number];

/** A gateway on a real socket, with a supplier behind it whose models answer as a test says. */
export async function createGatewayScene(models: string[], overrides: Overrides = {}): Promise<GatewayScene> {
  const supplier = await startSupplier();
  const app = await createTestApp(overrides, { LYSS_EGRESS_ALLOW: `127.0.0.1:${supplier.port}` });
  const server = await listenOn(app);
  const addPerson = async (names: string[], given: object = {}) => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    // Openai's own names have prices in the catalogue.
    const saved = await app.call('POST', '/api/v1/admin/suppliers', { as: person, body: { provider: 'openai', name: 'Scripted', base_url: `${supplier.url}/v1`, api_key: SUPPLIER_KEY, enabled: true, models: names } });
    if (saved.status !== 201) throw new Error(JSON.stringify(saved.body));
    const made = await app.call('POST', '/api/v1/api-keys', { as: person, body: { name: 'Program', scopes: ['gateway.use'], ...given } });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    return { person, key: String(made.body.data.key) };
  };
  const first = await addPerson(models);
  supplier.asked.length = 0;
  return {
    ...{ app, server, supplier, addPerson },
    ...first,
    openClient: (key = first.key, more = {}) => new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0, ...more }),
    ask: (path, { key = first.key, ...init } = {}) =>
      // What the server answers to a program that is not the official client.
      globalThis.fetch(`${server.url}${path}`, { ...init, headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...(init.body ? { 'content-type': 'application/json' } : {}), ...(init.headers as Record<string, string>) } }),
    listRecords: (person = first.person) => readRecords(app, person),
    countReservations: (person = first.person) => app.context.tenancy.withTenant(person.tenant_id, async (db) => (await db.selectFrom('reservations').select('id').execute()).length),
    addBudget: (limit_nano, person = first.person) =>
      app.context.tenancy.withTenant(person.tenant_id, async (db) => {
        const id = newId();
        await db.insertInto('budgets').values({ tenant_id: db.tenant_id, id, name: id, scope: 'tenant', period: 'month', limit_nano: limit_nano.toString() }).execute();
      }),
    readPots: (person = first.person) => app.context.tenancy.withTenant(person.tenant_id, (db) => db.selectFrom('budget_pots').select(['spent_nano', 'reserved_nano']).execute()),
    async close() {
      await server.close();
      await app.close();
      await supplier.close();
    },
  };
}

function readRecords(app: TestApp, person: TestPerson) {
  return app.context.tenancy.withTenant(person.tenant_id, (db) => db.selectFrom('usage_records').selectAll().orderBy('created_at').orderBy('id').execute());
}
