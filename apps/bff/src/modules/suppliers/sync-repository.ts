import { sql } from 'kysely';
import type { TenantDb } from '../../db/tenancy.ts';

/** Credentials that are on, with what a call to their supplier takes. The demo's list is ours. */
export const listSyncable = (db: TenantDb) =>
  db.selectFrom('supplier_credentials').select(['id', 'provider', 'name', 'base_url', 'sealed_key']).where('enabled', '=', true).where('provider', '<>', 'demo').orderBy('created_at').orderBy('id').execute();
export type SyncableRow = Awaited<ReturnType<typeof listSyncable>>[number];

export const lockListed = (db: TenantDb, id: string) => db.selectFrom('supplier_credentials').select(['models', 'listed_models']).where('id', '=', id).forUpdate().executeTakeFirst();

/** A changed list is a change of the credential; that its supplier was asked is none. */
export async function updateListed(db: TenantDb, id: string, { models, listed_models }: { models?: string[]; listed_models: string[] }): Promise<void> {
  const changing = db.updateTable('supplier_credentials').set({ listed_models });
  const wanted = models ? changing.set((set) => ({ models, version: set('version', '+', 1), updated_at: sql<string>`now()` })) : changing;
  await wanted.where('id', '=', id).execute();
}
