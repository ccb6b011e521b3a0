import { connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { openNotices } from './notices.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A wire to PostgreSQL that can be cut and mended, and counts who tries. */
async function openRelay(target: URL) {
  const sockets = new Set<Socket>();
  let down = false;
  let attempts = 0;
  const server = createServer((socket) => {
    attempts++;
    if (down) return socket.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const each of [socket, upstream]) sockets.add(each.on('error', () => undefined));
    socket.pipe(upstream).on('close', () => socket.destroy());
    upstream.pipe(socket).on('close', () => upstream.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = Object.assign(new URL(target.href), { port: String((server.address() as { port: number }).port) }).href;
  return {
    url,
    attempts: () => attempts,
    cut() {
      down = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => (down = false),
    close: () => server.close(),
  };
}

it('comes back by itself after an outage: an attempt a second, one session, the lock held, notices heard', async () => {
  const relay = await openRelay(new URL(database.app_url));
  const heard: string[] = [];
  let connected = 0;
  const instance_id = newId();
  const notices = await openNotices({ app_url: relay.url, instance_id, onNotice: (payload) => heard.push(payload), onConnected: () => connected++, onError: () => undefined });
  const before = relay.attempts();
  relay.cut();
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(relay.attempts() - before).toBeLessThanOrEqual(6);
  relay.mend();
  await expect.poll(() => connected, { timeout: 20_000 }).toBe(2);
  const admin = new pg.Client({ connectionString: database.superuser_url });
  await admin.connect();
  await expect.poll(async () => {
    await admin.query("select pg_notify('lyss', 'hello')");
    return heard.length;
  }, { timeout: 10_000 }).toBeGreaterThan(0);
  const sessions = await admin.query("select count(*)::int as count from pg_stat_activity where application_name = 'lyss notices' and datname = current_database()");
  expect(sessions.rows[0].count).toBe(1);
  const other = await openNotices({ app_url: database.app_url, instance_id: newId(), onNotice: () => undefined, onError: () => undefined });
  expect(await other.isGone(instance_id)).toBe(false);
  await notices.close();
  await expect.poll(() => other.isGone(instance_id), { timeout: 5_000 }).toBe(true);
  await other.close();
  await admin.end();
  relay.close();
}, 60_000);

it('whose session is ended by an administrator says so, is back within a second, and hears again', async () => {
  const said: string[] = [];
  const notices = await openNotices({
    ...{ app_url: database.app_url, instance_id: newId(), onNotice: (payload: string) => said.push(payload), onError: () => undefined },
    ...{ onConnected: () => said.push('connected'), onLost: () => said.push('lost') },
  });
  const admin = new pg.Client({ connectionString: database.superuser_url });
  await admin.connect();
  const ended_at = performance.now();
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lyss notices' and datname = current_database()");
  await expect.poll(() => said, { timeout: 10_000, interval: 20 }).toEqual(['connected', 'lost', 'connected']);
  expect(performance.now() - ended_at).toBeLessThan(1_000);
  await admin.query("select pg_notify('lyss', 'hello')");
  await expect.poll(() => said.at(-1), { timeout: 5_000 }).toBe('hello');
  await notices.close();
  await admin.end();
}, 30_000);
