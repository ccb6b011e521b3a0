import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import type { SealedEntry } from './chain.ts';
import * as repository from './repository.ts';
import type { TrailDb } from './repository.ts';

const AT = '2026-01-01T00:00:00.000Z';
const window = { page_size: 20, sort_by: 'at' as const, sort_order: 'desc' as const, include_total: true };

/** What a trail is asked, whoever's it is. */
const asked: ((db: TrailDb) => Promise<unknown>)[] = [
  (db) => repository.listEntries(db, { ...window, from: AT, to: AT, actor_user_id: newId(), action: 'users', resource_type: 'user', resource_id: 'r', outcome: 'success', request_id: 'q', search: '50%' }),
  (db) => repository.findEntry(db, newId()),
  repository.lockTrail,
  repository.findLastSeal,
  (db) => repository.findSealHash(db, 1),
  repository.findChainStart,
  (db) => repository.listUnsealed(db, 10),
  (db) => repository.insertSeals(db, [{ seq: 1, digest: Buffer.alloc(32), hash: Buffer.alloc(32), entry: { id: newId(), at: AT } as SealedEntry }]),
  (db) => repository.listSealed(db, 0, 10),
  (db) => repository.listOverdue(db, 10),
  (db) => repository.listForExport(db, { action: 'users.created' }, { after: 0, until: 10 }),
  (db) => repository.isUnsealedBefore(db, AT),
];

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant, onPlatform }) => {
  const sent: string[] = [];
  for (const ask of asked) sent.push(await inTenant(ask), await onPlatform(ask));
  sent.push(
    await inTenant((db) => repository.refusedLately(db, scene.user_id, { action: 'access.refused', resource_type: 'endpoint', resource_id: 'users.list' })),
    await onPlatform(repository.listRetentions),
    // The database takes nothing away that is younger than 30 days.
    await inTenant((db) => repository.removeBefore(db, new Date(AT), 10)),
    await scene.sqlOf(() => repository.listTenantsToSeal(scene.tenancy, null)),
    await scene.sqlOf(() => repository.ensurePartitions(scene.tenancy)),
    await scene.sqlOf(() => repository.dropEmptyPartitions(scene.tenancy)),
  );
  await expect(`${sent.filter((text) => text !== '').join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
