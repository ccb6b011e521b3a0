import type { ProviderId, SupplierCredential, SuppliersQuery } from '@lyss/api-types';
import { sql } from 'kysely';
import { isUniqueViolation } from '../../db/database.ts';
import { escapeLike, listPage } from '../../db/list.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';

// The sealed key is not among them: what a list or an answer reads cannot hold it.
const shown = [
  'id', 'provider', 'name', 'base_url', 'key_hint', 'key_fingerprint', 'models', 'enabled', 'status', 'last_test', 'key_changed_at', 'created_at', 'updated_at', 'version',
] as const;

export type CredentialRow = Omit<SupplierCredential, 'dependents' | 'last_24h'>;
export type Dependents = SupplierCredential['dependents'];
export type Traffic = SupplierCredential['last_24h'];

/** A credential with its sealed key, for a call to its supplier. */
export interface StoredCredential {
  id: string;
  provider: ProviderId;
  name: string;
  base_url: string;
  models: string[];
  enabled: boolean;
  sealed_key: Buffer | null;
  version: number;
}

export function listCredentials(db: TenantDb, query: SuppliersQuery) {
  let rows = db.selectFrom('supplier_credentials').select(shown);
  if (query.provider) rows = rows.where('provider', '=', query.provider);
  if (query.status) rows = rows.where('status', '=', query.status);
  if (query.enabled) rows = rows.where('enabled', '=', query.enabled === 'true');
  if (query.search) rows = rows.where('name', 'ilike', `%${escapeLike(query.search)}%`);
  return listPage(rows, query);
}

export function findCredential(db: TenantDb, id: string): Promise<CredentialRow | undefined> {
  return db.selectFrom('supplier_credentials').select(shown).where('id', '=', id).executeTakeFirst();
}

export function findStored(db: TenantDb, id: string): Promise<StoredCredential | undefined> {
  return db
    .selectFrom('supplier_credentials')
    .select(['id', 'provider', 'name', 'base_url', 'models', 'enabled', 'sealed_key', 'version'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export function lockCredential(db: TenantDb, id: string): Promise<Pick<CredentialRow, 'version' | 'name' | 'provider' | 'key_fingerprint'> | undefined> {
  return db.selectFrom('supplier_credentials').select(['version', 'name', 'provider', 'key_fingerprint']).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** For each credential: conversations whose model no other enabled one serves, and replies running through it. One query for any number. */
export async function listDependents(db: TenantDb, ids: string[]): Promise<Map<string, Dependents>> {
  const counted = await sql<Dependents & { id: string }>`
    with offers as materialized (
      select distinct credential.id, credential.enabled, called.name
      from supplier_credentials credential
      cross join lateral unnest(credential.models) as model (name)
      cross join lateral (values (model.name), (credential.provider || '/' || model.name)) as called (name)
    ), orphaned as (
      select offers.id, sum((select count(*) from conversations where model = offers.name)) as conversations
      from offers
      where offers.id = any(${ids})
        and not exists (select from offers other where other.name = offers.name and other.enabled and other.id <> offers.id)
      group by offers.id
    ), running as (
      select credential_id as id, count(*) as replies from replies where status = 'running' and credential_id = any(${ids}) group by credential_id
    )
    select credential.id, coalesce(orphaned.conversations, 0)::int as conversations, coalesce(running.replies, 0)::int as running_replies
    from supplier_credentials credential left join orphaned using (id) left join running using (id)
    where credential.id = any(${ids})`.execute(db);
  return new Map(counted.rows.map(({ id, conversations, running_replies }) => [id, { conversations, running_replies }]));
}

/** What went through each credential in the last 24 hours; none where nothing did. One query for any number. */
export async function listTraffic(db: TenantDb, ids: string[]): Promise<Map<string, Traffic>> {
  const counted = await sql<Traffic & { id: string }>`
    select credential_id as id,
      (count(*) filter (where outcome in ('complete', 'stopped')))::int as answered,
      (count(*) filter (where outcome in ('failed', 'interrupted')))::int as failed,
      percentile_disc(0.5) within group (order by time_to_first_token_ms) as first_token_ms
    from usage_records where created_at > now() - interval '24 hours' and credential_id = any(${ids}) group by credential_id`.execute(db);
  return new Map(counted.rows.map(({ id, ...traffic }) => [id, traffic]));
}

export interface SealedKey {
  sealed_key: Buffer;
  key_hint: string;
  key_fingerprint: string;
}

export interface TestOutcome {
  status: SupplierCredential['status'];
  last_test: SupplierCredential['last_test'];
}

export interface NewCredential extends TestOutcome {
  id: string;
  provider: ProviderId;
  name: string;
  base_url: string;
  models: string[];
  /** All that its supplier listed; null where it lists nothing. */
  listed_models?: string[] | null;
  enabled: boolean;
  key: SealedKey | null;
}

/** Throws 3005 where the tenant has another credential of that name. */
export async function insertCredential(db: TenantDb, { key, last_test, ...row }: NewCredential): Promise<void> {
  const values = { tenant_id: db.tenant_id, ...row, ...keyColumns(key), last_test: JSON.stringify(last_test) };
  await refuseTakenName(db.insertInto('supplier_credentials').values(values).execute());
}

export interface CredentialChange {
  name?: string;
  base_url?: string;
  models?: string[];
  enabled?: boolean;
  key?: SealedKey | null;
  outcome?: TestOutcome | null;
}

/** Throws 3005 where the tenant has another credential of that name. */
export async function updateCredential(db: TenantDb, id: string, { key, outcome, ...change }: CredentialChange): Promise<void> {
  const updated = db
    .updateTable('supplier_credentials')
    .set((set) => ({ ...change, ...keyColumns(key ?? null), ...outcomeColumns(outcome ?? null), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', id)
    .execute();
  await refuseTakenName(updated);
}

/** Stores a test's result unless what was tested has changed meanwhile; a person's `version` stays, for nothing of theirs changed. */
export async function storeTest(db: TenantDb, id: string, version: number, outcome: TestOutcome): Promise<void> {
  await db.updateTable('supplier_credentials').set(outcomeColumns(outcome)).where('id', '=', id).where('version', '=', version).execute();
}

/** Stores what a call showed, where it differs. The demo fails when it is asked to, which says nothing about it; its successes do. */
export async function storeStatus(db: TenantDb, id: string, outcome: TestOutcome): Promise<void> {
  let changing = db.updateTable('supplier_credentials').set(outcomeColumns(outcome)).where('id', '=', id).where('status', '<>', outcome.status);
  if (outcome.status === 'failing') changing = changing.where('provider', '<>', 'demo');
  await changing.execute();
}

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

export async function deleteCredential(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('supplier_credentials').where('id', '=', id).execute();
}

function keyColumns(key: SealedKey | null) {
  return key === null ? {} : { ...key, key_changed_at: sql<string>`now()` };
}

function outcomeColumns(outcome: TestOutcome | null) {
  return outcome === null ? {} : { status: outcome.status, last_test: JSON.stringify(outcome.last_test) };
}

async function refuseTakenName(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'name_taken' }, cause: error });
    throw error;
  }
}
