import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { listCallable, listServing } from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene }) => {
  const { tenancy, tenant_id } = scene;
  const sent = [
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, listServing)),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, (db) => listCallable(db, 'gpt-4.1', null))),
    await scene.sqlOf(() => tenancy.withTenant(tenant_id, (db) => listCallable(db, 'openai/gpt-4.1', { provider: 'openai', model: 'gpt-4.1' }))),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
