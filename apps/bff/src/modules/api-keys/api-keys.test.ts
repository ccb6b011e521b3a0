import type { ShownApiKey } from '@lyss/api-types';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { sha256Hex } from '../../crypto/digest.ts';
import { removeLongEndedKeys } from './remove-ended.job.ts';
import { callWith, changeKey, makeKey, removeKey, rotate } from './test-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const list = async (query = '', as = app.owner) => (await app.call('GET', `/api/v1/api-keys?page_size=100&${query}`, { as })).body.data.items as ShownApiKey[];
const statusOf = async (key: string) => (await callWith(app, key, 'GET', '/api/v1/auth/me')).status;
const YEAR_MS = 365 * 86_400_000;

describe('a person’s keys', () => {
  it('are made, listed, changed and revoked, each with its trail; the key itself is in one answer', async () => {
    const expires_at = new Date(Date.now() + YEAR_MS).toISOString();
    const { key, ...made } = await makeKey(app, app.owner, { name: 'Nightly', scopes: ['chat.use', 'users.read'], models: ['m-1'], expires_at, allowed_networks: ['10.1.2.3/8'] });
    expect(made).toMatchObject({ name: 'Nightly', scopes: ['users.read', 'chat.use'], models: ['m-1'], expires_at, allowed_networks: ['10.0.0.0/8'], status: 'active', last_used_at: null, rotated_at: null, overlap_ends_at: null, revoked_at: null, version: 1 });
    expect(await list('search=nightly')).toEqual([made]);
    expect((await app.call('GET', `/api/v1/api-keys/${made.id}`, { as: app.owner })).body.data).toEqual(made);
    expect(await app.findAudit(app.owner.tenant_id, 'api_keys.created')).toMatchObject({ resource_id: made.id, details: { after: { name: 'Nightly', hint: made.hint } } });
    const changed = await changeKey(app, app.owner, made.id, { name: 'Hourly', models: null, expires_at: null, allowed_networks: [] }, 1);
    expect(changed.body.data).toEqual({ ...made, name: 'Hourly', models: null, expires_at: null, allowed_networks: [], updated_at: expect.any(String), version: 2 });
    expect(await app.findAudit(app.owner.tenant_id, 'api_keys.updated')).toMatchObject({ details: { before: { name: 'Nightly', models: ['m-1'] }, after: { name: 'Hourly', models: null, scopes: ['users.read', 'chat.use'] } } });
    expect(await changeKey(app, app.owner, made.id, { name: 'X' }, 1)).toMatchObject({ status: 412, body: { error: { details: { version: 2 } } } });
    expect((await removeKey(app, app.owner, made.id)).status).toBe(204);
    expect(await list('status=revoked&search=hourly')).toMatchObject([{ id: made.id, status: 'revoked', revoked_at: expect.any(String) }]);
    expect(await list(`status=active&search=${made.hint.slice(-4)}`)).toEqual([]);
    expect(await app.findAudit(app.owner.tenant_id, 'api_keys.revoked')).toMatchObject({ resource_id: made.id, details: { before: { name: 'Hourly', user_id: app.owner.user_id } } });
    expect(key).toMatch(/^lyss_/);
  });

  it('end within two years or never', async () => {
    const make = (expires_at: unknown) => app.call('POST', '/api/v1/api-keys', { as: app.owner, body: { name: 'E', scopes: ['chat.use'], expires_at } });
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    expect((await make(at(2 * YEAR_MS))).status).toBe(201);
    const coded = async (expires_at: unknown) => (await make(expires_at)).body.error.details.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
    expect(await coded(at(-1))).toEqual(['expires_at expires_in_past']);
    expect(await coded(at(2.1 * YEAR_MS))).toEqual(['expires_at expires_too_late']);
    for (const odd of ['2027-01-01', '2027-01-01T00:00:00Z', 'never', 1_800_000_000, '', '+275760-09-13T00:00:00.000Z']) expect((await make(odd)).status, String(odd)).toBe(400);
  });

  it('are fifty live ones at most, however many are asked for at once; one that is revoked makes room', async () => {
    const member = await app.signInAs('end_user');
    const answers = await Promise.all(Array.from({ length: 60 }, () => app.call('POST', '/api/v1/api-keys', { as: member, body: { name: 'Many', scopes: ['chat.use'] } })));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(50);
    expect(new Set(made.map(({ body }) => body.data.key)).size).toBe(50);
    for (const { status, body } of answers) if (status !== 201) expect({ status, ...body.error }).toMatchObject({ status: 409, code: '3009', details: { limit: 50 } });
    await removeKey(app, member, made[0]?.body.data.id);
    await makeKey(app, member);
    expect(await list('', member)).toHaveLength(51);
  });

  it('are nobody else’s: a colleague’s and an unknown id answer alike, and the admin’s list alone shows them', async () => {
    const member = await app.signInAs('end_user');
    const { key, ...theirs } = await makeKey(app, member, { name: 'Of a member' });
    const tries = (id: string) => Promise.all([changeKey(app, app.owner, id, { name: 'Mine' }), rotate(app, app.owner, id), removeKey(app, app.owner, id)]);
    const strip = (answers: { status: number; body: { error: unknown } }[]) => answers.map(({ status, body }) => ({ status, error: body.error }));
    expect(strip(await tries(theirs.id))).toEqual(strip(await tries(crypto.randomUUID())));
    expect((await list()).map(({ id }) => id)).not.toContain(theirs.id);
    expect(await statusOf(key)).toBe(200);
    expect((await app.call('GET', '/api/v1/admin/api-keys', { as: member })).status).toBe(403);
  });

  it('are read in pages, sorted by times that may be missing, none twice and none left out', async () => {
    const member = await app.signInAs('end_user');
    const ends = [null, 3, 1, null, 2].map((days) => (days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString()));
    for (const expires_at of ends) await makeKey(app, member, { expires_at });
    const read = async (sort: string) => {
      const found: (string | null)[] = [];
      for (let cursor = ''; ; ) {
        const { items, pagination } = (await app.call('GET', `/api/v1/api-keys?page_size=2&${sort}${cursor}`, { as: member })).body.data;
        found.push(...items.map(({ expires_at }: ShownApiKey) => expires_at));
        if (!pagination.has_next) return found;
        cursor = `&cursor=${pagination.next_cursor}`;
      }
    };
    const [, third = '', first = '', , second = ''] = ends;
    expect(await read('sort_by=expires_at&sort_order=asc')).toEqual([first, second, third, null, null]);
    expect(await read('sort_by=expires_at&sort_order=desc')).toEqual([third, second, first, null, null]);
    expect(await read('sort_by=last_used_at&sort_order=asc')).toHaveLength(5);
  });
});

