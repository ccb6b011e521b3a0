import { expect } from 'vitest';
import { it, type StatementScene } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { isOlderTransactionOpen, lockImporting } from './repository.ts';

/** What is said of the tenant while another transaction, which did `work`, is still open. */
async function askBeside({ tenancy, tenant_id }: StatementScene, by: string, work: (db: TenantDb) => Promise<unknown>): Promise<boolean> {
  let answer = false;
  await tenancy.withTenant(by, async (db) => {
    await work(db);
    const at = new Date(Date.now() + 1_000).toISOString();
    answer = await tenancy.withTenant(tenant_id, (own) => isOlderTransactionOpen(own, at));
  });
  return answer;
}

it('waits for older transactions that may bring rows of the tenant, and for no other tenant’s import', async ({ scene }) => {
  const other = newId();
  const touch = (db: TenantDb) => db.updateTable('users').set({ name: 'V' }).execute();
  expect(await askBeside(scene, other, lockImporting)).toBe(false);
  expect(await askBeside(scene, scene.tenant_id, lockImporting)).toBe(true);
  expect(await askBeside(scene, scene.tenant_id, touch)).toBe(true);
  // It does not say whose rows it brings.
  expect(await askBeside(scene, other, touch)).toBe(true);
});
