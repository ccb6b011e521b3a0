import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGatewayScene, type GatewayScene } from './test-scene.ts';
import { beginStream, sendJson, writeDelta } from './test-supplier.ts';

let scene: GatewayScene;
beforeAll(async () => {
  scene = await createGatewayScene(['gpt-4.1']);
});
afterAll(() => scene.close());

const hello = [{ role: 'user', content: 'Say hello' }];
const body = (more: object = {}) => JSON.stringify({ model: 'gpt-4.1', messages: hello, ...more });
const ask = (key: string, more: object = {}, init: RequestInit = {}) => scene.ask('/v1/chat/completions', { key, method: 'POST', body: body(more), ...init });
const dollar = 1_000_000_000n;

describe('money', () => {
  it('is charged by the supplier’s figures at the price, with everything that the request log shows', async () => {
    const { person, key } = await scene.addPerson(['gpt-4.1']);
    expect((await ask(key, {}, { headers: { 'x-request-id': 'mine-1' } })).headers.get('x-request-id')).toBe('mine-1');
    await ask(key, { stream: true }).then((response) => response.text());
    const records = await scene.listRecords(person);
    expect(records).toMatchObject([
      { surface: 'gateway', model: 'gpt-4.1', supplier: 'openai', outcome: 'complete', status: 200, error_kind: null, request_id: 'mine-1', is_stream: false, input_tokens: '9', output_tokens: '3', estimated: false, cost_nano: '42000', currency: 'USD', time_to_first_token_ms: null },
      { outcome: 'complete', is_stream: true, cost_nano: '42000', time_to_first_token_ms: expect.any(Number), attempts: [{ supplier: 'openai', model: 'gpt-4.1', error_kind: null }] },
    ]);
    expect(records[0]?.api_key_id).not.toBeNull();
  });

  it('that is spent refuses before the supplier is asked, and a client does not try again', async () => {
    const { person, key } = await scene.addPerson(['gpt-4.1']);
    await scene.addBudget(1_000n, person);
    scene.supplier.asked.length = 0;
    const answer = await ask(key);
    expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([429, 'false']);
    expect(await answer.json()).toMatchObject({ error: { type: 'insufficient_quota', code: 'insufficient_quota', param: null } });
    expect(scene.supplier.asked).toHaveLength(0);
  });

  it('bounds an answer whose length nobody said, by the field that its supplier knows, and leaves one that somebody said', async () => {
    const { person, key } = await scene.addPerson(['gpt-4.1']);
    await scene.addBudget(dollar / 10n, person);
    await ask(key);
    const cap = Number(scene.supplier.asked.at(-1)?.body.max_completion_tokens);
    // A quarter of what is free, at 8 dollars a million.
    expect(cap).toBeGreaterThan(2_900);
    expect(cap).toBeLessThanOrEqual(3_125);
    await ask(key, { max_tokens: 50 });
    expect(scene.supplier.asked.at(-1)?.body).toEqual({ model: 'gpt-4.1', messages: hello, max_tokens: 50 });
  });

  it('is never more than its limit, with 60 callers at once of whom some leave and some are failed', async () => {
    const { person, key } = await scene.addPerson(['gpt-4.1']);
    const limit = dollar / 1_000n;
    await scene.addBudget(limit, person);
    let turn = 0;
    scene.supplier.answers.set('gpt-4.1', async (asking, response) => {
      const at = turn++;
      await new Promise((resolve) => setTimeout(resolve, at % 40));
      if (at % 5 === 0) return sendJson(response, 400, {});
      if (!asking.body.stream) return sendJson(response, 200, { choices: [{ index: 0, message: { role: 'assistant', content: 'word '.repeat(20) }, finish_reason: 'stop' }], usage: { prompt_tokens: 9, completion_tokens: 20 } });
      beginStream(response);
      response.write(writeDelta('word '.repeat(20)));
      if (at % 3 === 0) return void response.socket?.destroy();
      response.end(`${writeDelta('', 'stop')}data: [DONE]\n\n`);
    });
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        // Fewer streams at once than a person may have.
        const leaving = AbortSignal.timeout(at % 7 === 0 ? 15 : 20_000);
        const response = await ask(key, { max_tokens: 20, ...(at % 4 === 0 ? { stream: true } : {}) }, { signal: leaving }).catch(() => null);
        await response?.text().catch(() => '');
        return response?.status ?? 0;
      }),
    );
    scene.supplier.answers.clear();
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
    await expect.poll(() => scene.countReservations(person), { timeout: 10_000 }).toBe(0);
    const [pot] = await scene.readPots(person);
    const sum = (await scene.listRecords(person)).reduce((total, { cost_nano }) => total + BigInt(cost_nano ?? 0), 0n);
    expect(pot).toEqual({ spent_nano: sum.toString(), reserved_nano: '0' });
    expect(sum).toBeLessThanOrEqual(limit);
  });
});

describe('a caller that leaves', () => {
  it.each([
    ['before the supplier has answered', { stream: true }, 0],
    ['before an answer that is not streamed', {}, 0],
    ['in the middle of a stream', { stream: true }, 1],
  ])('%s: its supplier is let go within a second, and what came is charged', async (_, more, pieces) => {
    const { person, key } = await scene.addPerson(['gpt-4.1']);
    scene.supplier.asked.length = 0;
    scene.supplier.answers.set('gpt-4.1', (__, response) => {
      if (pieces === 0) return;
      beginStream(response);
      response.write(writeDelta('Eight words came before the caller had left.'));
    });
    const leaving = new AbortController();
    const asked = ask(key, more, { signal: leaving.signal }).then((response) => response.body?.getReader().read());
    if (pieces > 0) await asked;
    await expect.poll(() => scene.supplier.asked.length).toBe(1);
    const left_at = performance.now();
    leaving.abort();
    await asked.catch(() => undefined);
    await expect.poll(() => scene.supplier.asked[0]?.closed_at, { timeout: 5_000 }).not.toBeNull();
    expect(scene.supplier.asked[0]!.closed_at! - left_at).toBeLessThan(1_000);
    await expect.poll(() => scene.listRecords(person), { timeout: 5_000 }).toHaveLength(1);
    const [record] = await scene.listRecords(person);
    expect(record).toMatchObject({ outcome: 'stopped', error_kind: 'client_gone', maybe_billed: pieces === 0 });
    expect(Number(record?.output_tokens) > 6).toBe(pieces > 0);
    expect(await scene.countReservations(person)).toBe(0);
    scene.supplier.answers.clear();
  });
});
