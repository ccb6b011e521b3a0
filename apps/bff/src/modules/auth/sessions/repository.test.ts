import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStatementScene, type StatementScene } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import * as repository from './repository.ts';

let scene: StatementScene;
beforeAll(async () => {
  scene = await createStatementScene();
});
afterAll(() => scene.close());

const inTenant = (work: (db: TenantDb) => Promise<unknown>) => scene.sqlOf(() => scene.tenancy.withTenant(scene.tenant_id, work));

it('sends the SQL that a reviewer reads here', async () => {
  const { user_id } = scene;
  const sent = [
    await inTenant((db) => repository.listSessions(db, user_id, { page_size: 20, sort_by: 'last_used_at' })),
    await inTenant((db) => repository.endSession(db, user_id, newId())),
    await inTenant((db) => repository.endOtherSessions(db, user_id, newId(), 'ended_by_person')),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
