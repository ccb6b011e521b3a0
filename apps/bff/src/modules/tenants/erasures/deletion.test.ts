import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { startSlowReply } from '../../../../test/contract-scene.ts';
import { createEraser } from './erase.job.ts';

let app: TestApp;
let client: Client;
beforeAll(async () => {
  app = await createTestApp();
  client = new Client({ connectionString: app.database.superuser_url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await app.close();
});

const nameOf = async (id: string) => (await operator('GET', `/${id}`)).body.data.name as string;
const operator = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  app.call(method, `/api/v1/admin/tenants${path}`, { as: app.owner, headers, ...(body === undefined ? {} : { body }) });
const askDeletion = async ({ tenant_id }: TestPerson, reason = 'The contract ended') =>
  operator('DELETE', `/${tenant_id}?${new URLSearchParams({ name: await nameOf(tenant_id), reason })}`);
const signIn = ({ email, workspace }: TestPerson) => app.call('POST', '/api/v1/auth/login', { body: { email, password: PASSWORD, workspace } });
const me = (as: TestPerson) => app.call('GET', '/api/v1/auth/me', { as });
const letDayCome = ({ tenant_id }: TestPerson) => client.query(`update tenant_erasures set due_at = now() - interval '1 second' where id = $1`, [tenant_id]);

/** Rows by table of everything that names this tenant, whoever may see it. */
async function countRows(tenant_id: string): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const counted = await client.query<{ count: string }>(`select count(*) from ${name} where tenant_id = $1`, [tenant_id]);
    if (counted.rows[0]?.count !== '0') counts[name] = Number(counted.rows[0]?.count);
  }
  return counts;
}

async function furnish(as: TestPerson): Promise<void> {
  const model = (await app.call('GET', '/api/v1/models', { as })).body.data.items[0].name;
  const { id } = (await app.call('POST', '/api/v1/chat/conversations', { as, body: { title: 'canary-title' } })).body.data;
  for (const content of ['demo:echo one', 'demo:echo two']) await app.call('POST', `/api/v1/chat/conversations/${id}/replies`, { as, body: { content, model } });
  await app.call('POST', '/api/v1/api-keys', { as, body: { name: 'Key', scopes: ['chat.use'] } });
  const role = await app.call('POST', '/api/v1/admin/roles', { as, body: { name: 'Auditor', permissions: ['audit.read'] } });
  await app.call('POST', '/api/v1/admin/users', { as, body: { email: 'canary-person@example.com', name: 'Canary Person', role_ids: [role.body.data.id] } });
  await app.call('POST', '/api/v1/admin/audit-logs/exports', { as, body: { format: 'jsonl' } });
}

describe('deleting a tenant', () => {
  it('asks for its name, a reason, and the version that was seen', async () => {
    const { tenant_id } = await app.signInAs('tenant_admin', { tenant: 'new' });
    const wrong = await operator('DELETE', `/${tenant_id}?name=Other&reason=Closed`);
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'name', code: 'name_differs' }] } } } });
    expect((await operator('DELETE', `/${tenant_id}?name=${encodeURIComponent(await nameOf(tenant_id))}`)).status).toBe(400);
    expect((await operator('DELETE', `/${tenant_id}?name=x&reason=y`, undefined, { 'if-match': '"9"' })).status).toBe(412);
    expect((await operator('GET', `/${tenant_id}`)).body.data).toMatchObject({ state: 'active', deletion: null });
  });

  it('shuts it at once, and taking it back makes it what it was', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const asked = await askDeletion(admin);
    expect(asked).toMatchObject({ status: 202, body: { data: { state: 'deleting', deletion: { reason: 'The contract ended', is_begun: false, rows_removed: 0 } } } });
    const { asked_at, due_at } = asked.body.data.deletion;
    expect(Date.parse(due_at) - Date.parse(asked_at)).toBe(7 * 86_400_000);
    expect((await me(admin)).status).toBe(401);
    expect((await signIn(admin)).body.error).toMatchObject({ code: '3006', details: { reason: 'tenant_suspended' } });
    for (const state of ['active', 'suspended']) expect((await operator('PATCH', `/${admin.tenant_id}`, { state })).body.error.details.reason).toBe('tenant_deleting');
    expect((await askDeletion(admin)).body.error.details.reason).toBe('tenant_deleting');
    expect(await operator('POST', `/${admin.tenant_id}/cancel-deletion`)).toMatchObject({ status: 200, body: { data: { state: 'active', deletion: null } } });
    expect((await signIn(admin)).status).toBe(200);
    expect((await operator('POST', `/${admin.tenant_id}/cancel-deletion`)).body.error.details.reason).toBe('not_deleting');
  });

  it('taken back leaves a suspended one suspended', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await operator('PATCH', `/${admin.tenant_id}`, { state: 'suspended' });
    await askDeletion(admin);
    expect((await operator('POST', `/${admin.tenant_id}/cancel-deletion`)).body.data.state).toBe('suspended');
  });

  it('ends its open streams and running replies within a second or two', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const model = (await app.call('GET', '/api/v1/models', { as: admin })).body.data.items.find(({ demo }: { demo: boolean }) => demo).name;
    const { id } = (await app.call('POST', '/api/v1/chat/conversations', { as: admin, body: { title: 'x' } })).body.data;
    const reply_id = await startSlowReply(app, admin, id, model);
    const stream = app.call('GET', `/api/v1/chat/replies/${reply_id}/events`, { as: admin });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const begun = Date.now();
    await askDeletion(admin);
    await stream;
    expect(Date.now() - begun).toBeLessThan(1_000);
    const status = async () => (await client.query<{ status: string }>('select status from replies where id = $1', [reply_id])).rows[0]?.status;
    for (let tries = 0; tries < 60 && (await status()) === 'running'; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await status()).toBe('stopped');
  });

  it('is refused for the operator’s own tenant, in any spelling of its id', async () => {
    const id = app.owner.tenant_id;
    for (const path of [id, id.toUpperCase()]) expect((await operator('DELETE', `/${path}?name=First&reason=x`)).body.error.details.reason).toBe('own_tenant');
  });

  it('is nothing that an admin may do', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect((await app.call('DELETE', `/api/v1/admin/tenants/${admin.tenant_id}?name=x&reason=y`, { as: admin })).status).toBe(403);
  });
});

