import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildOwnerUrl, ensureOwnerDatabase } from './embedded-owner.ts';
import { APP_ROLE, listMigrations, prepareDatabase, setAppPassword, withOwner } from './migrate.ts';

const { superuser_url, owner_password, app_password } = inject('postgres');
const names: string[] = [];
let server: Client;
beforeAll(async () => {
  server = new Client({ connectionString: superuser_url });
  await server.connect();
});
afterAll(async () => {
  for (const name of names) await server.query(`drop database if exists ${name} with (force)`);
  await server.end();
});

/** An empty database that the owner's role owns. */
async function createEmpty(): Promise<string> {
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`;
  names.push(name);
  await ensureOwnerDatabase(superuser_url, owner_password, name);
  return buildOwnerUrl(superuser_url, owner_password, name);
}

async function describeSchema(url: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public' order by 1, 2`,
  );
  await client.end();
  return rows;
}

describe('migrations', () => {
  it('bring an empty database to the newest state once, and change nothing the second time', async () => {
    const owner_url = await createEmpty();
    const { applied } = await prepareDatabase({ owner_url });
    expect(applied).toEqual([...applied].sort());
    expect(applied.length).toBeGreaterThanOrEqual(3);
    const schema = await describeSchema(owner_url);
    expect(schema.length).toBeGreaterThan(100);
    expect((await prepareDatabase({ owner_url })).applied).toEqual([]);
    expect(await describeSchema(owner_url)).toEqual(schema);
    expect((await listMigrations(owner_url)).every(({ applied_at }) => applied_at instanceof Date)).toBe(true);
  });

  it('of six replicas that start at once are applied by one', async () => {
    const owner_url = await createEmpty();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => prepareDatabase({ owner_url })));
    expect(outcomes.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  });

  it('and the password of the application’s role may be set by six replicas at once, and lets them in', async () => {
    const owner_url = await createEmpty();
    // The role belongs to the server, and every other test signs in with this very password.
    const password = app_password;
    await Promise.all(Array.from({ length: 6 }, () => prepareDatabase({ owner_url, app_password: password })));
    await Promise.all(Array.from({ length: 6 }, () => withOwner(owner_url, (db) => setAppPassword(db, password))));
    const app = new Client({ connectionString: Object.assign(new URL(owner_url), { username: APP_ROLE, password }).href });
    await app.connect();
    expect((await app.query('select current_user as who')).rows).toEqual([{ who: APP_ROLE }]);
    await app.end();
  });
});
