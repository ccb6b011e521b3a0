import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openDatabase } from '../../db/database.ts';
import { createTenancy } from '../../db/tenancy.ts';

let app: TestApp;
let stranger: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(() => app.close());

const operator = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  app.call(method, `/api/v1/admin/tenants${path}`, { as: app.owner, headers, ...(body === undefined ? {} : { body }) });
const create = (workspace: string, change: object = {}) => operator('POST', '', { name: workspace, workspace, admin: { email: `admin@${workspace}.example`, name: 'Admin' }, ...change });

describe('the operator', () => {
  it('sees names, states and counts of tenants, and nothing inside them', async () => {
    await app.call('POST', '/api/v1/chat/conversations', { as: stranger, body: { title: 'canary-title-of-a-stranger' } });
    const { body } = await operator('GET', '?sort_by=workspace&sort_order=asc');
    const [first] = body.data.items;
    expect(Object.keys(first).sort()).toEqual(['audit_retention_days', 'created_at', 'currency', 'deletion', 'id', 'last_active_at', 'limits', 'locale', 'month', 'name', 'password_policy', 'require_second_factor', 'retention', 'session_policy', 'state', 'suppliers', 'time_zone', 'updated_at', 'used', 'users_count', 'version', 'workspace']);
    expect(first).toMatchObject({ workspace: 'first', state: 'active', users_count: 1 });
    expect(JSON.stringify(body)).not.toContain('canary');
    for (const path of ['/api/v1/admin/users', '/api/v1/admin/suppliers', '/api/v1/chat/conversations']) {
      const pure = await app.signInAs('super_admin');
      expect((await app.call('GET', path, { as: pure })).status).toBe(403);
    }
  });

  it('makes a tenant with an invited admin, and every default', async () => {
    const made = await create('made');
    expect(made.status).toBe(201);
    expect(made.body.data.tenant).toMatchObject({ locale: 'zh-CN', currency: 'USD', time_zone: 'UTC', users_count: 1, last_active_at: null, version: 1 });
    expect(made.body.data.invitation.url).toMatch(/^http:\/\/localhost:3000\/invitation\/[\w-]{43}$/);
    expect(await app.findAudit(made.body.data.tenant.id, 'tenants.created')).toMatchObject({ details: { after: { workspace: 'made' } } });
    expect(await app.findAudit(made.body.data.tenant.id, 'users.created')).not.toBeNull();
  });

  it('is refused a workspace that is taken, also by five at once, and leaves nothing behind', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('wanted')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.error).toMatchObject({ code: '3005', details: { reason: 'workspace_taken', workspace: 'wanted' } });
    expect((await operator('GET', '?search=wanted&include_total=true')).body.data.pagination.total_items).toBe(1);
  });

  it('is told every bad field at once', async () => {
    const { body } = await create('ok-name', { name: 'bad\u0007', currency: 'usd', time_zone: 'Moon/Base', locale: 'fr', admin: { email: 'x', name: '' } });
    expect(body.error.details.issues.map(({ path }: { path: string }) => path).sort()).toEqual(['admin.email', 'admin.name', 'currency', 'locale', 'name', 'time_zone']);
  });

  it('renames, suspends and resumes, in both trails', async () => {
    const { id, version } = (await create('changing')).body.data.tenant;
    const changed = await operator('PATCH', `/${id}`, { name: 'Changed', state: 'suspended' }, { 'if-match': `"${version}"` });
    expect(changed.body.data).toMatchObject({ name: 'Changed', state: 'suspended', version: version + 1 });
    expect(await app.findAudit(id, 'tenants.updated')).toMatchObject({ details: { before: { name: 'changing', state: 'active' }, after: { name: 'Changed', state: 'suspended' } } });
    expect((await operator('GET', '?state=suspended')).body.data.items).toHaveLength(1);
    expect((await operator('PATCH', `/${id}`, { state: 'active' })).body.data.state).toBe('active');
  });

  it('waits for nobody who only writes rows of the tenant’s, such as an import: suspends and deletes it meanwhile', async () => {
    const { id } = (await create('importing')).body.data.tenant;
    const elsewhere = openDatabase({ app_url: app.database.app_url, max: 1, onError: () => undefined });
    try {
      await createTenancy(elsewhere).withTenant(id, async (db) => {
        await db.insertInto('roles').values({ tenant_id: id, id: crypto.randomUUID(), name: 'Arriving', description: '', permissions: [] }).execute();
        expect((await operator('PATCH', `/${id}`, { state: 'suspended' })).body.data?.state).toBe('suspended');
        expect((await operator('DELETE', `/${id}?name=importing&reason=Closed`)).status).toBeLessThan(300);
      });
    } finally {
      await elsewhere.close();
    }
  });

  it('cannot suspend the tenant that the operator lives in', async () => {
    expect(await operator('PATCH', `/${app.owner.tenant_id}`, { state: 'suspended' })).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'own_tenant' } } } });
    const upper = await operator('PATCH', `/${app.owner.tenant_id.toUpperCase()}`, { state: 'suspended' });
    expect(upper.status).toBe(409);
    expect((await operator('GET', `/${app.owner.tenant_id}`)).body.data.state).toBe('active');
  });

  it('with a stale version gets 412, and a bad one 400', async () => {
    const { id } = (await create('versions')).body.data.tenant;
    expect((await operator('PATCH', `/${id}`, { name: 'One' }, { 'if-match': '"1"' })).status).toBe(200);
    expect(await operator('PATCH', `/${id}`, { name: 'Two' }, { 'if-match': '"1"' })).toMatchObject({ status: 412, body: { error: { code: '3005', details: { version: 2 } } } });
    for (const bad of ['1', 'W/"1"', '*', '""', '"1", "2"', '"99999999999"']) expect((await operator('PATCH', `/${id}`, { name: 'Two' }, { 'if-match': bad })).status).toBe(400);
    expect((await operator('GET', `/${id}`)).body.data.name).toBe('One');
  });

  it('gets 404 for what is not there', async () => {
    const nobody = crypto.randomUUID();
    expect(await operator('GET', `/${nobody}`)).toMatchObject({ status: 404, body: { error: { code: '3001' } } });
    expect(await operator('PATCH', `/${nobody}`, { name: 'X' })).toMatchObject({ status: 404, body: { error: { code: '3001' } } });
  });

  it('searches by letters, not by patterns', async () => {
    await create('percent', { name: '100% sure_thing' });
    const find = async (search: string) => (await operator('GET', `?search=${encodeURIComponent(search)}`)).body.data.items.map(({ workspace }: { workspace: string }) => workspace);
    expect(await find('100%')).toEqual(['percent']);
    expect(await find('e_t')).toEqual(['percent']);
    expect(await find('%e%')).toEqual([]);
    expect(await find('\\')).toEqual([]);
    expect(await find("' or 1=1 --")).toEqual([]);
  });
});

