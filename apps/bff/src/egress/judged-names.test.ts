import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createJudgedNames } from './judged-names.ts';
import { createResolver, type Resolver } from './resolve.ts';

const PUBLIC = '93.184.215.14';
const target = { hostname: 'api.example.com', port: 443 };
const refused = expect.objectContaining({ kind: 'address_not_allowed', phase: 'address' });

function createNames(resolve: Resolver, options: { now?: () => number; allow?: { host: string; port: number }[]; lookup_ms?: number } = {}) {
  return createJudgedNames({ allow: [], lookup_ms: 300, ...options, resolve });
}

describe('judged names', () => {
  it.each([['private', ['10.0.0.1']], ['public, then private', [PUBLIC, '10.0.0.1']], ['private, then public', ['::1', PUBLIC]], ['mapped', ['::ffff:127.0.0.1']], ['garbage', ['example.com']], ['300 records', Array<string>(300).fill(PUBLIC)]])(
    'refuses answers that are %s', async (_, answers) => {
      await expect(createNames(async () => answers).get(target)).rejects.toEqual(refused);
    });

  it('tries a few of many public answers, of both families, in their order', async () => {
    const answers = [...Array.from({ length: 50 }, (_, index) => `2606:4700::${index + 1}`), ...Array.from({ length: 50 }, (_, index) => `93.184.215.${index}`)];
    const tried = await createNames(async () => answers).get(target);
    expect(tried).toEqual([...answers.slice(0, 4), ...answers.slice(50, 54)]);
  });

  it('keeps what was judged, so that a second answer cannot slip in; asks again after a failure or half a minute', async () => {
    let [now, asked] = [0, 0];
    const answers = [[PUBLIC], ['10.0.0.1']];
    const names = createNames(async () => answers[Math.min(asked++, 1)] ?? [], { now: () => now });
    expect(await Promise.all([names.get(target), names.get(target)])).toEqual([[PUBLIC], [PUBLIC]]);
    expect([await names.get(target), names.findKnown(target), asked]).toEqual([[PUBLIC], [PUBLIC], 1]);
    now = 30_000;
    expect(names.findKnown(target)).toBeNull();
    await expect(names.get(target)).rejects.toEqual(refused);
    names.forget(target);
    await expect(names.get(target)).rejects.toEqual(refused);
    expect(asked).toBe(3);
  });

  it('judges a name for its port: what is listed at one port is private at every other', async () => {
    const names = createNames(async () => ['127.0.0.1'], { allow: [{ host: 'ollama', port: 11434 }] });
    expect(await names.get({ hostname: 'ollama', port: 11434 })).toEqual(['127.0.0.1']);
    await expect(names.get({ hostname: 'ollama', port: 443 })).rejects.toEqual(refused);
  });

  it('does not give a listed name the cloud\'s metadata', async () => {
    const names = createNames(async () => ['169.254.169.254'], { allow: [{ host: 'ollama', port: 80 }] });
    await expect(names.get({ hostname: 'ollama', port: 80 })).rejects.toEqual(refused);
  });

  it.each([['nothing', async () => []], ['an error', async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))]])('calls %s a failed connection', async (_, resolve) => {
    await expect(createNames(resolve).get(target)).rejects.toMatchObject({ kind: 'connection_failed', phase: 'address', code: 'ENOTFOUND' });
  });

  it('waits for a slow name no longer than it is told, and calls it as unknown as one that is not there', async () => {
    const start = Date.now();
    await expect(createNames(() => new Promise(() => {})).get(target)).rejects.toMatchObject({ kind: 'connection_failed', phase: 'address', code: 'ETIMEOUT' });
    expect(Date.now() - start).toBeLessThan(1_000);
  });
});

