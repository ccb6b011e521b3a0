import { sql, type Kysely } from 'kysely';

/** From which on slow and dear calls have an order of their own: a planner guesses wrongly how many of a million are so. In ms and nano-units. */
export const SLOW_MS = [5_000, 15_000, 60_000] as const;
export const DEAR_NANO = [10_000_000, 100_000_000, 1_000_000_000] as const;

// What the request log is asked for beside time, person, key and model; without them a rare match reads a tenant's every record.
const indexes = [
  `create index usage_records_id_index on usage_records (tenant_id, id)`,
  `create index usage_records_supplier_index on usage_records (tenant_id, supplier, created_at, id)`,
  `create index usage_records_surface_index on usage_records (tenant_id, surface, created_at, id)`,
  `create index usage_records_stopped_index on usage_records (tenant_id, created_at, id) where outcome = 'stopped'`,
  `create index usage_records_conversation_index on usage_records (tenant_id, conversation_id, created_at, id) where conversation_id is not null`,
  ...SLOW_MS.map((bound) => `create index usage_records_slow_${bound}_index on usage_records (tenant_id, created_at, id) where duration_ms >= ${bound}`),
  ...DEAR_NANO.map((bound) => `create index usage_records_dear_${bound}_index on usage_records (tenant_id, created_at, id) where cost_nano >= ${bound}`),
];

/** The orders in which the request log is read. */
export async function addUsageIndexes(db: Kysely<unknown>): Promise<void> {
  for (const statement of indexes) await sql.raw(statement).execute(db);
}
