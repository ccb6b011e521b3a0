import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { it, type StatementScene } from '../../test/statements.ts';
import { newId } from '../crypto/digest.ts';
import { appendAudit, appendPlatformAudit } from './append.ts';

const who = { actor: { user_id: newId(), name: 'Ada' }, caller: { request_id: 'r-1', address: '192.0.2.9' } };
const read = (scene: StatementScene, resource_id: string) => scene.tenancy.withTenant(scene.tenant_id, (db) => db.selectFrom('audit_entries').selectAll().where('resource_id', '=', resource_id).execute());

describe('the audit', () => {
  it('says who did what to what, from where, in which request, and when', async ({ scene }) => {
    const resource_id = newId();
    await scene.tenancy.withTenant(scene.tenant_id, (db) => appendAudit(db, who, { action: 'users.updated', resource_type: 'user', resource_id, details: { before: { name: 'A' } } }));
    expect(await read(scene, resource_id)).toEqual([
      {
        ...{ tenant_id: scene.tenant_id, id: expect.any(String), at: expect.stringMatching(/Z$/), actor_user_id: who.actor.user_id, actor_name: 'Ada', action: 'users.updated' },
        ...{ resource_type: 'user', resource_id, outcome: 'success', request_id: 'r-1', address: '192.0.2.9', details: { before: { name: 'A' } } },
      },
    ]);
  });

  it('says the moment in which it is written, however long its transaction has gone on: the sealer looks back a quarter of an hour', async ({ scene }) => {
    const resource_id = newId();
    const begun = await scene.tenancy.withTenant(scene.tenant_id, async (db) => {
      const { rows } = await sql<{ now: string }>`select now(), pg_sleep(0.1)`.execute(db);
      await appendAudit(db, who, { action: 'users.updated', resource_type: 'user', resource_id });
      return Date.parse(String(rows[0]?.now));
    });
    expect(Date.parse(String((await read(scene, resource_id))[0]?.at)) - begun).toBeGreaterThanOrEqual(99);
  });

  it('goes with its mutation: rolled back, neither is there', async ({ scene }) => {
    const resource_id = newId();
    const failing = scene.tenancy.withTenant(scene.tenant_id, async (db) => {
      await db.updateTable('users').set({ name: 'Changed' }).execute();
      await appendAudit(db, who, { action: 'users.updated', resource_type: 'user', resource_id });
      throw new Error('after both');
    });
    await expect(failing).rejects.toThrow('after both');
    expect(await read(scene, resource_id)).toEqual([]);
    const names = await scene.tenancy.withTenant(scene.tenant_id, (db) => db.selectFrom('users').select('name').execute());
    expect(names).toEqual([{ name: 'U' }]);
  });

  it('takes no other outcome, and is only ever added to by the application', async ({ scene }) => {
    const broken = scene.tenancy.withTenant(scene.tenant_id, (db) => appendAudit(db, who, { action: 'x', resource_type: 'x', resource_id: null, outcome: 'maybe' as never }));
    await expect(broken).rejects.toMatchObject({ code: '23514' });
    const denied = { code: '42501' };
    await expect(scene.tenancy.withTenant(scene.tenant_id, (db) => db.updateTable('audit_entries').set({ action: 'other' }).execute())).rejects.toMatchObject(denied);
    await expect(scene.tenancy.withTenant(scene.tenant_id, (db) => db.deleteFrom('audit_entries').execute())).rejects.toMatchObject(denied);
    await expect(scene.tenancy.withPlatform((db) => db.deleteFrom('platform_audit_entries').execute())).rejects.toMatchObject(denied);
  });

  it('keeps the operator’s own trail apart from every tenant’s', async ({ scene }) => {
    const resource_id = newId();
    await scene.tenancy.withPlatform((db) => appendPlatformAudit(db, { ...who, actor: null }, { action: 'tenants.created', resource_type: 'tenant', resource_id, outcome: 'refused' }));
    expect(await read(scene, resource_id)).toEqual([]);
    const own = await scene.tenancy.withPlatform((db) => db.selectFrom('platform_audit_entries').select(['outcome', 'actor_name', 'details']).where('resource_id', '=', resource_id).execute());
    expect(own).toEqual([{ outcome: 'refused', actor_name: null, details: null }]);
  });
});
