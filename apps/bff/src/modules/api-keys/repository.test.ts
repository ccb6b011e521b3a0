import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { sha256 } from '../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const { user_id, tenancy } = scene;
  const secret = { hint: 'lyss_…abcd', secret_hash: sha256('one') };
  const draft: repository.KeyDraft = { name: 'Key', scopes: ['chat.use'], models: null, allowed_networks: [], expires_at: null };
  const id = await tenancy.withTenant(scene.tenant_id, (db) => repository.insertKey(db, user_id, draft, secret));
  const query = { page_size: 20, sort_by: 'last_used_at', status: 'active', scope: 'chat.use', search: 'key' } as const;
  const now = new Date();
  const sent = [
    await inTenant((db) => repository.listOwnKeys(db, user_id, query)),
    await inTenant((db) => repository.listAllKeys(db, { ...query, user_id })),
    await inTenant((db) => repository.findOwnKey(db, user_id, id)),
    await inTenant((db) => repository.findAnyKey(db, id)),
    await inTenant((db) => repository.lockKey(db, id, user_id)),
    await inTenant((db) => repository.countLiveKeys(db, user_id)),
    await inTenant((db) => repository.insertKey(db, user_id, draft, { ...secret, secret_hash: sha256('two') })),
    await inTenant((db) => repository.updateKey(db, id, draft)),
    await inTenant((db) => repository.replaceSecret(db, id, { ...secret, secret_hash: sha256('three') }, 24)),
    await inTenant((db) => repository.touchKeys(db, [{ api_key_id: id, at: now }])),
    await inTenant((db) => repository.touchFirst(db, id, now)),
    await scene.sqlOf(() => repository.findKeyRow(tenancy, secret.secret_hash)),
    await scene.sqlOf(() => repository.listLiveKeys(tenancy, [id])),
    await scene.sqlOf(() => repository.listTenantsWithEndedKeys(tenancy, now)),
    await inTenant((db) => repository.revokeKey(db, id)),
    await inTenant((db) => repository.removeEndedKeys(db, now, 10)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
