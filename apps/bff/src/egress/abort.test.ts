import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAgents } from './agents.ts';
import { createConnector } from './connect.ts';
import { createEgress, type Egress } from './fetch.ts';
import { createJudgedNames } from './judged-names.ts';
import { startServer, type TestServer } from './test-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function startScene(listener: RequestListener): Promise<{ server: TestServer; egress: Egress }> {
  const server = await startServer(listener);
  const egress = createEgress({ allow: [server.allowed] });
  open.push(egress, server);
  return { server, egress };
}

const never = () => new Promise<never>(() => {});
const aborted = (phase: string) => expect.objectContaining({ name: 'EgressError', kind: 'aborted', phase });
const drip: RequestListener = (_, response) => void setInterval(() => response.write('x'), 10).unref();

async function expectClosed(server: TestServer, since: number): Promise<void> {
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 1_000 });
  expect(Date.now() - since).toBeLessThan(1_000);
}

describe('a call that is stopped', () => {
  it('before its headers closes the socket within a second', async () => {
    const { server, egress } = await startScene(() => {});
    const stop = new AbortController();
    const call = egress.fetch({ url: server.url, request_id: 'r', signal: stop.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    const since = Date.now();
    stop.abort();
    await expect(call).rejects.toEqual(aborted('headers'));
    await expectClosed(server, since);
  });

  it('in the middle of its body closes the socket within a second and ends the reader', async () => {
    const { server, egress } = await startScene(drip);
    const stop = new AbortController();
    const response = await egress.fetch({ url: server.url, request_id: 'r', signal: stop.signal });
    let since = 0;
    const reading = (async () => {
      for await (const _chunk of response.body) {
        since = Date.now();
        stop.abort(new Error('a reason of the caller'));
      }
    })();
    await expect(reading).rejects.toEqual(aborted('body'));
    await expectClosed(server, since);
  });

  it('by a reader who leaves closes the socket within a second', async () => {
    const { server, egress } = await startScene(drip);
    const response = await egress.fetch({ url: server.url, request_id: 'r' });
    for await (const chunk of response.body) if (chunk.length > 0) break;
    await expectClosed(server, Date.now());
  });

  it('while a name or a key is awaited makes no socket', async () => {
    const { server } = await startScene(() => {});
    const slowNames = createEgress({ allow: [], resolve: never });
    const slowKeys = createEgress({ allow: [server.allowed] });
    const credential = { id: 'a', revealFor: never, headers: () => ({}) };
    for (const call of [
      (signal: AbortSignal) => slowNames.fetch({ url: 'https://slow.example/', request_id: 'r', signal }),
      (signal: AbortSignal) => slowKeys.fetch({ url: server.url, request_id: 'r', signal, credential }),
    ]) {
      const stop = new AbortController();
      const waiting = call(stop.signal);
      setTimeout(() => stop.abort(), 20);
      await expect(waiting).rejects.toEqual(aborted('address'));
      await expect(call(AbortSignal.abort())).rejects.toEqual(aborted('address'));
    }
    expect(server.accepted).toBe(0);
  });

  it('does not stop the others of the same credential', async () => {
    const { server, egress } = await startScene(drip);
    const credential = { id: 'a', revealFor: async () => 'k', headers: () => ({}) };
    const stop = new AbortController();
    const stopped = await egress.fetch({ url: server.url, request_id: '1', credential, signal: stop.signal });
    const other = await egress.fetch({ url: server.url, request_id: '2', credential });
    stop.abort();
    await expect(stopped.body[Symbol.asyncIterator]().next()).rejects.toEqual(aborted('body'));
    let chunks = 0;
    for await (const _chunk of other.body) if ((chunks += 1) === 20) break;
    expect(chunks).toBe(20);
  });

  it('leaves no listener on a signal that outlives it', async () => {
    const { server, egress } = await startScene((_, response) => void response.end('x'));
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const response = await egress.fetch({ url: server.url, request_id: 'r', signal });
    for await (const chunk of response.body) expect(chunk).toHaveLength(1);
    await delay(10);
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls).toHaveLength(added.mock.calls.length);
  });
});

describe('closing', () => {
  it('ends every call and takes no new one', async () => {
    const { server, egress } = await startScene(drip);
    const response = await egress.fetch({ url: server.url, request_id: 'r' });
    const reading = (async () => {
      for await (const _chunk of response.body) await delay(1);
    })();
    const ended = expect(reading).rejects.toMatchObject({ kind: 'connection_failed', phase: 'body' });
    await egress.close();
    await ended;
    await expect(egress.fetch({ url: server.url, request_id: 'r' })).rejects.toMatchObject({ kind: 'aborted' });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  it('comes to agents that are crowded out once their calls have ended', async () => {
    const { server } = await startScene((_, response) => void setTimeout(() => response.end('x'), 100));
    const names = createJudgedNames({ allow: [server.allowed], resolve: never, lookup_ms: 1_000 });
    const agents = createAgents({ max: 1, createConnector: () => createConnector({ names, connect_ms: 1_000 }) });
    open.push(agents);
    const first = agents.get('a');
    const running = first.request({ origin: server.url, path: '/', method: 'GET' });
    expect(agents.get('a')).toBe(first);
    const second = agents.get('b');
    expect(second).not.toBe(first);
    expect(await (await running).body.text()).toBe('x');
    await vi.waitFor(() => expect([first.destroyed, second.destroyed, server.sockets.size]).toEqual([true, false, 0]));
  });
});
