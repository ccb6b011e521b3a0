import { Client } from 'pg';
import { afterAll, expect, inject, it } from 'vitest';
import { ensureOwnerDatabase } from './embedded-owner.ts';

const { superuser_url, owner_password } = inject('postgres');
const name = `at_once_${process.pid}`;
afterAll(async () => {
  const client = new Client({ connectionString: superuser_url });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`).finally(() => client.end());
});

it('is made by a start and a command at the same instant, once', async () => {
  const urls = await Promise.all(Array.from({ length: 8 }, () => ensureOwnerDatabase(superuser_url, owner_password, name)));
  expect(new Set(urls).size).toBe(1);
});
