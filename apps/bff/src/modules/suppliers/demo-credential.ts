import { newId } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { demoBaseUrl, demoModels } from '../../providers/demo.ts';
import { insertCredential } from './repository.ts';

/** The demo supplier of a new tenant, in the transaction that makes the tenant: on, without a key, until an admin turns it off; how it does nobody has seen yet. */
export async function insertDemoCredential(db: TenantDb): Promise<void> {
  await insertCredential(db, {
    id: newId(),
    provider: 'demo',
    name: 'Lyss Demo',
    base_url: demoBaseUrl,
    models: [...demoModels],
    enabled: true,
    key: null,
    status: 'untested',
    last_test: null,
  });
}
