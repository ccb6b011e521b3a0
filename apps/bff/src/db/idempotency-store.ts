import { sql } from 'kysely';
import type { Begun, Done, IdempotencyStore, IdempotentCall } from '../http/idempotency.ts';
import type { PlatformDb, Tenancy, TenantDb } from './tenancy.ts';

// Renewed every 5 s by whoever works: a process that was stopped for ten seconds still has its keys.
const LEASE_S = 30;
// No statement outlives its client by more than statement_timeout (5 s): after that what was committed is to be seen.
const SETTLED_S = 6;
const STILL_HELD = sql<boolean>`renewed_at > now() - make_interval(secs => ${LEASE_S})`;
const IS_HELD = STILL_HELD.as('is_held');
const IS_LEFT = sql<boolean>`not (${STILL_HELD})`;
const KEPT = sql<string>`now() - interval '24 hours'`;
const NOW = sql<string>`now()`;

/** Idempotency keys in PostgreSQL, behind each tenant's wall, for 24 h. */
export function createIdempotencyStore(tenancy: Tenancy): IdempotencyStore {
  const inTenant = (call: IdempotentCall, work: (db: TenantDb) => Promise<unknown>) => tenancy.withTenant(call.actor.tenant_id, async (db) => void (await work(db)));
  return {
    async begin(call) {
      const begun = await tenancy.withTenant(call.actor.tenant_id, (db) => claim(db, call));
      return begun ?? tenancy.withPlatformAndTenant(call.actor.tenant_id, (platform, db) => takeOver(platform, db, call));
    },
    renew: (call) => inTenant(call, (db) => held(db, call.claim_id).set({ renewed_at: NOW }).execute()),
    finish: (call, answer) => inTenant(call, (db) => held(db, call.claim_id).set({ ...answer, body: answer.body && Buffer.from(answer.body) }).execute()),
    abandon: (call) => inTenant(call, (db) => held(db, call.claim_id).set({ renewed_at: sql<string>`now() - make_interval(secs => ${LEASE_S - SETTLED_S})` }).execute()),
    forget: (call) => inTenant(call, (db) => db.deleteFrom('idempotency_keys').where('id', '=', call.claim_id).where('status', 'is', null).execute()),
  };
}

/** The row of one attempt; nothing where another attempt has taken the key over since. */
function held(db: TenantDb, claim_id: string) {
  return db.updateTable('idempotency_keys').where('id', '=', claim_id);
}

/** Takes a key that nobody has; null where its first call has let it lie. */
async function claim(db: TenantDb, call: IdempotentCall): Promise<Begun | null> {
  const { key, endpoint, body_hash, request_id } = call;
  const { user_id, tenant_id } = call.actor;
  // Every key of this person's that is over, not this one alone: nobody else would remove them for an hour.
  await db.deleteFrom('idempotency_keys').where('user_id', '=', user_id).where('created_at', '<', KEPT).execute();
  const row = { tenant_id, id: call.claim_id, user_id, key, endpoint, body_hash, request_id };
  const inserted = await db.insertInto('idempotency_keys').values(row).onConflict((on) => on.doNothing()).returning('id').executeTakeFirst();
  if (inserted) return { state: 'new' };
  const found = await db
    .selectFrom('idempotency_keys')
    .select(['endpoint', 'body_hash', 'status', 'content_type', 'body', 'location', IS_HELD])
    .where('user_id', '=', user_id)
    .where('key', '=', key)
    .executeTakeFirst();
  // The first call failed and let go of its key between our two statements: to us it was still running.
  if (!found) return { state: 'running' };
  if (found.endpoint !== endpoint || !found.body_hash.equals(body_hash)) return { state: 'other_body' };
  if (found.status === null) return found.is_held ? { state: 'running' } : null;
  const { status, content_type, location } = found;
  return { state: 'answered', answer: { status, content_type, location, body: found.body && new Uint8Array(found.body) } };
}

/** What was committed is in the audit, in the same transaction as the work: by that the key is answered, or its work begun anew. */
async function takeOver(platform: PlatformDb, db: TenantDb, call: IdempotentCall): Promise<Begun> {
  const left = await db
    .selectFrom('idempotency_keys')
    .select(['id', 'request_id', 'claimed_at'])
    .where('user_id', '=', call.actor.user_id)
    .where('key', '=', call.key)
    .where('status', 'is', null)
    .where(IS_LEFT)
    .forUpdate()
    .executeTakeFirst();
  // Somebody else was here first, or the first call lives after all.
  if (!left) return { state: 'running' };
  const done = (await findEntry(db, 'audit_entries', call, left)) ?? (await findEntry(platform, 'platform_audit_entries', call, left));
  if (done) return { state: 'done', done };
  await held(db, left.id).set({ id: call.claim_id, request_id: call.request_id, claimed_at: NOW, renewed_at: NOW }).execute();
  return { state: 'new' };
}

async function findEntry(db: TenantDb | PlatformDb, table: 'audit_entries' | 'platform_audit_entries', { actor, action }: IdempotentCall, left: { request_id: string; claimed_at: string }): Promise<Done | undefined> {
  return (db as PlatformDb)
    .selectFrom(table)
    .select(['resource_type', 'resource_id'])
    .where('request_id', '=', left.request_id)
    .where('actor_user_id', '=', actor.user_id)
    // Its own work's entry: a caller may use one request id for several calls.
    .where('action', '=', action ?? '')
    .where('outcome', '<>', 'refused')
    .where('at', '>=', left.claimed_at)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
}
