import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import * as erasures from './erasures/repository.ts';
import * as repository from './repository.ts';
import * as retention from './retention/repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, onPlatform }) => {
  const { tenancy, tenant_id } = scene;
  const tenant = { id: newId(), name: 'N', workspace: 'n-n', locale: 'en-US' as const, currency: 'USD', time_zone: 'UTC' };
  const sent = [
    await onPlatform((db) => repository.listTenants(db, { page_size: 20, sort_by: 'name', sort_order: 'asc', state: 'active', search: '50%', page: 2 }, new Date(0))),
    await onPlatform((db) => repository.listTenants(db, { page_size: 20, sort_by: 'cost', state: 'active', cursor: Buffer.from(JSON.stringify(['cost', 'desc', '7', tenant_id])).toString('base64url') }, new Date(0))),
    await onPlatform((db) => repository.findTenant(db, tenant_id)),
    await onPlatform((db) => repository.lockTenant(db, tenant_id)),
    await onPlatform((db) => repository.insertTenant(db, tenant)),
    await onPlatform((db) => repository.updateTenant(db, tenant_id, 1, { name: 'M', state: 'suspended', limits: { seats: 5, storage_bytes: null } })),
    await scene.sqlOf(() => repository.listUse(tenancy, [tenant_id])),
    await scene.sqlOf(() => repository.listLastActive(tenancy, [tenant_id])),
    await scene.sqlOf(() => repository.listActivity(tenancy, [tenant_id], new Date(0))),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, repository.findRequestLimit)),
    await scene.sqlOf(() => repository.isSetupDone(tenancy)),
    await scene.sqlOf(() => repository.isSetupTokenUsable(tenancy, Buffer.of(1))),
    await onPlatform((db) => repository.claimSetup(db)),
    await onPlatform((db) => repository.consumeSetupToken(db, Buffer.of(1))),
    await onPlatform((db) => repository.replaceSetupToken(db, Buffer.of(1), new Date())),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, (db) => repository.insertFirstUser(db, { id: newId(), email: 'f@example.com', name: 'F', locale: 'en-US', password_hash: 'x' }))),
  ];
  sent.push(
    await onPlatform((db) => erasures.insertErasure(db, { id: tenant_id, previous_state: 'active', asked_by: null, reason: 'R' }, 7)),
    await onPlatform((db) => erasures.lockErasure(db, tenant_id)),
    await onPlatform((db) => erasures.listDeletions(db, [tenant_id])),
    await scene.sqlOf(() => erasures.holdsLastOperator(tenancy, tenant_id)),
    await onPlatform(erasures.listDue),
    await onPlatform((db) => erasures.claimErasure(db, tenant_id, newId())),
    await onPlatform((db) => erasures.renewLease(db, tenant_id, newId())),
    await onPlatform((db) => erasures.releaseErasure(db, tenant_id, newId())),
    await onPlatform((db) => erasures.markBegun(db, tenant_id, [])),
    await onPlatform((db) => erasures.noteRemoved(db, tenant_id, 'users', 1)),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, erasures.listKeyIds)),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, erasures.listTenantTables)),
    await onPlatform((db) => erasures.deleteErasure(db, tenant_id)),
    await onPlatform(retention.listKept),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, async (db) => {
      for (const kind of ['sessions', 'links'] as const) await retention.removeOld(db, kind, new Date(0), 200);
      await retention.weighOld(db, new Date(0), { at_most: 200, most: 1_000 });
      await retention.removeNewestMessages(db, tenant_id, new Date(0), 200);
      await retention.removeConversations(db, [tenant_id], new Date(0));
    })),
  );
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
