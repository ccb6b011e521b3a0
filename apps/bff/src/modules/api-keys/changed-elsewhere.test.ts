import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createTestApp, ORIGIN, type TestApp } from '../../../test/app.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';
import { changeKey, makeKey, removeKey, rotate } from './test-scene.ts';

let app: TestApp;
let other: Context;
let second: ReturnType<typeof createApp>;
beforeAll(async () => {
  app = await createTestApp();
  other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log, rate_limits: { per_person: 10_000, per_network: 10_000 } });
  second = createApp(other);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await other.close();
  await app.close();
});

const changes: [string, number, (id: string) => Promise<{ status: number }>][] = [
  ['revoked', 401, (id) => removeKey(app, app.owner, id)],
  ['given another network', 403, (id) => changeKey(app, app.owner, id, { allowed_networks: ['203.0.113.0/24'] })],
  ['rotated without overlap', 401, (id) => rotate(app, app.owner, id, { overlap_hours: 0 })],
];

it.each(changes)('a key that is %s in one process is %i in another at once, though it had just been used there', async (_name, status, change) => {
  const { key, id } = await makeKey(app, app.owner);
  const ask = async () => (await second.request(`${ORIGIN}/api/v1/auth/me`, { headers: { authorization: `Bearer ${key}` } })).status;
  // What is cached never grows old here: what that process feels, it was told. (A poll of vitest's would turn a faked clock on;
  // and a clock that stood still where it is would not see an overlap's end.)
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  expect(await ask()).toBe(200);
  expect((await change(id)).status).toBeLessThan(300);
  let felt = await ask();
  for (let tries = 0; felt === 200 && tries < 100; tries++) felt = await wait(20).then(ask);
  expect(felt).toBe(status);
});
