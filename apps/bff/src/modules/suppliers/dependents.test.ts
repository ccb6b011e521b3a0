import { sql } from 'kysely';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/postgres.ts';
import { newId } from '../../crypto/digest.ts';
import { openDatabase } from '../../db/database.ts';
import { createTenancy } from '../../db/tenancy.ts';
import { insertCredential, listDependents } from './repository.ts';

const CONVERSATIONS = 200_000;
/** So many that a sample of the table never misses them all: it would know one model alone, and take each to be in every row. */
const RARE = CONVERSATIONS / 1_000;

it('are counted by an index, however many conversations there are', async () => {
  const test = await createTestDatabase();
  const database = openDatabase({ app_url: test.app_url, max: 1, onError: () => undefined });
  const superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
  const tenancy = createTenancy(database);
  const [tenant_id, id] = [newId(), newId()];
  try {
    await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: tenant_id, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
    const row = { id, provider: 'openai' as const, name: 'Key', base_url: 'https://api.openai.com/v1', models: ['rare', 'never'], enabled: true, key: null, status: 'untested' as const, last_test: null };
    await tenancy.withTenant(tenant_id, (db) => insertCredential(db, row));
    // As a replica would: whose conversations they are is of no account here.
    await superuser.query('set session_replication_role = replica');
    await superuser.query(
      `insert into conversations (tenant_id, id, user_id, model) select $1, gen_random_uuid(), $1, case when n % 1000 = 0 then 'rare' else 'common' end from generate_series(1, $2::int) n`,
      [tenant_id, CONVERSATIONS],
    );
    await superuser.query('analyze conversations');
    const seen = await tenancy.withTenant(tenant_id, async (db) => {
      const dependents = await listDependents(db, [id]);
      const { rows } = await sql`select seq_tup_read::int as by_scan, idx_tup_fetch::int as by_index from pg_stat_xact_user_tables where relname = 'conversations'`.execute(db);
      return { dependents: dependents.get(id), read: rows[0] };
    });
    expect(seen).toEqual({ dependents: { conversations: RARE, running_replies: 0 }, read: { by_scan: 0, by_index: RARE } });
  } finally {
    await superuser.end();
    await database.close();
    await test.drop();
  }
});
