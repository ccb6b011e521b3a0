import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStatementScene, type StatementScene } from '../../../test/statements.ts';
import { listCallable, listServing } from './repository.ts';

let scene: StatementScene;
beforeAll(async () => {
  scene = await createStatementScene();
});
afterAll(() => scene.close());

it('sends the SQL that a reviewer reads here', async () => {
  const { tenancy, tenant_id } = scene;
  const sent = [
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, listServing)),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, (db) => listCallable(db, 'gpt-4.1', null))),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, (db) => listCallable(db, 'openai/gpt-4.1', { provider: 'openai', model: 'gpt-4.1' }))),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
