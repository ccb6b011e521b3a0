import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOwnSamples, listTranscripts } from '../../providers/samples/replay.ts';
import { createGatewayScene, type GatewayScene } from './test-scene.ts';
import { beginStream, sendJson, SUPPLIER_KEY, writeChunk, writeDelta } from './test-supplier.ts';

let scene: GatewayScene;
beforeAll(async () => {
  scene = await createGatewayScene(['gpt-4.1', 'fault']);
});
afterAll(() => scene.close());

const hello = [{ role: 'user', content: 'Say hello' }];

/** One call of the model `fault`, with nothing between: what came, and whether its end was an end. */
async function call(more: object, answer: (response: ServerResponse) => void): Promise<{ status: number; headers: Headers; text: string; is_whole: boolean }> {
  scene.supplier.answers.set('fault', (_, response) => answer(response));
  const response = await scene.ask('/v1/chat/completions', { method: 'POST', body: JSON.stringify({ model: 'fault', messages: hello, ...more }) });
  let text = '';
  try {
    for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
    return { status: response.status, headers: response.headers, text, is_whole: true };
  } catch {
    return { status: response.status, headers: response.headers, text, is_whole: false };
  }
}

const error = (code: string, message = 'leaks') => ({ error: { message: `${message} ${SUPPLIER_KEY}`, type: 'x', code } });
const last = async () => (await scene.listRecords()).at(-1);
const counted = (tokens: unknown) => Number(tokens) > 0;

describe.each([{ stream: false }, { stream: true }])('before the first byte, stream $stream', ({ stream }) => {
  it.each([
    ['400', 400, error('invalid_value'), 400, 'refused_by_supplier', 'unknown', 1],
    ['400 for too long a context', 400, error('context_length_exceeded'), 400, 'context_length_exceeded', 'context_length_exceeded', 1],
    ['401', 401, error('invalid_api_key'), 502, 'authentication_failed', 'authentication_failed', 1],
    ['403', 403, error('permission_denied'), 502, 'permission_denied', 'permission_denied', 1],
    ['404', 404, error('model_not_found'), 404, 'model_not_found', 'model_not_found', 1],
    ['422', 422, '<html>', 400, 'refused_by_supplier', 'unknown', 1],
    ['429', 429, error('rate_limit_exceeded'), 429, 'rate_limit_exceeded', 'rate_limited', 1],
    ['500', 500, error('oops'), 502, 'server_error', 'server_error', 2],
    ['503', 503, '', 503, 'overloaded', 'overloaded', 2],
    ['a redirect', 307, '', 502, 'endpoint_not_found', 'endpoint_not_found', 1],
    ['HTML with 200', 200, '<html>hello', 502, 'invalid_response', 'invalid_response', 1],
    ['nothing with 200', 200, '', 502, 'invalid_response', 'invalid_response', 1],
    ['an error with 200', 200, error('server_error'), 502, 'server_error', 'server_error', 2],
  ])('%s: a clean error, nothing charged, the key nowhere', async (_, status, body, expected, code, kind, tries) => {
    scene.supplier.asked.length = 0;
    const answer = await call({ stream }, (response) => sendJson(response, status, body, { 'retry-after': '-1', location: 'http://127.0.0.1:1/' }));
    expect(answer.status).toBe(expected);
    expect(JSON.parse(answer.text)).toEqual({ error: { message: expect.any(String), type: expect.any(String), param: expect.toSatisfy((param) => param === null || typeof param === 'string'), code } });
    expect(answer.text).not.toMatch(/canary|leaks/);
    expect(scene.supplier.asked).toHaveLength(tries);
    expect(await last()).toMatchObject({ outcome: 'failed', error_kind: kind, input_tokens: '0', output_tokens: '0', cost_nano: null, is_stream: stream });
    expect(await scene.countReservations()).toBe(0);
  });

  it('a socket that is reset: tried once more, then said', async () => {
    const answer = await call({ stream }, (response) => void response.socket?.resetAndDestroy());
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([502, 'connection_failed']);
    expect(await last()).toMatchObject({ outcome: 'failed', attempts: [{}, {}] });
  });
});

