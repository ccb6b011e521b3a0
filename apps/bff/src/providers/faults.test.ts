import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { EgressLimits } from '../egress/fetch.ts';
import { ask, assemble, collect, createWire, listOwnSamples, type WireName } from './samples/replay.ts';
import { startSupplier, type TestSupplier } from './samples/supplier.ts';

const wires: WireName[] = ['openai', 'anthropic', 'google'];
const limits: Partial<EgressLimits> = { headers_ms: 300, idle_ms: 300, total_ms: 1000 };
const stream = (wire: WireName): Buffer => listOwnSamples().find((sample) => sample.name === `${wire}-text.sse`)?.stream ?? Buffer.alloc(0);
const firstEvents = (wire: WireName): Buffer => Buffer.from(stream(wire).toString().split(/(?<=\n\n)/).slice(0, wire === 'google' ? 2 : 4).join(''));

let supplier: TestSupplier | undefined;
afterEach(async () => {
  await supplier?.close();
  supplier = undefined;
});

async function provoke(wire: WireName, answer: (response: ServerResponse) => void, signal?: AbortSignal) {
  supplier = await startSupplier((_, response) => answer(response), limits);
  const provider = createWire[wire](supplier.egress);
  const streamed = await collect(provider.stream(supplier.connection, ask(signal)));
  const whole = await provider.complete(supplier.connection, ask(signal)).then(() => null, (error: unknown) => error);
  return { streamed: { ...assemble(streamed.events), error: streamed.error }, whole };
}

function send(status: number, headers: Record<string, string>, body: string | Buffer) {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(body);
}
const sse = { 'content-type': 'text/event-stream; charset=utf-8' };
const json = { 'content-type': 'application/json' };

const statuses: [number, string][] = [[400, 'unknown'], [401, 'authentication_failed'], [403, 'authentication_failed'], [404, 'endpoint_not_found'], [422, 'unknown'], [429, 'rate_limited'], [500, 'server_error'], [502, 'server_error'], [503, 'overloaded'], [529, 'overloaded'], [301, 'endpoint_not_found'], [307, 'endpoint_not_found']];