describe('everybody’s keys', () => {
  it('are listed with whose they are, found by person, scope and status, and revoked with a reason', async () => {
    const member = await app.signInAs('end_user');
    const { key, ...theirs } = await makeKey(app, member, { name: 'Lost laptop' });
    const all = async (query: string) => (await app.call('GET', `/api/v1/admin/api-keys?${query}`, { as: app.owner })).body.data.items;
    const shown = { ...theirs, user: { id: member.user_id, name: expect.any(String), email: member.email, status: 'active' } };
    expect(await all('search=lost%20laptop')).toEqual([shown]);
    expect(await all(`search=${member.email}`)).toEqual([shown]);
    expect((await app.call('GET', `/api/v1/admin/api-keys/${theirs.id}`, { as: app.owner })).body.data).toEqual(shown);
    expect((await app.call('GET', `/api/v1/api-keys/${theirs.id}`, { as: app.owner })).status).toBe(404);
    expect(await all(`user_id=${member.user_id}&scope=chat.use&status=active`)).toEqual([shown]);
    expect(await all(`user_id=${member.user_id}&scope=audit.read`)).toEqual([]);
    const revoke = (query: string) => app.call('DELETE', `/api/v1/admin/api-keys/${theirs.id}${query}`, { as: app.owner });
    for (const none of ['', '?reason=', '?reason=%20', `?reason=${'x'.repeat(201)}`]) expect((await revoke(none)).status).toBe(400);
    expect((await revoke('?reason=Laptop%20was%20stolen')).status).toBe(204);
    expect(await statusOf(key)).toBe(401);
    expect(await app.findAudit(app.owner.tenant_id, 'api_keys.revoked')).toMatchObject({ resource_id: theirs.id, details: { reason: 'Laptop was stolen', before: { user_id: member.user_id } } });
  });
});

