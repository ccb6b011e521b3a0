import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { listApplicable } from './own/repository.ts';
import * as repository from './repository.ts';
import { listNames, listRecords } from './simulation/repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const nobody = { user_id: null, role_id: null, system_role: null, api_key_id: null, subject: null };
  const change = { name: 'Budget', limit_nano: '10', is_hard: true, warn_percent: 80, ends_at: null, enabled: true };
  const budget = { ...change, ...nobody, scope: 'user', user_id: scene.user_id, per: 'person', period: 'month', starts_at: null } as const;
  const id = await scene.tenancy.withTenant(scene.tenant_id, (db) => repository.insertBudget(db, budget));
  const window = { page_size: 20 } as const;
  const at = { created_at: '2026-11-23T08:00:00.000Z', id };
  const sent = [
    await inTenant((db) => repository.listBudgets(db, { ...window, sort_by: 'tree', scope: 'user', period: 'month', state: 'ok', search: 'bud' })),
    await inTenant((db) => repository.findBudget(db, id)),
    await inTenant((db) => repository.lockBudget(db, id)),
    await inTenant(repository.countBudgets),
    await inTenant(repository.hasBudgets),
    await inTenant(repository.holdTenant),
    await inTenant((db) => repository.holdSubject(db, 'users', scene.user_id)),
    await inTenant((db) => repository.insertBudget(db, { ...budget, name: 'Other' })),
    await inTenant((db) => repository.updateBudget(db, id, change)),
    await inTenant((db) => repository.replaceRaise(db, id, { nano: '1', ends_at: at.created_at, reason: 'Why', by: scene.user_id })),
    await inTenant((db) => repository.listPots(db, id, { ...window, sort_by: 'created_at', current: 'true', search: 'a' })),
    await inTenant((db) => repository.listAlerts(db, { ...window, sort_by: 'created_at', budget_id: id })),
    await inTenant((db) => listApplicable(db, scene.user_id)),
    await inTenant((db) => listRecords(db, budget, at.created_at, at, 100)),
    await inTenant((db) => listNames(db, 'person', [scene.user_id])),
    await inTenant((db) => repository.removeBudget(db, id)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
