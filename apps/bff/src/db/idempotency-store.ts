import { sql } from 'kysely';
import { newId } from '../crypto/digest.ts';
import type { IdempotencyStore } from '../http/idempotency.ts';
import type { Tenancy } from './tenancy.ts';

// A first call that has not answered after this was cut off; how much of it was done is unknown.
const CUT_OFF = sql<boolean>`created_at < now() - interval '60 seconds'`.as('is_cut_off');
const KEPT = sql<string>`now() - interval '24 hours'`;

/** Idempotency keys in PostgreSQL, behind each tenant's wall, for 24 h. */
export function createIdempotencyStore(tenancy: Tenancy): IdempotencyStore {
  return {
    begin: ({ actor, key, endpoint, body_hash }) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const row = { tenant_id: actor.tenant_id, id: newId(), user_id: actor.user_id, key, endpoint, body_hash };
        await db
          .deleteFrom('idempotency_keys')
          .where('user_id', '=', actor.user_id)
          // Every key of this person's that is over, not this one alone: nobody else would ever remove them.
          .where('created_at', '<', KEPT)
          .execute();
        const inserted = await db.insertInto('idempotency_keys').values(row).onConflict((on) => on.doNothing()).returning('id').executeTakeFirst();
        if (inserted) return { state: 'new' };
        const found = await db
          .selectFrom('idempotency_keys')
          .select(['endpoint', 'body_hash', 'status', 'content_type', 'body', 'location', CUT_OFF])
          .where('user_id', '=', actor.user_id)
          .where('key', '=', key)
          .executeTakeFirst();
        // The first call failed and let go of its key between our two statements: to us it was still running.
        if (!found) return { state: 'running' };
        if (found.endpoint !== endpoint || !found.body_hash.equals(body_hash)) return { state: 'other_body' };
        if (found.status === null) return { state: found.is_cut_off ? 'unknown' : 'running' };
        const body = found.body === null ? null : new Uint8Array(found.body);
        return { state: 'answered', answer: { status: found.status, content_type: found.content_type, body, location: found.location } };
      }),
    finish: ({ actor, key }, answer) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const body = answer.body === null ? null : Buffer.from(answer.body);
        await db
          .updateTable('idempotency_keys')
          .set({ ...answer, body })
          .where('user_id', '=', actor.user_id)
          .where('key', '=', key)
          .execute();
      }),
    forget: ({ actor, key }) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        await db.deleteFrom('idempotency_keys').where('user_id', '=', actor.user_id).where('key', '=', key).where('status', 'is', null).execute();
      }),
  };
}
