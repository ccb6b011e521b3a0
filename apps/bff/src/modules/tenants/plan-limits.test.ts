import type { PlanLimits } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_DATABASE_POOL: '10' });
});
afterAll(() => app.close());

const limit = (person: TestPerson, limits: Partial<PlanLimits>) => app.call('PATCH', `/api/v1/admin/tenants/${person.tenant_id}`, { as: app.owner, body: { limits } });
const invite = (as: TestPerson, name: string) => app.call('POST', '/api/v1/admin/users', { as, body: { email: `${name}@example.com`, name } });
const makeKey = (as: TestPerson) => app.call('POST', '/api/v1/api-keys', { as, body: { name: 'Key', scopes: ['chat.use'] } });
const own = (as: TestPerson) => app.call('GET', '/api/v1/admin/tenant', { as });
const fifty = <T>(work: (number: number) => Promise<T>) => Promise.all(Array.from({ length: 50 }, (_, number) => work(number)));
const statuses = (answers: { status: number }[]) => Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, group]) => [status, group.length]));

/** Again where the server asked for it: 50 at once wait for one another, some beyond their patience. */
async function insist<T extends { status: number }>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await work();
    if (answer.status !== 503) return answer;
  }
}

describe('what a plan allows', () => {
  it('is set by the operator, told in both trails, and shown to the admin with what is used', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect((await own(admin)).body.data).toMatchObject({ limits: { seats: null, api_keys: null, storage_bytes: null, requests_per_minute: null }, used: { seats: 1, api_keys: 0, storage_bytes: 0 } });
    expect((await limit(admin, { seats: 3, requests_per_minute: 600 })).body.data).toMatchObject({ limits: { seats: 3, requests_per_minute: 600, api_keys: null }, used: { seats: 1 } });
    expect(await app.findAudit(admin.tenant_id, 'tenants.updated')).toMatchObject({ details: { before: { limits: { seats: null } }, after: { limits: { seats: 3 } } } });
    expect((await own(admin)).body.data.limits.seats).toBe(3);
    expect((await app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { limits: { seats: 9 } } })).status).toBe(400);
    for (const limits of [{ seats: 0 }, { seats: 1.5 }, { requests_per_minute: 1 }, { storage_bytes: -1 }]) expect((await limit(admin, limits)).status).toBe(400);
    expect((await limit(admin, { seats: null })).body.data.limits).toMatchObject({ seats: null, requests_per_minute: 600 });
  });

  it('holds seats exactly when 50 are invited at once, and tells what and how many', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await limit(admin, { seats: 7 });
    const answers = await fifty((number) => insist(() => invite(admin, `seat-${number}`)));
    expect(statuses(answers)).toEqual({ 201: 6, 409: 44 });
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({ code: '3009', details: { what: 'seats', limit: 7, used: 7 }, message: expect.stringContaining('seats') });
    expect((await own(admin)).body.data.used.seats).toBe(7);
  });

  it('gives a disabled person’s seat to another, and asks for one to enable them again', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await limit(admin, { seats: 2 });
    const { id } = (await invite(admin, 'first-of-two')).body.data.user;
    const change = (status: string) => app.call('PATCH', `/api/v1/admin/users/${id}`, { as: admin, body: { status } });
    expect((await invite(admin, 'one-too-many')).status).toBe(409);
    expect((await change('disabled')).status).toBe(200);
    expect((await invite(admin, 'second-of-two')).status).toBe(201);
    expect((await change('active')).body.error).toMatchObject({ code: '3009', details: { what: 'seats' } });
    // Fewer than are taken: nobody is put out, nobody new comes in.
    await limit(admin, { seats: 1 });
    expect((await own(admin)).status).toBe(200);
    expect((await invite(admin, 'after-it-shrank')).body.error.details).toMatchObject({ limit: 1, used: 2 });
  });

  it('holds API keys exactly when 50 are made at once; a revoked one makes room', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await limit(admin, { api_keys: 4 });
    const answers = await fifty(() => insist(() => makeKey(admin)));
    expect(statuses(answers)).toEqual({ 201: 4, 409: 46 });
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({ code: '3009', details: { what: 'api_keys', limit: 4, used: 4 } });
    const { id } = answers.find(({ status }) => status === 201)?.body.data ?? {};
    await app.call('DELETE', `/api/v1/api-keys/${id}`, { as: admin });
    expect((await makeKey(admin)).status).toBe(201);
  });

  it('counts an archive on its way in, from its announcement to its end', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const imports = '/api/v1/admin/tenant/imports';
    const announce = (bytes: number) => app.call('POST', imports, { as: admin, body: { file_name: 'a.tar.gz', bytes, sha256: '0'.repeat(64) } });
    const used = async () => (await own(admin)).body.data.used.storage_bytes;
    await limit(admin, { storage_bytes: 1_000 });
    expect((await announce(1_001)).body.error).toMatchObject({ code: '3009', details: { what: 'storage', limit: 1_000 } });
    const { id } = (await announce(3)).body.data;
    expect(await used()).toBe(3);
    await limit(admin, { storage_bytes: 3 });
    expect((await app.call('POST', '/api/v1/admin/audit-logs/exports', { as: admin, body: { format: 'csv' } })).body.error).toMatchObject({ code: '3009' });
    await app.call('PUT', `${imports}/${id}/pieces`, { as: admin, body: { number: 0, content: 'YWJj' } });
    await expect.poll(async () => (await app.call('GET', `${imports}/${id}`, { as: admin })).body.data.state).toBe('refused');
    expect(await used()).toBe(0);
  });

  it('refuses a file where storage is full, and ends one that outgrows it', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const start = () => app.call('POST', '/api/v1/admin/audit-logs/exports', { as: admin, body: { format: 'jsonl' } });
    await limit(admin, { storage_bytes: 0 });
    expect((await start()).body.error).toMatchObject({ code: '3009', details: { what: 'storage', limit: 0 } });
    await limit(admin, { storage_bytes: 10 });
    const { id } = (await start()).body.data;
    const read = async () => (await app.call('GET', `/api/v1/admin/audit-logs/exports/${id}`, { as: admin })).body.data;
    for (let tries = 0; tries < 100 && (await read()).state !== 'failed'; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await read()).toMatchObject({ state: 'failed', failure: 'storage_full', bytes: 0 });
  });

  it('lets exactly so many requests a minute through of 50 at once, and another tenant’s all the same', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const other = await app.signInAs('tenant_admin', { tenant: 'new' });
    await limit(admin, { requests_per_minute: 12 });
    const answers = await fifty(() => insist(() => app.call('GET', '/api/v1/auth/me', { as: admin })));
    expect(statuses(answers)).toEqual({ 200: 12, 429: 38 });
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.error).toMatchObject({ code: '1005', details: { what: 'requests_per_minute', limit: 12 } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await own(other)).status).toBe(200);
    await limit(admin, { requests_per_minute: null });
    for (let tries = 0; tries < 50 && (await own(admin)).status !== 200; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await own(admin)).status).toBe(200);
  });
});