describe('an admin', () => {
  const own = (body: unknown, headers: Record<string, string> = {}) => app.call('PATCH', '/api/v1/admin/tenant', { as: stranger, body, headers });

  it('changes the own tenant’s settings and no other’s', async () => {
    const before = (await operator('GET', `/${app.owner.tenant_id}`)).body.data;
    const changed = await own({ name: 'Ours', locale: 'en-US', currency: 'EUR', time_zone: 'Europe/Berlin' });
    expect(changed.body.data).toMatchObject({ id: stranger.tenant_id, name: 'Ours', currency: 'EUR', time_zone: 'Europe/Berlin' });
    expect(await app.findAudit(stranger.tenant_id, 'tenants.settings_changed')).toMatchObject({ details: { before: { name: expect.any(String), currency: 'USD' }, after: { name: 'Ours', currency: 'EUR' } } });
    expect((await operator('GET', `/${app.owner.tenant_id}`)).body.data).toEqual({ ...before, last_active_at: expect.anything() });
  });

  it('can’t touch state or workspace, and not with a stale version', async () => {
    expect((await own({ state: 'active' })).status).toBe(400);
    expect((await own({ workspace: 'other' })).status).toBe(400);
    expect((await own({ name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await app.call('GET', '/api/v1/admin/tenant', { as: stranger })).body.data.name).toBe('Ours');
  });
});