describe('rotation', () => {
  it('gives a new key, and lets the old one go on until the overlap ends', async () => {
    const { key: old, ...before } = await makeKey(app, app.owner);
    const { key, ...after } = (await rotate(app, app.owner, before.id, { overlap_hours: 24 }, 1)).body.data as ShownApiKey;
    expect(after).toMatchObject({ id: before.id, hint: `lyss_…${key.slice(-4)}`, rotated_at: expect.any(String), version: 2 });
    expect(Date.parse(after.overlap_ends_at ?? '') - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect([await statusOf(old), await statusOf(key)]).toEqual([200, 200]);
    expect(await app.findAudit(app.owner.tenant_id, 'api_keys.rotated')).toMatchObject({ details: { before: { hint: before.hint }, after: { hint: after.hint }, overlap_hours: 24 } });
    await app.context.tenancy.withTenant(app.owner.tenant_id, (db) => db.updateTable('api_key_secrets').set({ expires_at: new Date(Date.now() + 300) }).where('api_key_id', '=', before.id).where('expires_at', 'is not', null).execute());
    await expect.poll(() => statusOf(old)).toBe(401);
    expect(await callWith(app, old, 'GET', '/api/v1/auth/me')).toMatchObject({ body: { error: { details: { reason: 'api_key_rotated' } } } });
    expect(await statusOf(key)).toBe(200);
    expect((await list()).find(({ id }) => id === before.id)?.overlap_ends_at).toBeNull();
  });

  it('without overlap ends the old key at once; a second one ends the overlap of the first', async () => {
    const { key: first, id } = await makeKey(app, app.owner);
    const second = (await rotate(app, app.owner, id, { overlap_hours: 168 }, 1)).body.data.key;
    const third = (await rotate(app, app.owner, id, { overlap_hours: 1 }, 2)).body.data.key;
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual([401, 200, 200]);
    const fourth = (await rotate(app, app.owner, id, { overlap_hours: 0 }, 3)).body.data.key;
    expect(await Promise.all([first, second, third, fourth].map(statusOf))).toEqual([401, 401, 401, 200]);
    for (const overlap_hours of [-1, 169, 1.5, '1', null]) expect((await rotate(app, app.owner, id, { overlap_hours })).status).toBe(400);
  });

  it.each([[{}, undefined], [{ overlap_hours: 0 }, undefined], [{ overlap_hours: 0 }, 1]])('twenty at once (%j, version %s) give one successor', async (body, version) => {
    const { id } = await makeKey(app, app.owner);
    const answers = await Promise.all(Array.from({ length: 20 }, () => rotate(app, app.owner, id, body, version)));
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect(await statusOf(done[0]?.body.data.key)).toBe(200);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, version === undefined ? 409 : 412]));
  });

  it('again without naming the version waits until the overlap is over; with it, it doesn’t', async () => {
    const { id } = await makeKey(app, app.owner);
    await rotate(app, app.owner, id);
    expect(await rotate(app, app.owner, id)).toMatchObject({ status: 409, body: { error: { code: '3005', details: { reason: 'api_key_being_rotated', version: 2 } } } });
    expect((await rotate(app, app.owner, id, {}, 2)).status).toBe(200);
  });

  it('keeps what the key may do, and its end', async () => {
    const expires_at = new Date(Date.now() + YEAR_MS).toISOString();
    const { id } = await makeKey(app, app.owner, { scopes: ['audit.read'], models: ['m'], expires_at });
    expect((await rotate(app, app.owner, id)).body.data).toMatchObject({ scopes: ['audit.read'], models: ['m'], expires_at });
  });
});

