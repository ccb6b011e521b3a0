import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openEvents, textOf, type ReadEvent } from '../../../test/read-stream.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';
import { newId } from '../../crypto/digest.ts';
import { openNotices, type Notices } from '../../db/notices.ts';
import { DEAF_POLL_MS, POLL_MS } from '../../streams/follow-log.ts';
import { appendEvents, insertReply, readLog } from './replies/repository.ts';

// As they are, and counted.
vi.mock('./replies/repository.ts', { spy: true });

let app: TestApp;
let member: TestPerson;
let other: Context;
let second: Pick<TestApp, 'app'>;
let maker: Notices;
let admin: pg.Client;
// A process that makes replies, and that neither app is; the sweepers leave it alone while it lives.
const instance_id = newId();

beforeAll(async () => {
  app = await createTestApp();
  member = await app.signInAs('end_user');
  other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
  second = { app: createApp(other) };
  maker = await openNotices({ app_url: app.database.app_url, instance_id, onNotice: () => undefined, onError: () => undefined });
  admin = new pg.Client({ connectionString: app.database.superuser_url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await maker.close();
  await other.close();
  await app.close();
});

// Rhythms that last a minute instead: whatever comes sooner was a notice's work, however slow the machine is.
const stretched = new Set<number>();
beforeEach(() => {
  stretched.clear();
  stretched.add(POLL_MS);
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms?: number) => setTimeout(work, stretched.has(ms ?? 0) ? 60_000 : ms)) as typeof setTimeout);
});
afterEach(() => vi.restoreAllMocks());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A reply that runs in neither app, and what writes its log as a third process would. */
async function beginElsewhere() {
  const conversation_id = String((await app.call('POST', '/api/v1/chat/conversations', { as: member, body: {} })).body.data.id);
  const fixed = { user_id: member.user_id, model: 'm', supplier: 'demo', credential_id: null, price: null, request_id: 'r', instance_id };
  const reply = { ...fixed, id: newId(), message_id: newId(), conversation_id };
  await app.context.tenancy.withTenant(member.tenant_id, (db) => insertReply(db, reply, null));
  let seq = 0;
  const write = (event: string, data: unknown) =>
    app.context.tenancy.withTenant(member.tenant_id, (db) => appendEvents(db, [{ reply_id: reply.id, seq: ++seq, event, data }]));
  return { path: `/api/v1/chat/replies/${reply.id}/events`, write, end: () => write('end', { finish_reason: 'stop', duration_ms: 1, time_to_first_token_ms: null }) };
}

const follow = (path: string) => openEvents({ ...app, ...second }, member, 'GET', path);

describe('a reader of another process’s reply', () => {
  it('is woken by each commit, and asks the database nothing while none comes', async () => {
    const { path, write, end } = await beginElsewhere();
    await write('text', { delta: 'a' });
    const stream = await follow(path);
    expect(textOf((await stream.next()) ?? [])).toBe('a');
    // What had been said just before it listened may make it look once more.
    await pause(500);
    const asked = vi.mocked(readLog).mock.calls.length;
    await pause(1_500);
    expect(vi.mocked(readLog).mock.calls).toHaveLength(asked);
    for (let turn = 0; turn < 10; turn++) {
      await write('text', { delta: 'b' });
      expect(textOf((await stream.next()) ?? [])).toBe('b');
    }
    await end();
    expect((await stream.next())?.at(-1)?.event).toBe('end');
  });

  it('loses nothing when every session that hears is killed in mid-answer, and is woken again afterwards', async () => {
    const { path, write, end } = await beginElsewhere();
    const stream = await follow(path);
    const seen: ReadEvent[] = [];
    const reading = (async () => {
      for (let events = await stream.next(); events; events = await stream.next()) seen.push(...events);
    })();
    for (let turn = 1; turn <= 30; turn++) {
      if (turn === 10) await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lyss notices' and datname = current_database()");
      await write('text', { delta: `${turn} ` });
      await pause(40);
    }
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(30);
    // Connected again by now; a reader that still thinks itself deaf would hear of the end too late for this test.
    stretched.add(DEAF_POLL_MS);
    await pause(1_500);
    await end();
    await reading;
    expect(seen.map(({ id }) => id)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  });
});
