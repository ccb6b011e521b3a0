import { LOGO_BYTES } from '@lyss/api-types';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArchive, pack, rowsOf, sendArchive, unpack, waitForImport } from '../../../../test/archives.ts';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { pictures } from '../../../../test/pictures.ts';

let app: TestApp;
let admin: TestPerson;
let superuser: Client;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const LOGO = '/api/v1/admin/tenant/logo';
const put = (as: TestPerson, content: string, headers: Record<string, string> = {}) => app.call('PUT', LOGO, { as, body: { content }, headers });
const remove = (as: TestPerson) => app.call('DELETE', LOGO, { as });
const own = async (as: TestPerson) => (await app.call('GET', '/api/v1/admin/tenant', { as })).body.data;
const draw = (as: TestPerson, id: string, headers: Record<string, string> = {}) => app.call('GET', `/api/v1/logos/${id}`, { as, headers });
const limit = (as: TestPerson, storage_bytes: number | null) => app.call('PATCH', `/api/v1/admin/tenants/${as.tenant_id}`, { as: app.owner, body: { limits: { storage_bytes } } });
const sizeOf = (picture: string) => Buffer.from(picture, 'base64').byteLength;

describe('a tenant’s logo', () => {
  it('is what was sent, for the tenant’s people, and told to each of them', async () => {
    const saved = await put(admin, pictures.webp);
    expect(saved.body.data.logo).toMatchObject({ media_type: 'image/webp', width: 32, height: 24, bytes: sizeOf(pictures.webp) });
    const { id } = saved.body.data.logo;
    const drawn = await draw(admin, id);
    expect(Buffer.from(drawn.bytes).toString('base64')).toBe(pictures.webp);
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).body.data.tenant.logo).toEqual({ id, width: 32, height: 24 });
    expect(await app.findAudit(admin.tenant_id, 'tenants.logo_changed')).toMatchObject({ details: { before: { logo: null }, after: { logo: { media_type: 'image/webp', width: 32, bytes: sizeOf(pictures.webp) } } } });
    expect(JSON.stringify((await app.findAudit(admin.tenant_id, 'tenants.logo_changed'))?.details)).not.toContain(pictures.webp);
  });

  it('is kept by browsers for as long as its id lasts, runs nothing, and is no guess of theirs', async () => {
    const { id } = (await put(admin, pictures.png)).body.data.logo;
    const { headers } = await draw(admin, id);
    expect(Object.fromEntries(['etag', 'content-type', 'x-content-type-options', 'cache-control', 'content-security-policy'].map((name) => [name, headers.get(name)]))).toEqual({
      etag: `"${id}"`,
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    });
    const again = await draw(admin, id, { 'if-none-match': `"${id}"` });
    expect([again.status, again.bytes.byteLength, again.headers.get('etag')]).toEqual([304, 0, `"${id}"`]);
    expect((await draw(admin, id, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is nobody else’s, not even with the right tag, and an API key draws nothing', async () => {
    const { id } = (await put(admin, pictures.png)).body.data.logo;
    for (const as of [app.owner, await app.signInAs('tenant_admin', { tenant: 'new' })]) {
      expect((await draw(as, id)).status).toBe(404);
      expect((await draw(as, id, { 'if-none-match': `"${id}"` })).status).toBe(404);
    }
    expect((await app.call('GET', `/api/v1/logos/${id}`)).status).toBe(401);
    const member = await app.signInAs('end_user');
    expect((await put(member, pictures.png)).status).toBe(403);
    const seen = (await put(app.owner, pictures.jpeg)).body.data.logo;
    expect((await draw(member, seen.id)).headers.get('content-type')).toBe('image/jpeg');
  });

  it('is another one with another id: the one before is gone', async () => {
    const before = (await put(admin, pictures.png)).body.data.logo.id;
    const after = (await put(admin, pictures.jpeg)).body.data.logo.id;
    expect(after).not.toBe(before);
    expect([(await draw(admin, before)).status, (await draw(admin, after)).status]).toEqual([404, 200]);
    expect((await superuser.query('select 1 from tenant_logos where tenant_id = $1', [admin.tenant_id])).rowCount).toBe(1);
  });

  it.each([
    ['SVG', pictures.svg, 'logo_not_an_image'],
    ['HTML', pictures.html, 'logo_not_an_image'],
    ['too many bytes', Buffer.concat([Buffer.from(pictures.png, 'base64'), Buffer.alloc(LOGO_BYTES)]).toString('base64'), 'logo_too_large'],
  ])('refuses %s and says why', async (_name, content, code) => {
    const before = (await own(admin)).logo;
    const refused = await put(admin, content);
    expect([refused.status, refused.body.error.details.issues]).toEqual([400, [{ path: 'content', code, message: expect.stringMatching(/picture/) }]]);
    expect((await own(admin)).logo).toEqual(before);
  });

  it('goes with a click, told in the trail, and not twice', async () => {
    await put(admin, pictures.png);
    expect((await remove(admin)).body.data.logo).toBeNull();
    expect(await app.findAudit(admin.tenant_id, 'tenants.logo_removed')).toMatchObject({ details: { before: { logo: { media_type: 'image/png' } } } });
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).body.data.tenant.logo).toBeNull();
    expect((await remove(admin)).status).toBe(404);
  });

  it('counts as a setting: whoever read another version is told so', async () => {
    const { version } = await own(admin);
    expect((await put(admin, pictures.png, { 'if-match': `"${version}"` })).body.data.version).toBe(version + 1);
    expect((await put(admin, pictures.png, { 'if-match': `"${version}"` })).status).toBe(412);
  });

  it('counts as storage, and never twice', async () => {
    const as = await app.signInAs('tenant_admin', { tenant: 'new' });
    const bytes = sizeOf(pictures.png);
    await limit(as, bytes - 1);
    expect((await put(as, pictures.png)).body.error).toMatchObject({ code: '3009', details: { what: 'storage', limit: bytes - 1, used: 0 } });
    await limit(as, bytes);
    expect((await put(as, pictures.png)).status).toBe(200);
    // The one before makes room for the next.
    expect((await put(as, pictures.png)).status).toBe(200);
    expect((await own(as)).used.storage_bytes).toBe(bytes);
    await remove(as);
    expect((await own(as)).used.storage_bytes).toBe(0);
  });
});

