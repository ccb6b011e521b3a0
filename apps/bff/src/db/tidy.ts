import { sql, type RawBuilder } from 'kysely';
import type { Tenancy, TenantDb } from './tenancy.ts';

const HOUR_MS = 3_600_000;
/** As long as a key's answer is promised. */
const KEYS_KEPT_MS = 24 * HOUR_MS;
const LINKS_KEPT_MS = 30 * 24 * HOUR_MS;
const AT_ONCE = 500;

/**
 * Removes what nobody can use any more: idempotency keys after 24 h, set-up tokens after 30 days. Small transactions,
 * until nothing is left. Returns how many rows went. Ended sessions and links: as long as their tenant says (its retention).
 */
export async function removeExpiredRows(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  const keys_before = new Date(Date.now() - KEYS_KEPT_MS);
  const links_before = new Date(Date.now() - LINKS_KEPT_MS);
  const old_keys = sql`idempotency_keys where id in (select id from idempotency_keys where created_at < ${keys_before} limit ${at_once})`;
  let removed = 0;
  for (const { tenant_id } of await tenancy.lookUp<{ tenant_id: string }>('select * from list_tenants_to_tidy($1, $2)', [keys_before, '-infinity'])) {
    removed += await removeAll(at_once, () => tenancy.withTenant(tenant_id, (db) => remove(db, old_keys)));
  }
  const links = await tenancy.withPlatform((db) => db.deleteFrom('setup_tokens').where('expires_at', '<', links_before.toISOString()).executeTakeFirst());
  return removed + Number(links.numDeletedRows);
}

async function removeAll(at_once: number, removeSome: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let last = at_once; last >= at_once; removed += last) last = await removeSome();
  return removed;
}

async function remove(db: TenantDb, rows: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`delete from ${rows}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
