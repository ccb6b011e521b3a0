import { vi } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createTenancy, type Tenancy } from '../src/db/tenancy.ts';
import { newId } from '../src/crypto/digest.ts';
import { createTestDatabase } from './postgres.ts';

export interface StatementScene {
  tenancy: Tenancy;
  tenant_id: string;
  user_id: string;
  /** The SQL that `work` sends, without what begins and ends transactions; one statement a paragraph. */
  sqlOf(work: () => Promise<unknown>): Promise<string>;
  close(): Promise<void>;
}

/** A database with one tenant and one person, over connections that remember what was asked. */
export async function createStatementScene(): Promise<StatementScene> {
  const test = await createTestDatabase();
  const database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  const spies: { mock: { calls: unknown[][] } }[] = [];
  database.pool.on('connect', (client) => spies.push(vi.spyOn(client, 'query')));
  const tenancy = createTenancy(database);
  const take = () => spies.flatMap(({ mock }) => mock.calls.splice(0)).map(([text]) => String(text)).filter((text) => !/^(begin|commit|rollback)/.test(text));
  const [tenant_id, user_id] = [newId(), newId()];
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: 't-t', locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values({ tenant_id, id: user_id, email: 'u@example.com', name: 'U', roles: ['tenant_admin'], locale: 'en-US' }).execute());
  return {
    ...{ tenancy, tenant_id, user_id },
    async sqlOf(work) {
      take();
      await work();
      return take().join('\n\n');
    },
    async close() {
      await database.close();
      await test.drop();
    },
  };
}
