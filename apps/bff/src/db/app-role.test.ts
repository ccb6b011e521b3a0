import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { ConfigurationError } from '../config.ts';
import { checkAppRole, judgeRole } from './app-role.ts';
import { openDatabase } from './database.ts';

let test: TestDatabase;
const strangers: string[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await asSuperuser(strangers.map((name) => `drop role ${name}`).join(';'));
  await test.drop();
});

async function asSuperuser(statements: string): Promise<void> {
  const client = new Client({ connectionString: test.superuser_url });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

async function check(app_url: string): Promise<void> {
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  await checkAppRole(database).finally(() => database.close());
}

/** A role of its own, made with these attributes or rights. */
async function addRole(make: (name: string) => string): Promise<string> {
  const name = `stranger_${strangers.length}_${process.pid}`;
  strangers.push(name);
  await asSuperuser(make(name));
  return Object.assign(new URL(test.superuser_url), { username: name, password: 'x' }).href;
}

describe('the application’s role at the start', () => {
  it('is taken as Lyss makes it', async () => {
    await expect(check(test.app_url)).resolves.toBeUndefined();
  });

  it.each([
    ['a superuser', async () => test.superuser_url, /superuser/],
    ['the owner', async () => test.owner_url, /owns the tables/],
    ['one beyond row-level security', () => addRole((name) => `create role ${name} login bypassrls password 'x'`), /BYPASSRLS/],
    ['a member of the owner', () => addRole((name) => `create role ${name} login noinherit in role lyss_owner password 'x'`), /owns the tables/],
  ])('is refused as %s', async (_what, getUrl, message) => {
    const refused = check(await getUrl());
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toThrow(message);
  });

  it('stands in a server of 15 or newer', () => {
    const fine = { name: 'lyss_app', is_super: false, passes_walls: false, owns: false };
    expect(judgeRole({ ...fine, server_version: 150_000 })).toEqual([]);
    expect(judgeRole({ ...fine, server_version: 140_012 })).toEqual([expect.stringContaining('PostgreSQL 14 is too old')]);
  });
});
