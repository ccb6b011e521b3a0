import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openEvents, parseEvents, textOf } from '../../../test/read-stream.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';

let app: TestApp;
let member: TestPerson;
let other: Context;
let second: TestApp['app'];

beforeAll(async () => {
  app = await createTestApp();
  member = await app.signInAs('end_user');
  // Another replica: the same database and keys, a process state of its own.
  other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
  second = createApp(other);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const callSecond = (method: string, path: string) => second.request(`${ORIGIN}${path}`, { method, headers: { authorization: `Bearer ${member.access_token}` } });

async function start(content: string) {
  const id = String((await app.call('POST', '/api/v1/chat/conversations', { as: member, body: {} })).body.data.id);
  const stream = await openEvents(app, member, 'POST', `/api/v1/chat/conversations/${id}/replies`, { content, model: 'lyss-demo' });
  await stream.next();
  return { stream, location: stream.response.headers.get('content-location') ?? '' };
}

describe('two replicas', () => {
  it('take each other’s access tokens', async () => {
    expect((await callSecond('GET', '/api/v1/auth/me')).status).toBe(200);
  });

  it('let a reply of one be followed on the other, to its end and to the letter', async () => {
    const { stream, location } = await start('demo:long=40');
    const there = parseEvents(await (await callSecond('GET', location)).text());
    await stream.leave();
    const here = parseEvents((await app.call('GET', location, { as: member })).body);
    expect(there).toEqual(here);
    expect(textOf(there).length).toBeGreaterThan(0);
  });

  it('let a reply of one be stopped on the other', async () => {
    const { stream, location } = await start('demo:slow');
    expect((await callSecond('POST', location.replace(/events$/, 'stop'))).status).toBe(202);
    let last = null;
    for (let events = await stream.next(); events; events = await stream.next()) last = events.at(-1);
    expect(last).toMatchObject({ event: 'end', data: { finish_reason: 'stopped' } });
  });

  it('leave each other’s running replies alone when one starts and stops', async () => {
    const third = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
    const { stream, location } = await start('demo:slow');
    await third.close();
    const status = async () => (await callSecond('POST', location.replace(/events$/, 'stop'))).json() as Promise<{ data: { status: string } }>;
    expect((await status()).data.status).toBe('running');
    await stream.leave();
  });
});
