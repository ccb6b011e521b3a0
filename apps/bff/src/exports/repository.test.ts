import { expect } from 'vitest';
import { it } from '../../test/statements.ts';
import type { TenantDb } from '../db/tenancy.ts';
import * as repository from './repository.ts';

const HOUR_MS = 3_600_000;

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const { tenancy, tenant_id, user_id } = scene;
  const wanted = { kind: 'audit', params: {}, file_name: 'audit.csv', media_type: 'text/csv' };
  const make = (db: TenantDb) => repository.insertExport(db, { user_id, name: 'U' }, wanted, HOUR_MS);
  const [{ id }, waiting] = await tenancy.withTenant(tenant_id, async (db) => [await make(db), await make(db)]);
  const sent = [
    await inTenant(make),
    await inTenant(repository.countUnfinished),
    await inTenant((db) => repository.listExports(db, 'audit', { page_size: 20, sort_by: 'created_at', sort_order: 'desc', include_total: false })),
    await inTenant((db) => repository.findExport(db, 'audit', id)),
    await inTenant((db) => repository.findPiece(db, id, 0)),
    await inTenant((db) => repository.findPlace(db, id, 1)),
    await scene.sqlOf(() => repository.listRunnable(tenancy)),
    await inTenant((db) => repository.claimExport(db, id, user_id)),
    await inTenant((db) => repository.lockHeld(db, id, user_id)),
    await inTenant((db) => repository.insertPiece(db, id, 0, Buffer.of(1))),
    await inTenant((db) => repository.noteProgress(db, id, { cursor: '{}', progress: 1, rows: 1, bytes: 1, pieces: 1 })),
    await inTenant((db) => repository.releaseLease(db, id, user_id)),
    await inTenant((db) => repository.noteProgress(db, id, { state: 'ready' })),
    await inTenant((db) => repository.cancelExport(db, waiting.id)),
    await inTenant((db) => repository.deleteExport(db, id)),
    await scene.sqlOf(() => repository.listTenantsWithExpired(tenancy)),
    await inTenant(repository.deleteExpired),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