describe('the day a tenant is gone', () => {
  const newEraser = (at_once: number, onFailure = (_id: string, error: unknown) => void failures.push(error)) =>
    createEraser({ tenancy: app.context.tenancy, instance_id: crypto.randomUUID(), at_once, onFailure });
  const failures: unknown[] = [];

  it('nothing is erased before it', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await askDeletion(admin);
    const before = await countRows(admin.tenant_id);
    await newEraser(5).run();
    expect((await countRows(admin.tenant_id))['data_keys']).toBe(before['data_keys']);
    const erase = () => app.context.tenancy.withTenant(admin.tenant_id, (db) => db.selectNoFrom((is) => is.fn<number>('erase_tenant_rows', [is.val('users'), is.val(1)]).as('n')).execute());
    await expect(erase()).rejects.toMatchObject({ code: '42501' });
  });

  it('its keys go first; whoever takes it up after a crash ends it, with every row of it counted in the certificate', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const other = await app.signInAs('tenant_admin', { tenant: 'new' });
    await furnish(admin);
    await furnish(other);
    await askDeletion(admin);
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // the sealer's turn: what it adds is counted too
    const rows = await countRows(admin.tenant_id);
    const untouched = await countRows(other.tenant_id);
    expect(Object.keys(rows).length).toBeGreaterThanOrEqual(16);
    await letDayCome(admin);
    // A replica that dies after its second step: its lease lapses.
    const dying = newEraser(7);
    const running = dying.run();
    while ((await countRows(admin.tenant_id))['data_keys'] !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    dying.stop();
    await running;
    const half = (await operator('GET', `/${admin.tenant_id}`)).body.data.deletion;
    if (half) expect(half).toMatchObject({ is_begun: true });
    if (half) expect((await operator('POST', `/${admin.tenant_id}/cancel-deletion`)).body.error.details.reason).toBe('deletion_begun');
    await client.query(`update tenant_erasures set lease_until = now() - interval '1 second'`);
    await Promise.all([newEraser(7).run(), newEraser(7).run()]);
    expect(failures).toEqual([]);
    expect(await countRows(admin.tenant_id)).toEqual({});
    expect((await operator('GET', `/${admin.tenant_id}`)).status).toBe(404);
    expect((await client.query('select 1 from tenant_erasures where id = $1', [admin.tenant_id])).rows).toEqual([]);
    const [certificate, ...more] = (await app.call('GET', `/api/v1/admin/platform-audit-logs?action=tenants.erased&resource_id=${admin.tenant_id}`, { as: app.owner })).body.data.items;
    expect(more).toEqual([]);
    expect(certificate).toMatchObject({ actor: null, details: { workspace: admin.workspace, asked_by: app.owner.user_id, reason: 'The contract ended', rows, key_ids: [expect.any(String)] } });
    expect(JSON.stringify(certificate)).not.toMatch(/canary|Person|@/i);
    expect({ ...(await countRows(other.tenant_id)), audit_seals: 0 }).toEqual({ ...untouched, audit_seals: 0 });
    expect((await me(other)).status).toBe(200);
    // Its workspace's name is free again.
    const again = { name: 'Again', workspace: admin.workspace, admin: { email: 'again@example.com', name: 'Again' } };
    expect((await operator('POST', '', again)).status).toBe(201);
  });
});
