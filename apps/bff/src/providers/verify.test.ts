import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { demoBaseUrl } from './demo.ts';
import { createProviders } from './registry.ts';
import { startSupplier, type TestSupplier } from './samples/supplier.ts';

let supplier: TestSupplier | undefined;
afterEach(async () => {
  await supplier?.close();
  supplier = undefined;
});

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

type Route = (response: ServerResponse, model: string) => void;
const listing = (...ids: string[]): Route => (response) => send(response, 200, { data: ids.map((id) => ({ id })) });
const speaking: Route = (response) => send(response, 200, { choices: [{ message: { content: 'H' }, finish_reason: 'length' }], usage: { prompt_tokens: 8, completion_tokens: 1 } });
const failing = (status: number, error: object = {}): Route => (response) => send(response, status, { error });

async function verify(models: Route, completion: Route, more: { model?: string; signal?: AbortSignal; limits?: { headers_ms: number } } = {}) {
  const asked: string[] = [];
  supplier = await startSupplier((request: IncomingMessage, response) => {
    if (request.method === 'GET') return models(response, '');
    const { model } = JSON.parse(supplier?.seen.at(-1)?.body ?? '{}') as { model: string };
    asked.push(model);
    completion(response, model);
  }, more.limits);
  const result = await createProviders(supplier.egress).verify('custom', { connection: supplier.connection, request_id: 'req-verify', ...(more.model && { model: more.model }), ...(more.signal && { signal: more.signal }) });
  return { ...result, asked, course: result.steps.map(({ step, ok, message }) => `${step} ${ok ? '+' : '-'} ${message}`) };
}

const reached = ['address + ok', 'tls + not_encrypted'];

describe('the test of a credential', () => {
  it('goes through every step, and asks a small model for one token', async () => {
    const result = await verify(listing('big-pro', 'text-embedding-3-small', 'tts-1', 'tiny-mini'), speaking);
    expect(result).toMatchObject({ ok: true, kind: null, models: ['big-pro', 'text-embedding-3-small', 'tts-1', 'tiny-mini'], asked: ['tiny-mini'] });
    expect(result.course).toEqual([...reached, 'key + ok', 'models + ok', 'completion + ok']);
    expect(JSON.parse(supplier?.seen[1]?.body ?? '')).toMatchObject({ max_tokens: 1, stream: false });
    expect(result.latency_ms).toBeGreaterThanOrEqual(Math.max(...result.steps.map((step) => step.duration_ms)));
  });

  it.each([
    ['a bad key', failing(401), 'authentication_failed', 'key - authentication_failed'],
    ['a key without rights', failing(403, { type: 'permission_error' }), 'permission_denied', 'key - permission_denied'],
  ])('says %s', async (_, models, kind, step) => {
    const result = await verify(models, speaking);
    expect(result).toMatchObject({ ok: false, kind, models: [], asked: [] });
    expect(result.course).toEqual([...reached, step]);
  });

  it.each([
    ['no credit', failing(429, { code: 'insufficient_quota' }), 'quota_exhausted', 1],
    ['a model that is not there, and tries one other', failing(404, { code: 'model_not_found' }), 'model_not_found', 2],
    ['a key that only shows when it is used', failing(401), 'authentication_failed', 1],
    ['a supplier in trouble', failing(500), 'server_error', 1],
    ['nonsense', (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'invalid_response', 1],
  ] as const)('says %s at the completion', async (_, completion, kind, tries) => {
    const result = await verify(listing('a', 'b', 'c'), completion);
    expect(result).toMatchObject({ ok: false, kind, models: ['a', 'b', 'c'] });
    expect(result.asked).toHaveLength(tries);
    expect(result.course).toEqual([...reached, 'key + ok', 'models + ok', `completion - ${kind}`]);
  });

  it('passes a supplier that lists nothing by the model that was named', async () => {
    const result = await verify(failing(404), speaking, { model: 'mine' });
    expect(result).toMatchObject({ ok: true, kind: null, models: [], asked: ['mine'] });
    expect(result.course).toEqual([...reached, 'key + unproved', 'models - endpoint_not_found', 'completion + ok']);
  });

  it('fails a supplier that lists nothing where no model was named', async () => {
    expect(await verify(failing(404), speaking)).toMatchObject({ ok: false, kind: 'endpoint_not_found', asked: [] });
    await supplier?.close();
    expect(await verify(listing(), speaking)).toMatchObject({ ok: false, kind: 'model_not_found', asked: [] });
  });

  it('says silence, a closed port and a forbidden address apart', async () => {
    const silent = await verify(() => {}, speaking, { limits: { headers_ms: 200 } });
    expect([silent.kind, silent.course]).toEqual(['timeout', ['address - timeout']]);
    await supplier?.close();
    supplier = await startSupplier(() => {});
    const { egress, connection } = supplier;
    await supplier.hangUp();
    const verifyAt = async (base_url: string) => createProviders(egress).verify('custom', { connection: { base_url, credential: null }, request_id: 'r' });
    expect(await verifyAt(connection.base_url)).toMatchObject({ ok: false, kind: 'connection_failed', steps: [{ step: 'address', ok: false, message: 'connection_failed' }] });
    expect(await verifyAt('https://dead-host.invalid/v1')).toMatchObject({ ok: false, kind: 'connection_failed', models: [], steps: [{ step: 'address', ok: false, message: 'name_not_found' }] });
    for (const address of ['http://10.0.0.1/v1', 'https://169.254.169.254/v1', 'file:///etc/passwd', 'nonsense', '']) {
      expect(await verifyAt(address)).toMatchObject({ ok: false, kind: 'address_not_allowed', models: [], steps: [{ step: 'address', ok: false, message: 'address_not_allowed' }] });
    }
  });

  it('ends when it is stopped, and never throws', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const started = performance.now();
    expect(await verify(() => {}, speaking, { signal: controller.signal })).toMatchObject({ ok: false });
    expect(performance.now() - started).toBeLessThan(5000);
    const broken = { fetch: () => Promise.reject(new TypeError('broken')), close: async () => {} };
    expect(await createProviders(broken).verify('openai', { connection: { base_url: 'https://a.example', credential: null }, request_id: 'r' })).toMatchObject({ ok: false, kind: 'unknown' });
  });

  it('passes the demo, without a key', async () => {
    const nothing = { fetch: () => Promise.reject(new Error('the demo has no socket')), close: async () => {} };
    const result = await createProviders(nothing).verify('demo', { connection: { base_url: demoBaseUrl, credential: null }, request_id: 'r' });
    expect(result).toMatchObject({ ok: true, models: ['lyss-demo', 'lyss-demo-reasoner'] });
    expect(result.steps.map((step) => step.message)).toEqual(['ok', 'not_needed', 'not_needed', 'ok', 'ok']);
  });
});
