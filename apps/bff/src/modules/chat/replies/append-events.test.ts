import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../../test/app.ts';
import { newId } from '../../../crypto/digest.ts';
import { openNotices, type Notices } from '../../../db/notices.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { appendEvents, insertReply } from './repository.ts';

let app: TestApp;
let notices: Notices;
const instance_id = newId();
const heard: string[] = [];
beforeAll(async () => {
  app = await createTestApp();
  // Another process: it lives, it makes the replies of this file, and it hears what is said.
  notices = await openNotices({ app_url: app.database.app_url, instance_id, onNotice: (payload) => heard.push(payload), onError: () => undefined });
});
afterAll(async () => {
  await notices.close();
  await app.close();
});

const inTenant = <T>(work: (db: TenantDb) => Promise<T>) => app.context.tenancy.withTenant(app.owner.tenant_id, work);

async function insertReplies(count: number): Promise<string[]> {
  const conversation_id = String((await app.call('POST', '/api/v1/chat/conversations', { as: app.owner, body: {} })).body.data.id);
  const fixed = { conversation_id, user_id: app.owner.user_id, model: 'm', supplier: 'demo', credential_id: null, price: null, request_id: 'r', instance_id };
  const ids = Array.from({ length: count }, () => newId());
  await inTenant(async (db) => {
    for (const id of ids) await insertReply(db, { ...fixed, id, message_id: newId() }, null);
  });
  return ids;
}
const eventsOf = (ids: string[], seqs = [1, 2, 3]) => ids.flatMap((reply_id) => seqs.map((seq) => ({ reply_id, seq, event: 'text', data: { delta: 'x' } })));
const listHeard = () => heard.filter((payload) => payload.startsWith('log:')).map((payload) => payload.slice('log:'.length).split(','));

describe('appending to logs', () => {
  it('says once a batch which replies have news, in notices that PostgreSQL takes', async () => {
    heard.length = 0;
    const ids = await insertReplies(450);
    await inTenant((db) => appendEvents(db, eventsOf(ids)));
    await expect.poll(() => listHeard().flat().sort(), { timeout: 10_000 }).toEqual([...ids].sort());
    expect(listHeard()).toHaveLength(3);
    for (const payload of heard) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
  });

  it('says nothing of what was not committed, and says it again with what is written again', async () => {
    const [lost = '', kept = ''] = await insertReplies(2);
    heard.length = 0;
    await expect(inTenant((db) => appendEvents(db, eventsOf([lost])).then(() => Promise.reject(new Error('taken back'))))).rejects.toThrow('taken back');
    await inTenant((db) => appendEvents(db, eventsOf([kept])));
    await inTenant((db) => appendEvents(db, eventsOf([kept], [3, 4]), true));
    await expect.poll(() => listHeard(), { timeout: 10_000 }).toEqual([[kept], [kept]]);
  });
});
