import { vi } from 'vitest';
import { createTestDatabase } from '../../../test/postgres.ts';
import { rememberStatements } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import { generateKeyringText, parseKeyring } from '../../crypto/keyring.ts';
import { createVault } from '../../crypto/vault.ts';
import { createDataKeyStore, insertDataKey } from '../../db/data-key-store.ts';
import { openDatabase } from '../../db/database.ts';
import { createTenancy } from '../../db/tenancy.ts';
import { describeModel } from '../../providers/catalogue.ts';
import { createModelService } from './service.ts';
import type { ServingRow } from './repository.ts';

interface Saved extends Partial<Omit<ServingRow, 'id' | 'sealed_key'>> {
  key?: string;
}

/** A database of its own with the real vault and catalogue, in which credentials are as the supplier module saves them. */
export async function createScene() {
  const test_database = await createTestDatabase();
  const database = openDatabase({ app_url: test_database.app_url, max: 2, onError: () => undefined });
  const takeStatements = rememberStatements(database.pool);
  const tenancy = createTenancy(database);
  const vault = createVault(parseKeyring(generateKeyringText()), createDataKeyStore(tenancy));
  const describe = vi.fn(describeModel);
  const service = createModelService({ tenancy, vault, describeModel: describe });
  return {
    tenancy,
    describe,
    service,
    takeStatements,
    async insertTenant(): Promise<string> {
      const id = newId();
      await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id, name: 'Acme', workspace: `acme-${id.slice(-12)}`, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
      await tenancy.withTenant(id, (db) => insertDataKey(db, vault.newDataKey(id)));
      return id;
    },
    async insertCredential(tenant_id: string, { key, ...given }: Saved = {}): Promise<string> {
      const id = newId();
      const row = { provider: 'openai' as const, base_url: 'https://api.openai.com/v1', models: ['gpt-4.1'], enabled: true, status: 'healthy' as const, ...given };
      const place = { tenant_id, table: 'supplier_credentials', column: 'sealed_key', row_id: id, origin: new URL(row.base_url).origin };
      const sealed_key = key === undefined ? null : await vault.seal(place, key);
      await tenancy.withTenant(tenant_id, (db) => db.insertInto('supplier_credentials').values({ tenant_id, id, name: id, ...row, sealed_key }).execute());
      // As the notice does, which this scene hears nothing of.
      service.forget(tenant_id);
      return id;
    },
    async close() {
      await database.close();
      await test_database.drop();
    },
  };
}
export type Scene = Awaited<ReturnType<typeof createScene>>;
