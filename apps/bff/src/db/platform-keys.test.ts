import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createAccessTokens } from '../crypto/access-token.ts';
import { newId } from '../crypto/digest.ts';
import { generateKeyringText, parseKeyring } from '../crypto/keyring.ts';
import { openDatabase, type Database } from './database.ts';
import { loadPlatformKeys, rotateSigningKey } from './platform-keys.ts';
import { createTenancy, type Tenancy } from './tenancy.ts';

const CONNECTIONS = 3;
const LATER_MS = 61_000;
let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
const keyring = parseKeyring(generateKeyringText());
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: CONNECTIONS, onError: () => undefined });
  tenancy = createTenancy(database);
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await database.close();
  await test.drop();
});

const subject = () => ({ user_id: newId(), session_id: newId(), tenant_id: newId(), epoch: 1 });
const openReplica = async () => {
  const keys = await loadPlatformKeys(tenancy, keyring);
  return { keys, tokens: createAccessTokens({ issuer: 'https://lyss.example', keys: keys.signing }) };
};
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

it('signs inside as many transactions as there are connections, though the keys are due to be read again', async () => {
  const { tokens } = await openReplica();
  later(LATER_MS);
  const started = performance.now();
  let inside = 0;
  let open: () => void = () => undefined;
  const all_inside = new Promise<void>((resolve) => (open = resolve));
  const sign = () =>
    tenancy.withPlatform(async () => {
      if (++inside === CONNECTIONS) open();
      await all_inside;
      return tokens.issue(subject());
    });
  const signed = await Promise.all(Array.from({ length: CONNECTIONS }, sign));
  expect(new Set(signed).size).toBe(CONNECTIONS);
  // A connection is waited for at most 2 s: this would be the wait of a second one.
  expect(performance.now() - started).toBeLessThan(1_500);
});

it('takes a token of a key it has not met: one look, however many come', async () => {
  const [here, there] = [await openReplica(), await openReplica()];
  await rotateSigningKey(tenancy, keyring, -1);
  await there.keys.reload();
  const token = await there.tokens.issue(subject());
  later(2_000);
  const looks = vi.spyOn(tenancy, 'withPlatform');
  await Promise.all(Array.from({ length: 5 }, () => here.tokens.verify(token)));
  expect(looks).toHaveBeenCalledTimes(1);
  const [, claims, signature] = token.split('.');
  const forged = Array.from({ length: 20 }, () => [Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid: newId() })).toString('base64url'), claims, signature].join('.'));
  for (const one of forged) await expect(here.tokens.verify(one)).rejects.toMatchObject({ reason: 'invalid' });
  expect(looks).toHaveBeenCalledTimes(1);
  looks.mockRestore();
});

it('goes on with the keys in hand while the database is away', async () => {
  const { tokens } = await openReplica();
  const token = await tokens.issue(subject());
  later(LATER_MS);
  const away = vi.spyOn(tenancy, 'withPlatform').mockRejectedValue(new Error('away'));
  await expect(tokens.verify(token)).resolves.toMatchObject({ ver: 1 });
  await expect(tokens.issue(subject())).resolves.toContain('.');
  expect(away).toHaveBeenCalledTimes(1);
  away.mockRestore();
});
