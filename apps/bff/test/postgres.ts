import { Client } from 'pg';
import { inject } from 'vitest';
import { buildOwnerUrl } from '../src/db/embedded-owner.ts';
import type { TestServer } from './global-setup.ts';

export interface TestDatabase {
  owner_url: string;
  app_url: string;
  superuser_url: string;
  drop(): Promise<void>;
}

/** A database of its own for a test file: the migrated template, cloned (20–90 ms). `drop` it in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server: TestServer = inject('postgres');
  const { superuser_url: server_url, template, owner_password, app_role, app_password } = server;
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await execute(server_url, `create database ${name} template ${template} owner lyss_owner strategy file_copy`);
  const superuser_url = replaceParts(server_url, { pathname: `/${name}` });
  return {
    superuser_url,
    owner_url: buildOwnerUrl(server_url, owner_password, name),
    app_url: replaceParts(superuser_url, { username: app_role, password: app_password }),
    drop: () => execute(server_url, `drop database if exists ${name} with (force)`),
  };
}

function replaceParts(base: string, parts: Partial<Pick<URL, 'pathname' | 'username' | 'password'>>): string {
  return Object.assign(new URL(base), parts).href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
