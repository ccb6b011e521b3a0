import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { readConfig } from '../config.ts';
import { generateKeyringText } from '../crypto/keyring.ts';
import { buildOwnerUrl, ensureOwnerDatabase } from '../db/embedded-owner.ts';
import { refuseSharedRole } from '../db/migrate.ts';
import { examine } from './doctor.ts';
import { printMigrations } from './migrate-status.ts';

const { superuser_url, owner_password } = inject('postgres');
const name = `untouched_${process.pid}`;
const owner_url = buildOwnerUrl(superuser_url, owner_password, name);
let data_dir: string;
let server: Client;
let test: TestDatabase;
beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'lyss-look-'));
  server = new Client({ connectionString: superuser_url });
  await server.connect();
  await ensureOwnerDatabase(superuser_url, owner_password, name);
  test = await createTestDatabase();
});
afterAll(async () => {
  await server.query(`drop database if exists ${name} with (force)`);
  await server.end();
  await test.drop();
  rmSync(data_dir, { recursive: true, force: true });
});

async function look(command: 'doctor' | 'status', change: Record<string, string>): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  // The discard service's: nobody's server answers there.
  const env = { LYSS_DATA_DIR: data_dir, PORT: '9', ...change };
  const { config, secrets } = readConfig(env);
  const code = command === 'doctor' ? await examine(env, say) : await printMigrations(config, secrets, say);
  return { code, text: lines.join('\n') };
}

async function countTables(): Promise<number> {
  const client = new Client({ connectionString: owner_url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace`);
  await client.end();
  return rows[0]?.n ?? -1;
}

describe('looking', () => {
  it('at an empty database tells what waits and makes nothing', async () => {
    expect(await look('status', { DATABASE_URL: owner_url })).toMatchObject({ code: 0, text: expect.stringMatching(/^0001-platform +waits$/m) });
    expect(await look('doctor', { DATABASE_URL: owner_url })).toMatchObject({ code: 0, text: expect.stringMatching(/\d migrations wait/) });
    expect(await countTables()).toBe(0);
    expect(existsSync(join(data_dir, 'master-keys'))).toBe(false);
  });

  it('at a folder in which nothing was started starts nothing', async () => {
    expect(await look('status', {})).toMatchObject({ code: 0, text: expect.stringContaining('first start') });
    expect(await look('doctor', {})).toMatchObject({ code: 0, text: expect.stringContaining('not made yet') });
    expect(existsSync(join(data_dir, 'postgres'))).toBe(false);
  });

  it('at a migrated database names when each step was taken, and a role that is behind no wall', async () => {
    expect((await look('status', { DATABASE_URL: test.owner_url })).text).toMatch(/^0001-platform +\d{4}-/m);
    const keys = { LYSS_MASTER_KEYS: generateKeyringText() };
    expect((await look('doctor', { DATABASE_URL: test.owner_url, LYSS_APP_DATABASE_URL: test.owner_url, ...keys })).text).toMatch(/FAIL.*owns the tables/);
  });
});

it('refuses to take over the role that another installation of this server works with', async () => {
  await expect(refuseSharedRole(owner_url)).rejects.toThrow(/LYSS_APP_DATABASE_URL.*already used by the database/s);
});