/** A name server on loopback that answers every question with these records, after a while. */
async function startNameServer(answer: (type: number) => { records?: Buffer[]; name?: Buffer; after_ms?: number } | null) {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let asked = 0;
  socket.on('message', (query, from) => {
    asked += 1;
    const end = query.indexOf(0, 12) + 5;
    const reply = answer(query.readUInt16BE(end - 4));
    if (reply === null) return;
    const { records = [], after_ms = 0 } = reply;
    const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
    void delay(after_ms).then(() => socket.send(Buffer.concat([head, query.subarray(12, end), ...records]), from.port, from.address));
  });
  return { servers: [`127.0.0.1:${socket.address().port}`], count: () => asked, close: () => socket.close() };
}

const record = (name: Buffer, type: number, value: Buffer) => Buffer.concat([name, Buffer.from([0, type, 0, 1, 0, 0, 0, 60, 0, value.length]), value]);
const ASKED = Buffer.from([0xc0, 12]);
const ALIAS = Buffer.concat([Buffer.of(5), Buffer.from('alias'), ASKED]);
const ask = (servers: string[], signal = new AbortController().signal) => createResolver({ servers })('api.example.com', { is_listed: false, signal });

describe('resolver', () => {
  it('asks DNS for both families and follows a chain of names', async () => {
    const server = await startNameServer((type) =>
      type === 1 ? { records: [record(ASKED, 5, ALIAS), record(ALIAS, 1, Buffer.from([93, 184, 215, 14]))] } : { records: [record(ASKED, 28, Buffer.from('26064700000000000000000000001111', 'hex'))] });
    expect(await ask(server.servers)).toEqual([PUBLIC, '2606:4700::1111']);
    server.close();
  });

  it('hands every answer on to be judged, private ones of the other family too', async () => {
    const server = await startNameServer((type) => ({ records: [type === 1 ? record(ASKED, 1, Buffer.from([93, 184, 215, 14])) : record(ASKED, 28, Buffer.from('00000000000000000000000000000001', 'hex'))] }));
    await expect(createNames(createResolver({ servers: server.servers })).get(target)).rejects.toEqual(refused);
    server.close();
  });

  it('does not wait for a family that stays silent, and finds a name that has only the other', async () => {
    const four = await startNameServer((type) => (type === 1 ? { records: [record(ASKED, 1, Buffer.from([93, 184, 215, 14]))] } : null));
    const six = await startNameServer((type) => (type === 28 ? { records: [record(ASKED, 28, Buffer.from('26064700000000000000000000001111', 'hex'))] } : {}));
    const start = Date.now();
    expect([await ask(four.servers), await ask(six.servers)]).toEqual([[PUBLIC], ['2606:4700::1111']]);
    expect(Date.now() - start).toBeLessThan(1_500);
    four.close();
    six.close();
  });

  it('finds nothing where there is nothing, and stops asking when told', async () => {
    const empty = await startNameServer(() => ({}));
    expect(await ask(empty.servers)).toEqual([]);
    empty.close();
    const silent = await startNameServer(() => null);
    const start = Date.now();
    expect(await ask(silent.servers, AbortSignal.timeout(200))).toEqual([]);
    expect(Date.now() - start).toBeLessThan(1_000);
    silent.close();
  });

  it('asks nobody for a name that nobody can have (RFC 6761), though a name server would answer it', async () => {
    const server = await startNameServer(() => ({ records: [record(ASKED, 1, Buffer.from([10, 0, 0, 1]))] }));
    const names = createNames(createResolver({ servers: server.servers }));
    await expect(names.get({ hostname: 'dead-host.invalid', port: 443 })).rejects.toMatchObject({ kind: 'connection_failed', phase: 'address', code: 'ENOTFOUND' });
    expect(server.count()).toBe(0);
    server.close();
  });

  it('gives a silent name server up long before a connection would time out', async () => {
    const silent = await startNameServer(() => null);
    const start = Date.now();
    expect(await ask(silent.servers)).toEqual([]);
    // Two tries of 0.8 s for each family, together; c-ares alone would take over ten, and a busy machine takes its own.
    expect(Date.now() - start).toBeLessThan(5_000);
    silent.close();
  });

  it('asks the system for listed names, the hosts file included', async () => {
    const addresses = await createResolver({ servers: ['127.0.0.1:1'] })('localhost', { is_listed: true, signal: new AbortController().signal });
    expect(addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
  });
});