describe('what the operator sees of a tenant', () => {
  it('is its suppliers’ health and this month’s requests, tokens and cost by currency, from its usage records', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const usage = (created_at: string, cost_nano: string | null, currency: string | null) => ({
      ...{ tenant_id: admin.tenant_id, id: newId(), user_id: admin.user_id, model: 'm', supplier: 's', input_tokens: 10, output_tokens: 5, cached_tokens: 0, reasoning_tokens: 0 },
      ...{ estimated: false, cost_nano, currency, outcome: 'complete', duration_ms: 1, request_id: 'r', created_at },
    });
    const now = new Date().toISOString();
    const read = async () => (await app.call('GET', `/api/v1/admin/tenants/${admin.tenant_id}`, { as: app.owner })).body.data;
    expect((await read()).month).toMatchObject({ requests: 0, input_tokens: 0, output_tokens: 0, costs: [] });
    await app.context.tenancy.withTenant(admin.tenant_id, async (db) => {
      const rows = [usage(now, '1375000', 'USD'), usage(now, '2000000000', 'USD'), usage(now, '5', 'EUR'), usage(now, null, null), usage(now, null, 'GBP'), usage('2020-01-01T00:00:00.000Z', '9', 'USD')];
      await db.insertInto('usage_records').values(rows).execute();
    });
    const { month, suppliers } = await read();
    expect(month).toEqual({ since: `${now.slice(0, 7)}-01T00:00:00.000Z`, requests: 5, input_tokens: 50, output_tokens: 25, costs: [{ amount: '0.000000005', currency: 'EUR' }, { amount: '2.001375', currency: 'USD' }] });
    const { healthy, failing, untested } = suppliers;
    expect([healthy + untested, failing]).toEqual([1, 0]);
    const listed = await app.call('GET', `/api/v1/admin/tenants?search=${admin.workspace}`, { as: app.owner });
    expect(listed.body.data.items[0].month).toEqual(month);
  });
});
