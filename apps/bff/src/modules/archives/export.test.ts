import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestPerson } from '../../../test/app.ts';
import { makeArchive, rowsOf, unpack } from '../../../test/archives.ts';
import { createContractScene, type ContractScene } from '../../../test/contract-scene.ts';
import { manifest } from './manifest.ts';
import { archivedTables } from './tables/tables.ts';

const checker = fileURLToPath(new URL('../../../../../scripts/verify-audit-export.mjs', import.meta.url));
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let scene: ContractScene;
let superuser: Client;
let admin: TestPerson;
beforeAll(async () => {
  scene = await createContractScene();
  admin = scene.theirs.admin;
  superuser = new Client({ connectionString: scene.app.database.superuser_url });
  await superuser.connect();
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await scene.close();
});

/** Each column of the tenant's that holds a secret gets one that can be found again. */
async function plantSecrets(tenant_id: string): Promise<string[]> {
  const { rows } = await superuser.query<{ table: string; column: string; type: string }>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ('export_pieces', 'audit_seals', 'audit_starts')
       and a.atttypid <> 'boolean'::regtype and (a.atttypid = 'bytea'::regtype or a.attname ~ 'hash|key_hint|fingerprint|^hint$|password') and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')`,
  );
  expect(rows.map(({ table, column }) => `${table}.${column}`)).toEqual(expect.arrayContaining(['users.password_hash', 'supplier_credentials.sealed_key', 'api_key_secrets.secret_hash', 'data_keys.wrapped', 'refresh_tokens.token_hash']));
  for (const { table, column, type } of rows) {
    const canary = `'canary-${table}-${column}-' || id::text`;
    await superuser.query(`update ${table} set ${column} = ${type === 'bytea' ? `convert_to(${canary}, 'UTF8')` : canary} where tenant_id = $1`, [tenant_id]);
  }
  return ['canary-', ...[0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}canary-`).toString('base64').slice(shift === 0 ? 0 : shift + 1, 8)), Buffer.from('canary-').toString('hex')];
}

describe('a tenant’s archive', () => {
  it('holds what the tenant owns, with a sum of each file and of the whole', async () => {
    const { made, bytes, headers } = await makeArchive(scene.app, admin);
    expect(made).toMatchObject({ kind: 'tenant', progress: 1, bytes: bytes.byteLength, sha256: sha256(bytes), failure: null });
    expect([headers.get('content-type'), headers.get('content-length'), headers.get('repr-digest')]).toEqual([
      'application/gzip',
      String(bytes.byteLength),
      `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    ]);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="lyss-tenant-\d+-\d{4}-\d\d-\d\d\.tar\.gz"$/);
    const files = unpack(bytes);
    const said = manifest.parse(JSON.parse(files.get('manifest.json') ?? ''));
    expect([...files.keys()].toSorted()).toEqual(['manifest.json', ...said.files.map(({ name }) => name)].toSorted());
    for (const file of said.files) expect([file.sha256, file.bytes], file.name).toEqual([sha256(files.get(file.name) ?? ''), Buffer.byteLength(files.get(file.name) ?? '')]);
    for (const table of archivedTables) {
      const rows = rowsOf(files, table.name);
      for (const row of rows) expect(table.row.safeParse(row).error?.issues, table.name).toBeUndefined();
      const { rows: found } = await superuser.query<{ id: string }>(`select id from ${table.name} where tenant_id = $1 order by id`, [admin.tenant_id]);
      expect(rows.map(({ id }) => id), table.name).toEqual(found.map(({ id }) => id));
      expect(said.tables[table.name]).toEqual({ rows: found.length });
    }
    expect(rowsOf(files, 'messages').length).toBeGreaterThan(1);
    expect(made.rows).toBe(said.files.reduce((sum, { rows }) => sum + rows, 0));
    expect(await scene.app.findAudit(admin.tenant_id, 'tenant.exported')).toMatchObject({ resource_id: made.id });
    expect(await scene.app.findAudit(admin.tenant_id, 'tenant.export_downloaded')).toMatchObject({ resource_id: made.id, details: { sha256: made.sha256 } });
  });

  it('brings the trail with its seals, which anybody can check', async () => {
    const files = unpack((await makeArchive(scene.app, admin)).bytes);
    const trail = [...files.keys()].filter((name) => name.startsWith('audit/')).toSorted().map((name) => files.get(name)).join('');
    const folder = mkdtempSync(join(tmpdir(), 'lyss-trail-'));
    writeFileSync(join(folder, 'audit.jsonl'), trail);
    const said = execFileSync(process.execPath, [checker, join(folder, 'audit.jsonl')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const last = JSON.parse(trail.trimEnd().split('\n').at(-1) ?? '') as { seq: number; hash: string; action: string };
    expect(said).toBe(`${last.seq} entries, seals 1 to ${last.seq}: nothing wrong\n`);
    expect(manifest.parse(JSON.parse(files.get('manifest.json') ?? '')).audit).toEqual({ begins_after: 0, head: { seq: last.seq, hash: last.hash } });
  });

  it('holds no secret, whatever column one was planted in', async () => {
    const victim = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
    await scene.app.call('POST', '/api/v1/admin/suppliers', { as: victim, body: { provider: 'custom', name: 'Sealed', base_url: scene.supplier_url, api_key: 'sk-canary-key-0123456789abcdef' } });
    await scene.app.call('POST', '/api/v1/api-keys', { as: victim, body: { name: 'Mine', scopes: ['chat.use'] } });
    const forms = await plantSecrets(victim.tenant_id);
    const { bytes } = await makeArchive(scene.app, victim);
    const plain = gunzipSync(bytes).toString('latin1');
    expect(plain).toContain('"name":"Sealed"');
    for (const form of forms) expect(plain).not.toContain(form);
  });

  it('holds nothing of another tenant’s, and the operator’s role stays with the platform', async () => {
    const { bytes } = await makeArchive(scene.app, scene.app.owner);
    const files = unpack(bytes);
    const { admin: _admin, ...ids } = scene.theirs;
    const all = [...files.values()].join('\n');
    for (const id of [...Object.values(ids), admin.tenant_id]) expect([...files].filter(([name]) => name.startsWith('data/')).map(([, text]) => text).join('')).not.toContain(id);
    expect(all).toContain(scene.ours.conversation_id);
    const owner = rowsOf(files, 'users').find(({ id }) => id === scene.app.owner.user_id);
    expect(owner?.['roles']).toEqual(['tenant_admin']);
  });

  it('is made once at a time, can be stopped, and is nobody else’s', async () => {
    const busy = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
    const path = '/api/v1/admin/tenant/exports';
    const { id } = (await scene.app.call('POST', path, { as: busy })).body.data;
    await superuser.query(`update exports set state = 'running', lease_owner = $2, lease_until = now() + interval '1 hour', finished_at = null where id = $1`, [id, crypto.randomUUID()]);
    expect(await scene.app.call('POST', path, { as: busy })).toMatchObject({ status: 409, body: { error: { code: '3005', message: expect.stringContaining('being made already'), details: { reason: 'export_in_progress' } } } });
    expect((await scene.app.call('GET', `${path}/${id}/file`, { as: busy })).body.error.details.reason).toBe('export_not_ready');
    expect((await scene.app.call('DELETE', `${path}/${id}`, { as: busy })).status).toBe(204);
    expect((await scene.app.call('GET', `${path}/${id}`, { as: busy })).body.data.state).toBe('cancelled');
    expect((await scene.app.call('POST', path, { as: busy })).status).toBe(202);
    // A file of the trail is none of these: a reader of the audit alone gets no archive by its id.
    expect((await scene.app.call('GET', `${path}/${scene.ours.export_id}`, { as: scene.app.owner })).status).toBe(404);
    expect((await scene.app.call('GET', `/api/v1/admin/audit-logs/exports/${scene.ours.archive_id}/file`, { as: scene.app.owner })).status).toBe(404);
  });
});
