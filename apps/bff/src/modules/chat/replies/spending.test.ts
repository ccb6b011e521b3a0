import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { parseEvents } from '../../../../test/read-stream.ts';
import { newId } from '../../../crypto/digest.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { beginStream, startSupplier, SUPPLIER_KEY, writeChunk, writeDelta, type TestSupplier } from '../../gateway/test-supplier.ts';

// 2 USD a million tokens in, 8 out.
const MODEL = 'gpt-4.1';
const OUTPUT_NANO = 8_000;
const base = '/api/v1/chat/conversations';

let app: TestApp;
let supplier: TestSupplier;
let person: TestPerson;
beforeAll(async () => {
  supplier = await startSupplier();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: `127.0.0.1:${supplier.port}` });
});
beforeEach(async () => {
  supplier.answers.clear();
  person = await app.signInAs('tenant_admin', { tenant: 'new' });
  const body = { provider: 'openai', name: 'Scripted', base_url: `${supplier.url}/v1`, api_key: SUPPLIER_KEY, enabled: true, models: [MODEL, 'mystery'] };
  const saved = await app.call('POST', '/api/v1/admin/suppliers', { as: person, body });
  if (saved.status !== 201) throw new Error(JSON.stringify(saved.body));
  supplier.asked.length = 0;
});
afterAll(async () => {
  await app.close();
  await supplier.close();
});

const inTenant = <T>(work: (db: TenantDb) => Promise<T>) => app.context.tenancy.withTenant(person.tenant_id, work);
const addBudget = (limit_nano: number) => inTenant((db) => db.insertInto('budgets').values({ tenant_id: db.tenant_id, id: newId(), name: newId(), scope: 'tenant', period: 'month', limit_nano: String(limit_nano) }).execute());
const converse = async () => String((await app.call('POST', base, { as: person, body: { title: 'Named' } })).body.data.id);
const send = (id: string, more: object = {}) => app.call('POST', `${base}/${id}/replies`, { as: person, body: { content: 'Hello?', model: MODEL, ...more } });
const listMessages = async (id: string) => (await app.call('GET', `${base}/${id}/messages`, { as: person })).body.data.items;
const readPot = () => inTenant((db) => db.selectFrom('budget_pots').select(['spent_nano', 'reserved_nano']).executeTakeFirstOrThrow());
const listRecords = () => inTenant((db) => db.selectFrom('usage_records').select(['outcome', 'cost_nano', 'output_tokens', 'reply_id', 'estimated']).orderBy('created_at').orderBy('id').execute());
const countOpen = () => inTenant(async (db) => (await db.selectFrom('reservations').select('id').execute()).length);

describe('a reply that a budget does not cover', () => {
  it('is refused before anything is sent or written, and says what to do', async () => {
    await addBudget(100 * OUTPUT_NANO);
    const id = await converse();
    const refused = await send(id);
    expect(refused).toMatchObject({ status: 402, body: { error: { code: '3008', details: { reason: 'budget_exceeded', budget_id: expect.any(String), period_end: expect.any(String) } } } });
    expect(refused.body.error.message).toMatch(/next period.*ask/);
    expect([await listMessages(id), supplier.asked, await countOpen(), await listRecords()]).toEqual([[], [], 0, []]);
  });

  it('is refused where nobody knows what the model costs', async () => {
    await addBudget(1e12);
    const refused = await send(await converse(), { model: 'mystery' });
    expect(refused).toMatchObject({ status: 402, body: { error: { details: { reason: 'price_unknown' } } } });
    expect(supplier.asked).toEqual([]);
  });

  it('is let in where its own length says that it fits', async () => {
    await addBudget(100 * OUTPUT_NANO);
    const id = await converse();
    expect((await send(id, { parameters: { max_output_tokens: 90 } })).status).toBe(200);
    expect((await send(id, { parameters: { max_output_tokens: 200 } })).status).toBe(402);
    expect(supplier.asked.map(({ body }) => body.max_completion_tokens ?? body.max_tokens)).toEqual([90]);
  });
});

