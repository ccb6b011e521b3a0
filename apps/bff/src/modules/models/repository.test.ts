import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { listHeldRoles, readDesk } from './repository.ts';
import * as settings from './settings/repository.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

it('sends the SQL that a reviewer reads here', async ({ scene }) => {
  const { tenancy, tenant_id } = scene;
  const ask = (work: Parameters<typeof tenancy.withTenant>[1]) => scene.sqlOf(() => tenancy.withTenant(tenant_id, work));
  const sent = [
    await ask((db) => readDesk(db, ID)),
    await ask((db) => listHeldRoles(db, ID)),
    await ask((db) => settings.lockSetting(db, ID, 'openai', 'gpt-4.1')),
    await ask((db) => settings.replaceAliases(db, ID, ['fast'])),
    await ask((db) => settings.findNewestPrice(db, ID)),
    await ask((db) => settings.listPrices(db, 'openai', 'gpt-4.1', { page_size: 20, sort_by: 'created_at' })),
    await ask((db) => settings.listRates(db, 100)),
    await ask((db) => settings.listLastUses(db, [{ id: ID, supplier: 'openai', names: ['gpt-4.1'] }])),
    await ask((db) => settings.sumRecentCost(db, 'openai', ['gpt-4.1', 'openai/gpt-4.1'])),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
