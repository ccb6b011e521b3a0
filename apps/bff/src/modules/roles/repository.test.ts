import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const id = newId();
  const role = { name: 'Auditor', description: '', permissions: ['audit.read' as const] };
  const sent = [
    await inTenant(repository.listRoles),
    await inTenant((db) => repository.findRole(db, id)),
    await inTenant((db) => repository.lockRole(db, id)),
    await inTenant(repository.countSystemRoles),
    await inTenant(repository.countRoles),
    await inTenant((db) => repository.insertRole(db, role)),
    await inTenant((db) => repository.updateRole(db, id, role)),
    await inTenant((db) => repository.countHolders(db, id)),
    await inTenant((db) => repository.expireHoldersLinks(db, id)),
    await inTenant((db) => repository.removeRole(db, id)),
    await inTenant((db) => repository.findHeld(db, scene.user_id)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
