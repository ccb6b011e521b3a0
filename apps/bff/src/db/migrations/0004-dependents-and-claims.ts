import { sql, type Kysely } from 'kysely';

const statements = [
  // A supplier's dependents are counted by the names of its models, never by reading every conversation.
  `create index conversations_model_index on conversations (tenant_id, model) where model is not null`,
  // Whose call holds a key, since when, and until when it is believed to live.
  `alter table idempotency_keys add column request_id text not null default '',
     add column claimed_at timestamptz(3) not null default now(), add column renewed_at timestamptz(3) not null default now()`,
];

/** An index to count by, and leases on idempotency keys. */
export async function addDependentsAndClaims(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
