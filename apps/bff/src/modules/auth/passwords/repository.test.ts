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
  const id = newId();
  const sent = [
    await inTenant((db) => repository.getPasswordOwner(db, user_id)),
    await inTenant((db) => repository.countAskedLinks(db, user_id)),
    await inTenant((db) => repository.insertAskedLink(db, { id, user_id, token_hash: Buffer.of(1), expires_at: new Date(Date.now() + 60_000) })),
    await inTenant((db) => repository.noteLetter(db, id, 'server_unreachable')),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