describe('the key itself', () => {
  it('is in no list, no log, no error, no audit entry and no row, in no spelling; its hash is in one row', async () => {
    const member = await app.signInAs('end_user');
    const first = await makeKey(app, member, { name: 'Canary' });
    const second = (await rotate(app, member, first.id, {}, 1)).body.data as ShownApiKey;
    const answers: unknown[] = [];
    for (const { key } of [first, second]) {
      for (const path of ['/api/v1/auth/me', '/api/v1/api-keys', '/api/v1/admin/users', '/api/v1/nothing', `/api/v1/chat/conversations/${key}`]) answers.push((await callWith(app, key, 'GET', path)).body);
      answers.push((await callWith(app, key, 'POST', '/api/v1/chat/conversations', { body: `{"title":` })).body);
      answers.push((await callWith(app, `${key}x`, 'GET', '/api/v1/auth/me')).body);
    }
    answers.push((await changeKey(app, member, first.id, { name: 'Canary, renamed' })).body);
    await removeKey(app, member, first.id);
    for (const { key } of [first, second]) answers.push((await callWith(app, key, 'GET', '/api/v1/auth/me')).body);
    answers.push((await app.call('GET', '/api/v1/admin/api-keys', { as: app.owner })).body, (await app.call('GET', '/api/v1/admin/audit-logs?page_size=100', { as: app.owner })).body);
    const dump = await dumpAll(app);
    const places = { answers: JSON.stringify(answers), logs: app.lines.join('\n'), dump, metrics: await app.context.metrics.registry.metrics() };
    for (const { key } of [first, second]) for (const [place, text] of Object.entries(places)) for (const spelling of spell(key)) expect(text.includes(spelling), `${place} ${spelling}`).toBe(false);
    // The search finds what is there.
    expect(dump).toContain('Canary, renamed');
    for (const { key } of [first, second]) expect(dump.split(sha256Hex(key))).toHaveLength(2);
    for (const spelling of spell(first.key)) expect(`${first.key} ${Buffer.from(first.key).toString('hex')} ${Buffer.from(first.key).toString('base64')} ${first.key.slice(5)}`).toContain(spelling);
  });
});

/** What of a key may be found nowhere: it, its random part, and both as hex and base64. The path above is looked for too, and answered by template. */
function spell(key: string): string[] {
  const bytes = Buffer.from(key);
  return [key, key.slice(5), bytes.toString('hex'), bytes.toString('base64')];
}

async function dumpAll({ database }: TestApp): Promise<string> {
  const client = new Client({ connectionString: database.superuser_url });
  await client.connect();
  const tables = await client.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  const rows = [];
  for (const { name } of tables.rows) rows.push((await client.query(`select to_jsonb(t)::text as row from "${name}" t`)).rows.map(({ row }) => String(row)).join('\n'));
  await client.end();
  return rows.join('\n');
}

describe('keys that ended', () => {
  it('are removed a month later with their hashes, however many there are, and no other', async () => {
    const member = await app.signInAs('end_user');
    const made = [];
    for (let count = 0; count < 4; count++) made.push(await makeKey(app, member));
    const [revoked, expired, lately, live] = made;
    const long_ago = new Date(Date.now() - 31 * 86_400_000);
    const recent = new Date(Date.now() - 29 * 86_400_000);
    await app.context.tenancy.withTenant(member.tenant_id, async (db) => {
      const set = (id: string | undefined, ends: object) => db.updateTable('api_keys').set(ends).where('id', '=', id ?? '').execute();
      await set(revoked?.id, { revoked_at: long_ago });
      await set(expired?.id, { expires_at: long_ago });
      await set(lately?.id, { revoked_at: recent });
    });
    expect(await removeLongEndedKeys(app.context.tenancy, 1)).toBe(2);
    expect((await list('sort_by=created_at&sort_order=asc', member)).map(({ id }) => id)).toEqual([lately?.id, live?.id]);
    expect(await statusOf(live?.key ?? '')).toBe(200);
    expect((await callWith(app, revoked?.key ?? '', 'GET', '/api/v1/auth/me')).body.error.details).toBeUndefined();
  });
});
