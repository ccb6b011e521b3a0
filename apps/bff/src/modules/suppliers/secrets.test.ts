import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VaultError } from '../../crypto/vault.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { connectStored } from './key.ts';
import { findStored } from './repository.ts';
import type { SupplierCall } from './ports.ts';
import { accepted, createScene, KEY, OTHER_KEY, refused, type Scene } from './test-scene.ts';

let scene: Scene;
let ada: SupplierCall;

beforeAll(async () => {
  scene = await createScene();
});
beforeEach(async () => {
  ada = await scene.asTenant();
  scene.supplier.answer = accepted();
});
afterAll(() => scene.close());

const openai = { provider: 'openai' as const, name: 'OpenAI', api_key: KEY, enabled: true };
const inTenant = <T>(work: (db: TenantDb) => Promise<T>): Promise<T> => scene.tenancy.withTenant(ada.actor.tenant_id, work);

async function reveal(id: string, origin: string, call = ada): Promise<string | undefined> {
  const row = await scene.tenancy.withTenant(call.actor.tenant_id, (db) => findStored(db, id));
  return row && connectStored(scene.vault, call.actor.tenant_id, row, row.base_url).credential?.revealFor(origin);
}

describe('a stored key', () => {
  it('opens in its row for its host alone', async () => {
    const { id } = await scene.service.create(ada, openai);
    expect(await reveal(id, 'https://api.openai.com')).toBe(KEY);
    for (const origin of ['https://evil.example', 'http://api.openai.com', 'https://api.openai.com:8443', '']) {
      await expect(reveal(id, origin)).rejects.toThrow(VaultError);
    }
  });

  it('does not open in another row, another tenant’s row, or at an address changed in the database', async () => {
    const { id } = await scene.service.create(ada, openai);
    const other = await scene.service.create(ada, { ...openai, name: 'Other', api_key: OTHER_KEY });
    const sealed_key = await inTenant(async (db) => (await findStored(db, id))?.sealed_key ?? null);
    await inTenant((db) => db.updateTable('supplier_credentials').set({ sealed_key }).where('id', '=', other.id).execute());
    await expect(reveal(other.id, 'https://api.openai.com')).rejects.toThrow(VaultError);

    const bob = await scene.asTenant();
    const stolen = await scene.service.create(bob, openai);
    await scene.tenancy.withTenant(bob.actor.tenant_id, (db) => db.updateTable('supplier_credentials').set({ sealed_key }).where('id', '=', stolen.id).execute());
    await expect(reveal(stolen.id, 'https://api.openai.com', bob)).rejects.toThrow(VaultError);

    await inTenant((db) => db.updateTable('supplier_credentials').set({ base_url: 'https://evil.example/v1' }).where('id', '=', id).execute());
    await expect(reveal(id, 'https://evil.example')).rejects.toThrow(VaultError);
  });

  it('is in no answer, no audit entry and no column but the sealed one, in no spelling', async () => {
    const answers: unknown[] = [];
    const keep = async (work: Promise<unknown>): Promise<void> => void answers.push(await work.catch((error: unknown) => error));
    const created = await scene.service.create(ada, openai);
    answers.push(created);
    await keep(scene.service.testUnsaved(ada, { provider: 'openai', api_key: OTHER_KEY }));
    await keep(scene.service.testSaved(ada, created.id));
    await keep(scene.service.rotate(ada, created.id, OTHER_KEY));
    await keep(scene.service.replace(ada, created.id, { name: 'New', enabled: true, base_url: 'https://proxy.example/v1', api_key: KEY }));
    scene.supplier.answer = refused('authentication_failed');
    await keep(scene.service.rotate(ada, created.id, OTHER_KEY));
    await keep(scene.service.create(ada, { ...openai, name: 'Refused' }));
    await keep(scene.service.list(ada.actor, { page_size: 20, sort_by: 'created_at' }));
    const rows = await inTenant((db) => db.selectFrom('supplier_credentials').selectAll().execute());
    const audit = await inTenant((db) => db.selectFrom('audit_entries').selectAll().execute());
    expect(audit.map(({ action }) => action).toSorted()).toEqual(['suppliers.created', 'suppliers.key_replaced', 'suppliers.tested', 'suppliers.tested', 'suppliers.updated']);
    const bytes = Buffer.concat(rows.map(({ sealed_key }) => sealed_key ?? Buffer.alloc(0))).toString('latin1');
    const texts = [bytes, ...[...answers, rows, audit].map(describeAll)];
    for (const key of [KEY, OTHER_KEY]) for (const spelling of spell(key)) expect(texts.filter((text) => text.includes(spelling))).toEqual([]);
    expect(spell(KEY).some((spelling) => describeAll({ leaked: KEY }).includes(spelling))).toBe(true);
  });
});

/** An answer or error with everything that hangs on it, causes and details included. */
function describeAll(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value);
  return [value.stack, JSON.stringify(value), value.cause === undefined ? '' : describeAll(value.cause)].join('\n');
}

function spell(key: string): string[] {
  const bytes = Buffer.from(key);
  // The middle alone, so that a hint's four characters don't count and a cut key does.
  const middle = bytes.subarray(9, 33);
  return [middle.toString(), middle.toString('hex'), middle.toString('base64'), bytes.toString('base64'), encodeURIComponent(key)];
}
