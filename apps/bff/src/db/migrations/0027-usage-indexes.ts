import { sql, type Kysely } from 'kysely';

// What the request log is asked for beside time, person, key and model; without them a rare match reads a tenant's every record.
const indexes = [
  `create index usage_records_id_index on usage_records (tenant_id, id)`,
  `create index usage_records_supplier_index on usage_records (tenant_id, supplier, created_at, id)`,
  `create index usage_records_surface_index on usage_records (tenant_id, surface, created_at, id)`,
  `create index usage_records_stopped_index on usage_records (tenant_id, created_at, id) where outcome = 'stopped'`,
  `create index usage_records_conversation_index on usage_records (tenant_id, conversation_id, created_at, id) where conversation_id is not null`,
  `create index usage_records_duration_index on usage_records (tenant_id, duration_ms)`,
  `create index usage_records_cost_index on usage_records (tenant_id, cost_nano) where cost_nano > 0`,
];

/** The orders in which the request log is read. */
export async function addUsageIndexes(db: Kysely<unknown>): Promise<void> {
  for (const statement of indexes) await sql.raw(statement).execute(db);
}
