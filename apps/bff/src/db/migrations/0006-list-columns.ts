import { sql, type Kysely } from 'kysely';

/** What each person shows of each list. */
export async function addListColumns(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column columns jsonb not null default '{}'`.execute(db);
}
