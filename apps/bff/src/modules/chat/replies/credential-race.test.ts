import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../../test/app.ts';
import { newId } from '../../../crypto/digest.ts';

let app: TestApp;
let admin: pg.Client;
beforeAll(async () => {
  app = await createTestApp();
  admin = new pg.Client({ connectionString: app.database.superuser_url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await app.close();
});

const base = '/api/v1/chat/conversations';
const newConversation = async () => String((await app.call('POST', base, { as: app.owner, body: {} })).body.data.id);
const send = (id: string) => app.call('POST', `${base}/${id}/replies`, { as: app.owner, body: { content: 'demo:echo hello', model: 'lyss-demo' } });
const listReplies = async (id: string) =>
  (await admin.query<{ tenant_id: string; credential_id: string | null }>('select tenant_id, credential_id from replies where conversation_id = $1', [id])).rows;
const listCredentials = async () => (await admin.query<{ id: string }>('select id from supplier_credentials')).rows.map(({ id }) => id);

/** Sends a message while the credentials are being removed: the send has read them, and waits for the removal's end. */
async function sendDuringRemoval(id: string, removed: string[]) {
  await admin.query('begin');
  await admin.query('delete from supplier_credentials where id = any ($1)', [removed]);
  const answer = send(id);
  const isWaiting = async () => (await admin.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount;
  await expect.poll(isWaiting, { timeout: 10_000 }).toBe(1);
  await admin.query('commit');
  return answer;
}

describe('a credential that is removed while a message is sent', () => {
  it('is replaced by another that serves the model, and a removed one leaves its replies', async () => {
    const id = await newConversation();
    const before = await newConversation();
    expect((await send(before)).status).toBe(200);
    const [first = ''] = await listCredentials();
    expect(await listReplies(before)).toEqual([{ tenant_id: app.owner.tenant_id, credential_id: first }]);
    const second = newId();
    await admin.query(
      `insert into supplier_credentials (tenant_id, id, provider, name, base_url, models)
       select tenant_id, $1, provider, 'Another', base_url, models from supplier_credentials where id = $2`,
      [second, first],
    );
    expect((await sendDuringRemoval(id, [first])).status).toBe(200);
    expect(await listReplies(id)).toEqual([{ tenant_id: app.owner.tenant_id, credential_id: second }]);
    expect(await listReplies(before)).toEqual([{ tenant_id: app.owner.tenant_id, credential_id: null }]);
  });

  it('refuses the message where none serves the model any more, and writes nothing', async () => {
    const id = await newConversation();
    const answer = await sendDuringRemoval(id, await listCredentials());
    expect([answer.status, answer.body.error.code]).toEqual([404, '3007']);
    expect((await app.call('GET', `${base}/${id}/messages`, { as: app.owner })).body.data.items).toEqual([]);
    expect(await listReplies(id)).toEqual([]);
  });
});
