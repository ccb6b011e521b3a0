import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

// What somebody may do is known for 0.8 s at most, where no notice comes sooner.
const settled = () => new Promise((resolve) => setTimeout(resolve, 900));

/** Sends a call whose body's second half comes only after `meanwhile` is done. */
async function sendSlowly(as: TestPerson, method: string, path: string, body: object, meanwhile: () => Promise<unknown>): Promise<Response> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const half = Math.floor(bytes.length / 2);
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent++ === 0) return controller.enqueue(bytes.slice(0, half));
      await meanwhile();
      await settled();
      controller.enqueue(bytes.slice(half));
      controller.close();
    },
  }, { highWaterMark: 0 });
  const headers = { authorization: `Bearer ${as.access_token}`, 'content-type': 'application/json' };
  // Node asks for `duplex` with a stream; the DOM's types don't have it.
  return app.app.request(`${ORIGIN}${path}`, { method, headers, body: stream, duplex: 'half' } as RequestInit);
}
const patch = (id: string, body: object) => app.call('PATCH', `/api/v1/admin/users/${id}`, { as: app.owner, body });

describe('a call whose body takes its time', () => {
  it('does nothing any more once its person is disabled, not even for themselves', async () => {
    const admin = await app.signInAs('tenant_admin');
    const back = await sendSlowly(admin, 'PATCH', `/api/v1/admin/users/${admin.user_id}`, { status: 'active' }, () => patch(admin.user_id, { status: 'disabled' }));
    expect(back.status).toBe(401);
    expect((await app.call('GET', `/api/v1/admin/users/${admin.user_id}`, { as: app.owner })).body.data.status).toBe('disabled');
  });

  it('nor once they signed out, or may no longer do it', async () => {
    const one = await app.signInAs('tenant_admin');
    const invited = { email: 'slow@example.com', name: 'Slow', roles: ['tenant_admin'] };
    const signOut = () => app.call('POST', '/api/v1/auth/logout', { as: one });
    expect((await sendSlowly(one, 'POST', '/api/v1/admin/users', invited, signOut)).status).toBe(401);
    const two = await app.signInAs('end_user');
    const demote = async () => app.context.tenancy.withTenant(two.tenant_id, (db) => db.updateTable('users').set({ roles: [] }).where('id', '=', two.user_id).execute());
    const talk = sendSlowly(two, 'POST', '/api/v1/chat/conversations', { title: 'Late' }, demote);
    expect((await talk).status).toBe(403);
    const list = await app.call('GET', '/api/v1/admin/users?search=slow@', { as: app.owner });
    expect(list.body.data.items).toEqual([]);
  });

  it('takes no stream’s place while it comes', async () => {
    const member = await app.signInAs('end_user');
    const { body: models } = await app.call('GET', '/api/v1/models', { as: member });
    const { body } = await app.call('POST', '/api/v1/chat/conversations', { as: member, body: {} });
    let open = -1;
    const look = async () => void (open = app.context.doors.open_streams.count());
    const answer = await sendSlowly(member, 'POST', `/api/v1/chat/conversations/${body.data.id}/replies`, { content: 'demo:echo', model: models.data.items[0].name }, look);
    expect([answer.status, open]).toEqual([200, 0]);
    await answer.body?.cancel();
  });
});