describe('in the middle of a stream', () => {
  const begin = (response: ServerResponse) => {
    beginStream(response);
    response.write(writeDelta('Some words that came before it. '));
  };
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['a reset', (response) => setTimeout(() => response.socket?.resetAndDestroy(), 30), 'connection_failed'],
    ['an end without an end marker', (response) => void response.end(), 'connection_failed'],
    ['invalid JSON', (response) => void response.end('data: {"choices":[\n\ndata: [DONE]\n\n'), 'invalid_response'],
    ['a line of 2 MiB', (response) => void response.end(`data: {"choices":[{"delta":{"content":"${'x'.repeat(2 * 1024 * 1024)}"}}]}\n\n`), 'invalid_response'],
    ['an error that echoes the key', (response) => void response.end(`data: ${JSON.stringify(error('server_error'))}\n\ndata: [DONE]\n\n`), 'server_error'],
    ['an error event', (response) => void response.end(`event: error\ndata: ${JSON.stringify(error('overloaded_error'))}\n\n`), 'overloaded'],
    ['a finish that says it broke', (response) => void response.end(`${writeDelta('', 'network_error')}data: [DONE]\n\n`), 'server_error'],
  ])('%s: what came stays, an error follows, the end is none, and what came is charged', async (_, breakOff, code) => {
    const answer = await call({ stream: true }, (response) => (begin(response), breakOff(response)));
    expect(answer).toMatchObject({ status: 200, is_whole: false });
    expect(answer.text).toContain('Some words that came before it.');
    expect(answer.text).not.toMatch(/\[DONE\]|canary/);
    expect(JSON.parse(answer.text.trim().split('\n').at(-1)!.slice('data: '.length))).toMatchObject({ error: { code } });
    expect(await last()).toMatchObject({ outcome: 'interrupted', error_kind: code, estimated: true, input_tokens: expect.toSatisfy(counted), output_tokens: expect.toSatisfy(counted) });
  });

  it('what no client knows stays here: comments, ids, foreign events, half a word’s bytes, and all that follows the end', async () => {
    const bytes = Buffer.from(`\uFEFF: comment\r\nid: 7\nretry: 1\ndata:${writeDelta('中').slice(6)}event: ping\ndata: {"canary":1}\n\n${writeDelta('文', 'stop').replaceAll('\n', '\r')}data: [DONE]\n\ndata: [DONE]\n\n${writeDelta('canary')}`);
    const answer = await call({ stream: true }, async (response) => {
      beginStream(response);
      for (const byte of bytes) {
        response.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(answer).toMatchObject({ status: 200, is_whole: true });
    const lines = answer.text.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => (line.endsWith('[DONE]') ? 'end' : JSON.parse(line.slice(line.indexOf('{'))).choices[0].delta.content))).toEqual(['中', '文', 'end']);
  });

  it.each([
    ['missing', undefined],
    ['negative', { prompt_tokens: -4, completion_tokens: -1 }],
    ['1e30', { prompt_tokens: 1e30, completion_tokens: 1e30 }],
    ['a string', { prompt_tokens: '9', completion_tokens: '9' }],
    ['far below what was counted', { prompt_tokens: 0, completion_tokens: 0 }],
  ])('usage that is %s: our own count, and it says so', async (_, usage) => {
    const answer = await call({ stream: true }, (response) => {
      beginStream(response);
      response.end(`${writeDelta('Ten words or so of which each is one token.', 'stop')}${usage ? writeChunk([], { usage }) : ''}data: [DONE]\n\n`);
    });
    expect(answer.is_whole).toBe(true);
    expect(await last()).toMatchObject({ outcome: 'complete', estimated: true, input_tokens: expect.toSatisfy(counted), output_tokens: expect.toSatisfy((tokens) => Number(tokens) >= 9 && Number(tokens) < 20) });
  });
});

const streams = [...listOwnSamples(), ...listTranscripts()].filter(({ wire, stream }) => wire === 'openai' && stream !== null);

describe('recorded answers', () => {
  it.each(streams)('$name: the client reads what the supplier sent', async ({ stream }) => {
    const sent = stream!.toString();
    const read = (text: string) => text.split(/\r?\n/).filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)) as { error?: unknown });
    const answer = await call({ stream: true, stream_options: { include_usage: true } }, (response) => {
      beginStream(response);
      response.end(stream);
    });
    const [received, original] = [read(answer.text), read(sent)];
    const failed = original.findIndex((chunk) => chunk.error);
    expect(received.filter((chunk) => !chunk.error)).toEqual(failed < 0 ? original : original.slice(0, failed));
    if (failed < 0) expect(answer).toMatchObject({ is_whole: true, text: expect.stringMatching(/data: \[DONE\]\n\n$/) });
  });
});