describe('a reply that a budget bounds', () => {
  it('may be as long as what was granted pays for, and is charged what it used, with its message', async () => {
    await addBudget(16_000 * OUTPUT_NANO);
    const id = await converse();
    expect((await send(id)).status).toBe(200);
    const [cap] = supplier.asked.map(({ body }) => Number(body.max_completion_tokens ?? body.max_tokens));
    expect(cap).toBeGreaterThan(3_900);
    expect(cap).toBeLessThanOrEqual(4_000);
    const [, answer] = await listMessages(id);
    // Nine tokens in, three out.
    expect(answer.usage).toMatchObject({ cost: { amount: '0.000042', currency: 'USD' } });
    expect([await readPot(), await listRecords()]).toMatchObject([{ spent_nano: '42000', reserved_nano: '0' }, [{ outcome: 'complete', cost_nano: '42000' }]]);
  });

  it('is cut off where its supplier does not keep to it, and charged no more than was granted', async () => {
    await addBudget(100 * OUTPUT_NANO);
    supplier.answers.set(MODEL, async (asking, response) => {
      beginStream(response);
      for (let turn = 0; turn < 20_000 && asking.closed_at === null; turn++) {
        response.write(writeDelta('endless words of wisdom '));
        if (turn % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      response.end();
    });
    const id = await converse();
    const events = parseEvents((await send(id, { parameters: { max_output_tokens: 90 } })).body);
    expect(events.at(-1)).toMatchObject({ event: 'end', data: { finish_reason: 'length' } });
    await expect.poll(() => supplier.asked[0]?.closed_at).not.toBeNull();
    const [record] = await listRecords();
    expect(record).toMatchObject({ outcome: 'complete', output_tokens: '90', estimated: true });
    expect(Number(record?.cost_nano)).toBeLessThanOrEqual(100 * OUTPUT_NANO);
    const [, answer] = await listMessages(id);
    expect(Math.round(Number(answer.usage.cost.amount) * 1e9)).toBe(Number(record?.cost_nano));
    expect(await readPot()).toEqual({ spent_nano: record?.cost_nano, reserved_nano: '0' });
  });

  it('is charged no more than was granted where its supplier says that it used more', async () => {
    await addBudget(100 * OUTPUT_NANO);
    supplier.answers.set(MODEL, (_asking, response) => {
      beginStream(response);
      response.end(`${writeDelta('Short.', 'stop')}${writeChunk([], { usage: { prompt_tokens: 9, completion_tokens: 5_000, total_tokens: 5_009 } })}data: [DONE]\n\n`);
    });
    await send(await converse(), { parameters: { max_output_tokens: 90 } });
    const pot = await readPot();
    expect(Number(pot.spent_nano)).toBeLessThanOrEqual(100 * OUTPUT_NANO);
    expect(await listRecords()).toMatchObject([{ cost_nano: pot.spent_nano }]);
  });

  it('costs nothing where its supplier gave nothing', async () => {
    await addBudget(16_000 * OUTPUT_NANO);
    supplier.answers.set(MODEL, (_asking, response) => void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}'));
    await send(await converse());
    expect([await readPot(), await listRecords()]).toMatchObject([{ spent_nano: '0', reserved_nano: '0' }, [{ outcome: 'failed', cost_nano: '0' }]]);
  });
});

it('what is held for a reply that can’t be saved is given back at once', async () => {
  await addBudget(16_000 * OUTPUT_NANO);
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  supplier.answers.set(MODEL, async (_asking, response) => {
    beginStream(response);
    response.write(writeDelta('One '));
    await held;
    response.end(`${writeDelta('two.', 'stop')}data: [DONE]\n\n`);
  });
  const id = await converse();
  const first = send(id);
  await expect.poll(() => supplier.asked.length).toBe(1);
  const second = await send(id);
  expect(second).toMatchObject({ status: 409, body: { error: { details: { reason: 'reply_running' } } } });
  expect(await countOpen()).toBe(1);
  letGo();
  await first;
  expect([await countOpen(), (await listRecords()).length]).toEqual([0, 1]);
});

describe('a title', () => {
  const converseUnnamed = async () => String((await app.call('POST', base, { as: person, body: {} })).body.data.id);

  it('is paid for as a call of its own', async () => {
    await addBudget(16_000 * OUTPUT_NANO);
    await send(await converseUnnamed());
    await expect.poll(async () => (await listRecords()).length).toBe(2);
    const [reply, title] = await listRecords();
    expect([reply?.reply_id === null, title?.reply_id]).toEqual([false, null]);
    expect(await readPot()).toEqual({ spent_nano: String(Number(reply?.cost_nano) + Number(title?.cost_nano)), reserved_nano: '0' });
  });

  it('is not made where a budget refuses it', async () => {
    await addBudget(105 * OUTPUT_NANO);
    supplier.answers.set(MODEL, (_asking, response) => {
      beginStream(response);
      response.end(`${writeDelta('Long.', 'stop')}${writeChunk([], { usage: { prompt_tokens: 9, completion_tokens: 90, total_tokens: 99 } })}data: [DONE]\n\n`);
    });
    const id = await converseUnnamed();
    await send(id, { parameters: { max_output_tokens: 95 } });
    // Refused means asked for, and nothing held after it: the next reply is told the same.
    await expect.poll(async () => (await send(id, { parameters: { max_output_tokens: 95 } })).status).toBe(402);
    expect([supplier.asked.length, (await listRecords()).length]).toEqual([1, 1]);
    expect((await app.call('GET', `${base}/${id}`, { as: person })).body.data.title).toBe('Hello?');
  });
});
