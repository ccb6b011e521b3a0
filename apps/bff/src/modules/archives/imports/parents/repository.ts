import { sql } from 'kysely';
import type { TenantDb } from '../../../../db/tenancy.ts';

/** Steps up from one message, among those that are not older: as many as one conversation may get while clocks differ. */
const MOST_STEPS = 1_000;

export async function setParents(db: TenantDb, edges: { id: string; parent_id: string }[]): Promise<void> {
  if (edges.length === 0) return;
  const given = sql`unnest(${edges.map(({ id }) => id)}::uuid[], ${edges.map(({ parent_id }) => parent_id)}::uuid[]) e (id, parent_id)`;
  await sql`update messages m set parent_id = e.parent_id from ${given} where m.id = e.id`.execute(db);
}

/** One of `ids` whose parent is of another conversation. */
export async function findStray(db: TenantDb, ids: string[]): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select m.id from messages m join messages p on p.id = m.parent_id where m.id = any(${ids}::uuid[]) and p.conversation_id <> m.conversation_id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

export interface Climbed {
  /** The last message on the way. */
  at: string;
  is_circle: boolean;
  is_too_far: boolean;
}

/**
 * The way up from each of `ids`, as long as it does not lead to older messages: ids begin with their time, and the first
 * message of a circle is its oldest.
 */
export async function climb(db: TenantDb, ids: string[]): Promise<Map<string, Climbed>> {
  // A UUIDv7's first 48 bits are its time.
  const floors = ids.map((id) => `${id.slice(0, 13)}-0000-0000-000000000000`);
  const { rows } = await sql<Climbed & { id: string }>`
    with recursive up (id, floor, at, parent_id, steps) as (
      select m.id, f.floor, p.id, p.parent_id, 1 from unnest(${ids}::uuid[], ${floors}::uuid[]) f (id, floor) join messages m on m.id = f.id join messages p on p.id = m.parent_id
      union all
      select u.id, u.floor, p.id, p.parent_id, u.steps + 1 from up u join messages p on p.id = u.parent_id where u.at <> u.id and p.id >= u.floor and u.steps < ${MOST_STEPS})
    select distinct on (id) id, at, at = id as is_circle, steps >= ${MOST_STEPS} as is_too_far from up order by id, steps desc`.execute(db);
  return new Map(rows.map(({ id, ...end }) => [id, end]));
}
