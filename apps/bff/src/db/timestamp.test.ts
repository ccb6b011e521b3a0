import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { openDatabase, type Database } from './database.ts';
import { readTimestamp } from './timestamp.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 1, onError: () => undefined });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const moments = [0, 1, 10, 120, 500, 999, 951_782_400_000, 1_795_420_800_123, 1_795_420_859_990, -1, -62_135_596_800_000, 253_402_300_799_999, 253_402_300_800_000];

it.each(moments)('the moment %j comes back as ISO 8601, as Date writes it', async (at) => {
  const { rows } = await database.pool.query(`select to_timestamp($1::float8 / 1000)::timestamptz(3) as at`, [at]);
  expect(rows).toEqual([{ at: new Date(at).toISOString() }]);
});

it.each([
  ['2026-11-23 08:00:00+00', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23 08:00:00.1+00', '2026-11-23T08:00:00.100Z'],
  ['2026-11-23 08:00:00.12+00', '2026-11-23T08:00:00.120Z'],
  ['2026-11-23 08:00:00.123+00', '2026-11-23T08:00:00.123Z'],
  ['2026-11-23 08:00:00.123456+00', '2026-11-23T08:00:00.123Z'],
  ['2026-11-23 16:00:00.5+08', '2026-11-23T08:00:00.500Z'],
])('%j is %j', (text, iso) => expect(readTimestamp(text)).toBe(iso));

it('connections speak UTC', async () => {
  const { rows } = await database.pool.query('show timezone');
  expect(rows).toEqual([{ TimeZone: 'UTC' }]);
});