describe.each(wires)('a supplier that speaks %s', (wire) => {
  it.each(statuses)('answers %i', async (status, kind) => {
    const { streamed, whole } = await provoke(wire, send(status, { ...json, location: 'http://127.0.0.1:1/', 'retry-after': '2' }, '{}'));
    for (const error of [streamed.error, whole]) expect(error).toMatchObject({ kind, status, retry_after_ms: 2000 });
    expect(supplier?.seen).toHaveLength(2);
  });

  it.each([
    ['HTML with 200', send(200, { 'content-type': 'text/html' }, '<html>Welcome</html>')],
    ['HTML that says it is JSON', send(200, json, '<html>Welcome</html>')],
    ['HTML that says it is a stream', send(200, sse, '<html>Welcome</html>')],
    ['an empty 200', send(200, {}, '')],
    ['an empty stream', send(200, sse, '')],
    ['an empty JSON', send(200, json, '')],
    ['no content type', send(200, {}, 'data: [DONE]\n\n')],
    ['another schema', send(200, json, '{"choices":"none","content":7,"candidates":{}}')],
    ['broken JSON in a stream', send(200, sse, 'data: {"choices\n\n')],
    ['a 10 MB line', send(200, sse, `data: ${'x'.repeat(10 * 1024 * 1024)}\n\n`)],
    ['204', send(204, {}, '')],
    ['nesting 100,000 deep', send(200, json, '['.repeat(100_000))],
  ])('answers %s', async (_, answer) => {
    const { streamed, whole } = await provoke(wire, answer);
    for (const error of [streamed.error, whole]) expect(error).toMatchObject({ kind: 'invalid_response' });
    expect(streamed).toMatchObject({ text: '', finish: [] });
  });

  it('answers in a coding that nobody asked for', async () => {
    const { streamed } = await provoke(wire, send(200, { ...sse, 'content-encoding': 'gzip' }, gzipSync(stream(wire))));
    expect(streamed).toMatchObject({ text: '', finish: [], error: { name: 'ProviderError' } });
  });

  it('sends more than anybody reads', async () => {
    supplier = await startSupplier((_, response) => void response.writeHead(200, sse).end(Buffer.concat([firstEvents(wire), Buffer.from(': flood\n'.repeat(100_000))])), { max_bytes: 100_000 });
    expect((await collect(createWire[wire](supplier.egress).stream(supplier.connection, ask()))).error).toMatchObject({ kind: 'invalid_response' });
  });

  it('is silent before its headers', async () => {
    const { streamed, whole } = await provoke(wire, () => {});
    for (const error of [streamed.error, whole]) expect(error).toMatchObject({ kind: 'timeout' });
  });

  it.each([
    ['is silent in the middle', 'timeout', () => {}],
    ['resets in the middle', 'connection_failed', (response: ServerResponse) => response.destroy()],
    ['ends in the middle', 'connection_failed', (response: ServerResponse) => response.end()],
  ] as const)('%s', async (_, kind, after) => {
    const { streamed } = await provoke(wire, (response) => {
      response.writeHead(200, sse).write(firstEvents(wire));
      setTimeout(() => after(response), 50);
    });
    expect(streamed).toMatchObject({ finish: [], usage: [], error: { kind } });
    expect(streamed.text.length).toBeGreaterThan(0);
  });

  it('sends a byte now and then, and no longer than the total limit', async () => {
    const started = performance.now();
    const bytes = stream(wire);
    const { streamed } = await provoke(wire, (response) => {
      response.writeHead(200, sse);
      let at = 0;
      const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(bytes.subarray(at, ++at))), 100);
    });
    expect(streamed).toMatchObject({ finish: [], error: { kind: 'timeout' } });
    // Twice the limit, once streamed and once whole, and room for a busy machine.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('echoes our key', async () => {
    const { streamed, whole } = await provoke(wire, send(401, json, JSON.stringify({ error: { message: 'bad key sk-canary-000', code: 'sk-canary-000', type: 'sk-canary-000' } })));
    for (const error of [streamed.error, whole]) {
      expect(error).toMatchObject({ kind: 'authentication_failed' });
      expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('canary');
    }
  });

  it('is told who asks, and gets the key in its header only', async () => {
    await provoke(wire, send(500, {}, ''));
    const request = supplier?.seen[0]?.request;
    expect(request?.headers['x-request-id']).toBe('req-sample');
    expect(request?.headers['accept-encoding']).toBe('identity');
    expect(JSON.stringify(request?.headers)).toContain('sk-canary-000');
    expect(request?.url).not.toContain('canary');
    expect(supplier?.seen[0]?.body).not.toContain('canary');
  });

  it('is left at once when the caller stops', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    let closed: Promise<unknown> | undefined;
    const { streamed, whole } = await provoke(wire, (response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      response.writeHead(200, sse).write(firstEvents(wire));
      setTimeout(() => controller.abort(reason), 50);
    }, controller.signal);
    expect(streamed.error).toBe(reason);
    expect(whole).toBe(reason);
    await closed;
  });

  it('is left when the reader leaves, and after its end marker though it keeps the line', async () => {
    const closed: Promise<unknown>[] = [];
    supplier = await startSupplier((_, response) => {
      closed.push(new Promise((resolve) => response.once('close', resolve)));
      response.writeHead(200, sse).write(Buffer.concat([stream(wire), Buffer.from(': still here\n')]));
    }, limits);
    const provider = createWire[wire](supplier.egress);
    for await (const event of provider.stream(supplier.connection, ask())) if (event.type === 'text') break;
    // Google has no marker after its last chunk: there the end of the body is the end, and a line kept open is silence.
    const { error } = await collect(provider.stream(supplier.connection, ask()));
    expect(error).toEqual(wire === 'google' ? expect.objectContaining({ kind: 'timeout' }) : null);
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });
});

describe('no supplier at all', () => {
  it.each(wires)('is a failed connection for %s', async (wire) => {
    supplier = await startSupplier(() => {});
    const { egress, connection } = supplier;
    await supplier.hangUp();
    const { error } = await collect(createWire[wire](egress).stream(connection, ask()));
    expect(error).toMatchObject({ kind: 'connection_failed', step: 'address', status: null });
    const other = await collect(createWire[wire](egress).stream({ ...connection, base_url: 'http://10.0.0.1/v1' }, ask()));
    expect(other.error).toMatchObject({ kind: 'address_not_allowed', step: 'address' });
    const nonsense = await collect(createWire[wire](egress).stream({ ...connection, base_url: 'not an address' }, ask()));
    expect(nonsense.error).toMatchObject({ kind: 'address_not_allowed' });
  });
});