describe('an archive', () => {
  it('holds the logo and brings it, in place of the one that was there', async () => {
    const from = await app.signInAs('tenant_admin', { tenant: 'new' });
    await put(from, pictures.webp);
    const files = unpack((await makeArchive(app, from)).bytes);
    expect(rowsOf(files, 'tenant_logos')).toMatchObject([{ media_type: 'image/webp', content: pictures.webp, width: 32 }]);
    const to = await app.signInAs('tenant_admin', { tenant: 'new' });
    await put(to, pictures.png);
    const judged = await sendArchive(app, to, pack(files));
    expect(judged, JSON.stringify(judged.problem)).toMatchObject({ state: 'judged' });
    await app.call('POST', `/api/v1/admin/tenant/imports/${judged.id}/apply`, { as: to });
    expect((await waitForImport(app, to, judged.id)).state).toBe('done');
    const { logo } = await own(to);
    expect(logo.id).not.toBe((await own(from)).logo.id);
    expect(Buffer.from((await draw(to, logo.id)).bytes).toString('base64')).toBe(pictures.webp);
  });

  it('is refused where what it calls a logo is none', async () => {
    const from = await app.signInAs('tenant_admin', { tenant: 'new' });
    await put(from, pictures.png);
    const files = unpack((await makeArchive(app, from)).bytes);
    const [row = {}] = rowsOf(files, 'tenant_logos');
    for (const change of [{ content: pictures.svg, bytes: String(sizeOf(pictures.svg)) }, { media_type: 'image/svg+xml' }, { width: 33 }, { bytes: '1' }]) {
      const forged = new Map(files).set('data/tenant_logos-000001.jsonl', `${JSON.stringify({ ...row, ...change })}\n`);
      const judged = await sendArchive(app, await app.signInAs('tenant_admin', { tenant: 'new' }), pack(forged));
      expect(judged, JSON.stringify(change)).toMatchObject({ state: 'refused', problem: { code: 'invalid_row', file: 'data/tenant_logos-000001.jsonl' } });
    }
  });
});
