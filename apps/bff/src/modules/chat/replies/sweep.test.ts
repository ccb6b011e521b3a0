import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { parseEvents } from '../../../../test/read-stream.ts';
import { newId } from '../../../crypto/digest.ts';
import { createLedger } from '../../ledger/ledger.ts';
import { settleWithin } from '../../ledger/repository.ts';
import { appendEvents, insertReply, insertUserMessage } from './repository.ts';
import { createSweeper, removeExpiredLogs } from './sweep.job.ts';

let app: TestApp;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  member = await app.signInAs('end_user');
});
afterAll(() => app.close());

/** A reply as a process that was killed leaves it: running, with what it had committed. */
async function leaveReply(words: string[], instance_id = newId()): Promise<{ conversation_id: string; reply_id: string }> {
  const conversation_id = String((await app.call('POST', '/api/v1/chat/conversations', { as: member, body: {} })).body.data.id);
  const question_id = newId();
  const reply = {
    ...{ id: newId(), message_id: newId(), conversation_id, user_id: member.user_id, model: 'lyss-demo', supplier: 'demo' },
    ...{ credential_id: null, price: { input: '2', output: '8', cached_input: null, currency: 'USD' }, request_id: 'test', instance_id },
  };
  await createLedger(app.context.tenancy, instance_id).reserve(member.tenant_id, {
    ...{ ...reply, surface: 'chat', api_key_id: null, reply_id: reply.id, workflow: null, route: null, supplier_model: 'lyss-demo', is_stream: true },
    ...{ currency: 'USD', amount_nano: 1_000_000n, least_nano: null, input_tokens: 10 },
  });
  await app.context.tenancy.withTenant(member.tenant_id, async (db) => {
    await insertUserMessage(db, { id: question_id, conversation_id, parent_id: null, content: [{ type: 'text', text: 'hello?' }] });
    await insertReply(db, reply, question_id);
    await appendEvents(db, words.map((delta, index) => ({ reply_id: reply.id, seq: index + 1, event: 'text', data: { delta } })));
  });
  return { conversation_id, reply_id: reply.id };
}

const createSweep = (isGone: boolean, instance_id = newId()) =>
  createSweeper({
    ...{ tenancy: app.context.tenancy, instance_id, isGone: async () => isGone, runsHere: () => false, settleWithin },
    ...{ stop: () => undefined, publish: () => undefined },
    onFailure: (_reply_id, error) => {
      throw error;
    },
  });
const sweep = (isGone: boolean) => createSweep(isGone).sweep();
const answerOf = async (id: string) => (await app.call('GET', `/api/v1/chat/conversations/${id}/messages`, { as: member })).body.data.items[1];

describe('the sweeper', () => {
  it('ends a dead process’s reply as interrupted, with every committed word, charged once', async () => {
    const { conversation_id, reply_id } = await leaveReply(['The ', 'text ', 'so far']);
    expect(await sweep(true)).toBe(1);
    expect(await sweep(true)).toBe(0);
    const answer = await answerOf(conversation_id);
    expect(answer).toMatchObject({ status: 'interrupted', finish_reason: 'error', content: [{ type: 'text', text: 'The text so far' }], error: { code: '5004' } });
    expect(answer.usage).toMatchObject({ estimated: true, cost: { currency: 'USD' } });
    const events = parseEvents((await app.call('GET', `/api/v1/chat/replies/${reply_id}/events`, { as: member })).body);
    expect(events.map(({ event }) => event)).toEqual(['text', 'text', 'text', 'usage', 'error', 'end']);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    const records = await app.context.tenancy.withTenant(member.tenant_id, (db) => db.selectFrom('usage_records').select(['outcome', 'surface', 'maybe_billed']).where('reply_id', '=', reply_id).execute());
    expect(records).toEqual([{ outcome: 'interrupted', surface: 'chat', maybe_billed: false }]);
  });

  it('charges nothing for a reply that had said nothing', async () => {
    const { conversation_id, reply_id } = await leaveReply([]);
    await sweep(true);
    expect(await answerOf(conversation_id)).toMatchObject({ status: 'interrupted', usage: null, content: [] });
    const records = await app.context.tenancy.withTenant(member.tenant_id, (db) => db.selectFrom('usage_records').select(['outcome', 'cost_nano', 'maybe_billed']).where('reply_id', '=', reply_id).execute());
    expect(records).toEqual([{ outcome: 'interrupted', cost_nano: '0', maybe_billed: true }]);
  });

  it('leaves the replies of a living process alone', async () => {
    const { conversation_id } = await leaveReply(['x']);
    expect(await sweep(false)).toBe(0);
    expect(await answerOf(conversation_id)).toMatchObject({ status: 'running' });
    await sweep(true);
  });

  it('ends a reply that its own living process has lost hold of, in the second turn', async () => {
    const instance_id = newId();
    const { conversation_id } = await leaveReply(['lost'], instance_id);
    const own = createSweep(false, instance_id);
    expect(await own.sweep()).toBe(0);
    expect(await own.sweep()).toBe(1);
    expect(await answerOf(conversation_id)).toMatchObject({ status: 'interrupted', content: [{ type: 'text', text: 'lost' }] });
  });

  it('removes a log a day after its reply’s end; the message stays', async () => {
    const { conversation_id, reply_id } = await leaveReply(['kept']);
    await sweep(true);
    await removeExpiredLogs(app.context.tenancy);
    expect((await app.call('GET', `/api/v1/chat/replies/${reply_id}/events`, { as: member })).status).toBe(200);
    await app.context.tenancy.withTenant(member.tenant_id, (db) => db.updateTable('replies').set({ ended_at: sql`now() - interval '25 hours'` }).where('id', '=', reply_id).execute());
    await removeExpiredLogs(app.context.tenancy);
    expect((await app.call('GET', `/api/v1/chat/replies/${reply_id}/events`, { as: member })).status).toBe(404);
    expect(await answerOf(conversation_id)).toMatchObject({ content: [{ type: 'text', text: 'kept' }] });
  });
});
