import { sql, type Kysely } from 'kysely';

/** What a finished file's bytes come to. */
export async function addFileDigest(db: Kysely<unknown>): Promise<void> {
  await sql`alter table exports add column sha256 text check (sha256 ~ '^[0-9a-f]{64}$')`.execute(db);
}
