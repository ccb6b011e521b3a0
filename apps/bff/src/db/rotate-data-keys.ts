import { sql } from 'kysely';
import type { SecretPlace } from '../crypto/sealed-format.ts';
import { VaultError, type Vault } from '../crypto/vault.ts';
import { insertDataKey } from './data-key-store.ts';
import { withOwner } from './migrate.ts';
import type { Tenancy, TenantDb } from './tenancy.ts';

const BEGUN_FACT = 'data_key_rotation';

/** A column of sealed secrets; `place` reads where one stands from its row's `id` and `reads`. */
export interface SealedColumn {
  table: string;
  column: string;
  reads: readonly string[];
  place(tenant_id: string, row: Record<string, string>): SecretPlace;
}

export interface DataKeyRotation {
  tenancy: Tenancy;
  owner_url: string;
  vault: Pick<Vault, 'newDataKey' | 'reseal'>;
  columns: readonly SealedColumn[];
  /** Resolves when what servers had in hand is written, or read: longer than any transaction takes. */
  settle(): Promise<void>;
  onProgress(done: number, total: number): void;
}

export interface DataKeyOutcome {
  tenants: number;
  secrets: number;
  /** `table row` of secrets that did not open: their tenant keeps its older key. */
  unopened: string[];
}

/**
 * Gives every tenant a new data key, seals its secrets anew under it, and destroys the older key, while servers run. It
 * may be ended at any point and run again: a beginning that is written down says which keys are older.
 */
export async function rotateDataKeys(ports: DataKeyRotation): Promise<DataKeyOutcome> {
  const begun = await begin(ports.owner_url);
  const outcome: DataKeyOutcome = { tenants: 0, secrets: 0, unopened: [] };
  for (const id of await listTenants(ports.owner_url, sql`active and created_at < ${begun}`)) await ports.tenancy.withTenant(id, (db) => replaceKey(db, ports.vault, begun));
  const tenants = await listTenants(ports.owner_url, sql`not active`);
  if (tenants.length > 0) await ports.settle();
  for (const [index, id] of tenants.entries()) {
    outcome.secrets += await resealTenant(ports, id, outcome.unopened);
    ports.onProgress(index + 1, tenants.length);
  }
  // Also where nothing was left to seal anew: who ended the run before may have sealed it all a moment ago.
  if (tenants.length > 0) await ports.settle();
  for (const id of tenants) outcome.tenants += await ports.tenancy.withTenant(id, (db) => destroyOlder(db, ports.columns));
  if (outcome.unopened.length === 0) await withOwner(ports.owner_url, (db) => sql`delete from platform_facts where name = ${BEGUN_FACT}`.execute(db));
  return outcome;
}

/** When the rotation that is not finished began, or this one begins. */
async function begin(owner_url: string): Promise<string> {
  return withOwner(owner_url, async (db) => {
    await sql`insert into platform_facts (name, value) values (${BEGUN_FACT}, now()::text) on conflict do nothing`.execute(db);
    const { rows } = await sql<{ value: string }>`select value from platform_facts where name = ${BEGUN_FACT}`.execute(db);
    return rows[0]?.value ?? '';
  });
}

/** Only the owner may see across tenants here. */
async function listTenants(owner_url: string, which: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await withOwner(owner_url, (db) => sql<{ tenant_id: string }>`select distinct tenant_id from data_keys where ${which} order by tenant_id`.execute(db));
  return rows.map(({ tenant_id }) => tenant_id);
}

async function replaceKey(db: TenantDb, vault: Pick<Vault, 'newDataKey'>, begun: string): Promise<void> {
  const retired = await db.updateTable('data_keys').set({ active: false }).where('active', '=', true).where('created_at', '<', begun).executeTakeFirst();
  // Gone, or done by somebody else meanwhile.
  if (retired.numUpdatedRows > 0n) await insertDataKey(db, vault.newDataKey(db.tenant_id));
}

async function resealTenant({ tenancy, vault, columns }: DataKeyRotation, tenant_id: string, unopened: string[]): Promise<number> {
  let sealed = 0;
  for (const column of columns) {
    for (const row of await tenancy.withTenant(tenant_id, (db) => listOlder(db, column))) {
      try {
        const anew = await vault.reseal(column.place(tenant_id, row.read), row.sealed);
        // One that was replaced meanwhile is under the new key by itself.
        if (anew) sealed += await tenancy.withTenant(tenant_id, (db) => replaceSealed(db, column, row, anew));
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        unopened.push(`${column.table} ${row.id}`);
      }
    }
  }
  return sealed;
}

const older = (column: SealedColumn) => sql<boolean>`substring(${sql.ref(column.column)} from 2 for 16) in (select decode(replace(id::text, '-', ''), 'hex') from data_keys where not active)`;

async function listOlder(db: TenantDb, column: SealedColumn): Promise<{ id: string; sealed: Buffer; read: Record<string, string> }[]> {
  const reads = sql.join(['id', ...column.reads].map((name) => sql`${name}::text, ${sql.ref(name)}`));
  const { rows } = await sql<{ id: string; sealed: Buffer; read: Record<string, string> }>`
    select id, ${sql.ref(column.column)} as sealed, jsonb_build_object(${reads}) as read from ${sql.table(column.table)} where ${older(column)} order by id`.execute(db);
  return rows;
}

async function replaceSealed(db: TenantDb, column: SealedColumn, row: { id: string; sealed: Buffer }, anew: Buffer): Promise<number> {
  const { numAffectedRows } = await sql`update ${sql.table(column.table)} set ${sql.ref(column.column)} = ${anew} where id = ${row.id} and ${sql.ref(column.column)} = ${row.sealed}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Where nothing is sealed by them any more. Returns 1 for a tenant that is done. */
async function destroyOlder(db: TenantDb, columns: readonly SealedColumn[]): Promise<number> {
  for (const column of columns) {
    const { rows } = await sql`select 1 from ${sql.table(column.table)} where ${older(column)} limit 1`.execute(db);
    if (rows.length > 0) return 0;
  }
  await db.deleteFrom('data_keys').where('active', '=', false).execute();
  return 1;
}
