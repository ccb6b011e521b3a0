import type { Pool } from 'pg';
import { test, vi } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createTenancy, type PlatformDb, type Tenancy, type TenantDb } from '../src/db/tenancy.ts';
import { newId } from '../src/crypto/digest.ts';
import { createTestDatabase } from './postgres.ts';

export interface StatementScene {
  tenancy: Tenancy;
  tenant_id: string;
  user_id: string;
  /** The SQL that `work` sends, without what begins and ends transactions; one statement a paragraph. */
  sqlOf(work: () => Promise<unknown>): Promise<string>;
}

/** What is sent over a pool's connections from now on: each call answers what came since the last one, without what begins and ends transactions. */
export function rememberStatements(pool: Pool): () => string[] {
  const spies: { mock: { calls: unknown[][] } }[] = [];
  pool.on('connect', (client) => spies.push(vi.spyOn(client, 'query')));
  return () => spies.flatMap(({ mock }) => mock.calls.splice(0)).map(([text]) => String(text)).filter((text) => !/^(begin|commit|rollback)/.test(text));
}

async function createScene() {
  const database_of_file = await createTestDatabase();
  const database = openDatabase({ app_url: database_of_file.app_url, max: 2, onError: () => undefined });
  const take = rememberStatements(database.pool);
  const tenancy = createTenancy(database);
  const [tenant_id, user_id] = [newId(), newId()];
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: 't-t', locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values({ tenant_id, id: user_id, email: 'u@example.com', name: 'U', roles: ['tenant_admin'], locale: 'en-US' }).execute());
  async function sqlOf(work: () => Promise<unknown>): Promise<string> {
    take();
    await work();
    return take().join('\n\n');
  }
  async function close() {
    await database.close();
    await database_of_file.drop();
  }
  return { tenancy, tenant_id, user_id, sqlOf, close };
}

interface StatementFixtures {
  /** A database with one tenant and one person, over connections that remember what was asked; one for a file. */
  scene: StatementScene;
  /** The SQL that `work` sends behind the tenant's wall. */
  inTenant(work: (db: TenantDb) => Promise<unknown>): Promise<string>;
  onPlatform(work: (db: PlatformDb) => Promise<unknown>): Promise<string>;
}

/** A test of what a repository sends. */
export const it = test.extend<StatementFixtures>({
  scene: [
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads here which fixtures this one needs: none
    async ({}, use) => {
      const { close, ...scene } = await createScene();
      await use(scene);
      await close();
    },
    { scope: 'file' },
  ],
  inTenant: async ({ scene: { sqlOf, tenancy, tenant_id } }, use) => use((work) => sqlOf(() => tenancy.withTenant(tenant_id, work))),
  onPlatform: async ({ scene: { sqlOf, tenancy } }, use) => use((work) => sqlOf(() => tenancy.withPlatform(work))),
});
