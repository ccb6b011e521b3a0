import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestPerson } from '../../../../test/app.ts';
import { makeArchive, pack, rowsOf, sendArchive, unpack, waitForImport } from '../../../../test/archives.ts';
import { createContractScene, type ContractScene } from '../../../../test/contract-scene.ts';
import { deriveId, newId } from '../../../crypto/digest.ts';
import type { Manifest } from '../manifest.ts';
import { archivedTables } from '../tables/tables.ts';
import { TAR_END, writeTarEntry } from '../tar.ts';

let scene: ContractScene;
let superuser: Client;
let files: Map<string, string>;
beforeAll(async () => {
  scene = await createContractScene();
  superuser = new Client({ connectionString: scene.app.database.superuser_url });
  await superuser.connect();
  const { admin } = scene.theirs;
  await scene.app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: 'script@example.com', name: `<img src=x onerror="alert(1)">` } });
  await scene.app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { name: '云栖', currency: 'CNY', time_zone: 'Asia/Shanghai' } });
  files = unpack((await makeArchive(scene.app, admin)).bytes);
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await scene.close();
});

const IMPORTS = '/api/v1/admin/tenant/imports';
const newTenant = () => scene.app.signInAs('tenant_admin', { tenant: 'new' });
const apply = async (as: TestPerson, id: string) => {
  expect((await scene.app.call('POST', `${IMPORTS}/${id}/apply`, { as })).status).toBe(202);
  return waitForImport(scene.app, as, id);
};
/** The archive with one table's rows changed. */
function change(table: string, edit: (rows: Record<string, unknown>[]) => Record<string, unknown>[]): Map<string, string> {
  return new Map(files).set(`data/${table}-000001.jsonl`, edit(rowsOf(files, table)).map((row) => `${JSON.stringify(row)}\n`).join(''));
}
const at = (index: number, edit: (row: Record<string, unknown>, rows: Record<string, unknown>[]) => object) => (rows: Record<string, unknown>[]) => rows.map((row, place) => (place === index ? { ...row, ...edit(row, rows) } : row));
const first = (edit: (row: Record<string, unknown>) => object) => ([row = {}, ...rest]: Record<string, unknown>[]) => [{ ...row, ...edit(row) }, ...rest];

/** A conversation more, whose message answers one of the first; or the first's message that answers one of it. */
function withSecondConversation(isLater = false): Map<string, string> {
  const write = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const [talk = {}] = rowsOf(files, 'conversations');
  const [question = {}, ...answers] = rowsOf(files, 'messages');
  const [other, added] = [newId(), newId()];
  const message = { ...question, id: added, conversation_id: other, parent_id: isLater ? null : question['id'] };
  return new Map(files)
    .set('data/conversations-000001.jsonl', write([...rowsOf(files, 'conversations'), { ...talk, id: other }]))
    .set('data/messages-000001.jsonl', write([isLater ? { ...question, parent_id: added } : question, ...answers, message]));
}

/** What an import makes of an archive's rows, as docs/tenant-archive.md says. */
function foretell(table: string, rows: Record<string, unknown>[], map: (id: string) => string): Record<string, unknown>[] {
  if (table === 'api_keys') return [];
  const isId = (key: string, value: unknown) => typeof value === 'string' && (key === 'id' || (key.endsWith('_id') && key !== 'request_id'));
  return rows.map((row) => {
    const mapped = Object.fromEntries(Object.entries(row).map(([key, value]) => [key, isId(key, value) ? map(String(value)) : value]));
    if (table === 'users' && row['status'] === 'active') mapped['status'] = 'invited';
    if (table === 'supplier_credentials' && row['provider'] !== 'demo') mapped['enabled'] = false;
    return mapped;
  });
}

describe('an import', () => {
  it('gives the same tenant back, beside the one that it came from', async () => {
    const importer = await newTenant();
    const judged = await sendArchive(scene.app, importer, pack(files));
    expect(judged, JSON.stringify(judged.problem)).toMatchObject({ state: 'judged', report: { tenant: { name: '云栖' }, to_do: { suppliers: 1, api_keys: 1 } } });
    // Judged, and nothing written.
    expect((await scene.app.call('GET', '/api/v1/admin/tenant/import-readiness', { as: importer })).body.data).toEqual({ is_empty: true, holds: [] });
    const done = await apply(importer, judged.id);
    expect(done).toMatchObject({ state: 'done', report: judged.report });
    const again = unpack((await makeArchive(scene.app, importer)).bytes);
    const map = (id: string) => deriveId(id, `import|${importer.tenant_id}`);
    for (const { name } of archivedTables) {
      const come = rowsOf(again, name).filter(({ id }) => id !== importer.user_id);
      const sort = (rows: Record<string, unknown>[]) => rows.toSorted((a, b) => String(a['id']).localeCompare(String(b['id'])));
      expect(sort(come), name).toEqual(sort(foretell(name, rowsOf(files, name), map)));
    }
    const settings = (text: Map<string, string>) => ({ ...(JSON.parse(text.get('manifest.json') ?? '') as Manifest).tenant, id: '', workspace: '' });
    expect(settings(again)).toEqual(settings(files));
    expect(rowsOf(again, 'users').some(({ name }) => name === '<img src=x onerror="alert(1)">')).toBe(true);
    expect(await scene.app.findAudit(importer.tenant_id, 'tenant.imported')).toMatchObject({ resource_id: done.id, details: { rows: done.report?.rows, audit_head: done.report?.audit_head } });
    expect((await superuser.query('select 1 from import_pieces where import_id = $1', [done.id])).rows).toEqual([]);
    // The whole once more: the tenant is no longer empty.
    expect(await scene.app.call('POST', IMPORTS, { as: importer, body: { file_name: 'a', bytes: 1, sha256: '0'.repeat(64) } })).toMatchObject({ status: 409, body: { error: { details: { reason: 'tenant_not_empty' } } } });
  });

  it('takes whoever imports for the person with the same address', async () => {
    const importer = await newTenant();
    const users = change('users', first(() => ({ email: importer.email.toUpperCase() })));
    const { id } = await sendArchive(scene.app, importer, pack(users));
    expect((await apply(importer, id)).state).toBe('done');
    const rows = rowsOf(unpack((await makeArchive(scene.app, importer)).bytes), 'users');
    expect(rows).toHaveLength(rowsOf(files, 'users').length);
    expect(rows.find(({ id: user_id }) => user_id === importer.user_id)).toMatchObject({ email: importer.email, status: 'active' });
  });

  it('is begun again where its replica died, and comes in once', async () => {
    const importer = await newTenant();
    const { id } = await sendArchive(scene.app, importer, pack(files));
    await superuser.query(`update imports set state = 'applying', attempts = 1, lease_owner = $2, lease_until = now() + interval '1 second' where id = $1`, [id, crypto.randomUUID()]);
    expect((await waitForImport(scene.app, importer, id)).state).toBe('done');
    expect((await superuser.query('select 1 from conversations where tenant_id = $1', [importer.tenant_id])).rowCount).toBe(rowsOf(files, 'conversations').length);
    const { rows } = await superuser.query(`select details from audit_entries where tenant_id = $1 and action = 'tenant.imported'`, [importer.tenant_id]);
    expect(rows[0].details).toMatchObject({ before: { name: expect.any(String) }, after: { name: '云栖' } });
  });

  it('brings messages whose parents have later ids, as clocks of replicas that differ make them', async () => {
    const importer = await newTenant();
    const [question = {}] = rowsOf(files, 'messages');
    // The second answer, and then the question between them.
    const [answer, between] = [newId(), newId()].toSorted();
    const skewed = change('messages', (rows) => [...rows, { ...question, id: answer, parent_id: between }, { ...question, id: between, parent_id: question['id'] }]);
    const judged = await sendArchive(scene.app, importer, pack(skewed));
    expect(judged, JSON.stringify(judged.problem)).toMatchObject({ state: 'judged' });
    await apply(importer, judged.id);
    const map = (id: unknown) => deriveId(String(id), `import|${importer.tenant_id}`);
    const { rows } = await superuser.query('select id, parent_id from messages where tenant_id = $1 and id = any($2)', [importer.tenant_id, [map(answer), map(between)]]);
    expect(new Map(rows.map(({ id, parent_id }) => [id, parent_id]))).toEqual(new Map([[map(answer), map(between)], [map(between), map(question['id'])]]));
  });

  it.each([
    ['is demoted', `update users set roles = '{end_user}' where id = $1`, { code: 'beyond_own_permissions', needs: expect.arrayContaining(['tenant.import', 'users.write']) }],
    ['is disabled', `update users set status = 'disabled' where id = $1`, { code: 'importer_inactive', needs: [] }],
    ['is in a tenant that is suspended', `update tenants set state = 'suspended' where id = (select tenant_id from users where id = $1)`, { code: 'importer_inactive', needs: [] }],
  ])('is refused where whoever brings it in %s before it is in', async (_name, statement, problem) => {
    const importer = await newTenant();
    const { id } = await sendArchive(scene.app, importer, pack(files));
    const waiting = async () => (await superuser.query(`select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`)).rowCount;
    // Whoever takes the rights away holds the row: the import comes to it at its end, and waits.
    const operator = new Client({ connectionString: scene.app.database.superuser_url });
    await operator.connect();
    await operator.query('begin');
    await operator.query(statement, [importer.user_id]);
    expect((await scene.app.call('POST', `${IMPORTS}/${id}/apply`, { as: importer })).status).toBe(202);
    await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), { timeout: 10_000, interval: 10 });
    await operator.query('commit');
    await operator.end();
    const read = async () => (await superuser.query('select state, problem from imports where id = $1', [id])).rows[0];
    await vi.waitFor(async () => expect(await read()).toMatchObject({ state: 'refused', problem }), { timeout: 20_000 });
    expect((await superuser.query('select 1 from conversations where tenant_id = $1', [importer.tenant_id])).rowCount).toBe(0);
  });

  it('is given up where every process that took it up died', async () => {
    const importer = await newTenant();
    const { id } = await sendArchive(scene.app, importer, pack(files));
    await superuser.query(`update imports set state = 'applying', attempts = 5, lease_owner = $2, lease_until = now() where id = $1`, [id, crypto.randomUUID()]);
    expect(await waitForImport(scene.app, importer, id)).toMatchObject({ state: 'failed', problem: { code: 'gave_up', file: null, needs: [] } });
    expect((await superuser.query('select 1 from conversations where tenant_id = $1', [importer.tenant_id])).rowCount).toBe(0);
  });

  it('is refused where the tenant was filled between judging and bringing in', async () => {
    const importer = await newTenant();
    const { id } = await sendArchive(scene.app, importer, pack(files));
    await scene.app.call('POST', '/api/v1/chat/conversations', { as: importer, body: { title: 'Mine' } });
    expect(await scene.app.call('POST', `${IMPORTS}/${id}/apply`, { as: importer })).toMatchObject({ status: 409, body: { error: { details: { reason: 'tenant_not_empty', holds: ['conversations'] } } } });
    expect((await scene.app.call('DELETE', `${IMPORTS}/${id}`, { as: importer })).status).toBe(204);
  });
});

const entry = (name: string, text: string) => writeTarEntry(name, Buffer.from(text), new Date());
const tampered = (edit: (bytes: Buffer) => void) => () => {
  const header = entry('data/users-000001.jsonl', '');
  edit(header);
  return gzipSync(Buffer.concat([header, TAR_END]));
};
const attacks: [string, () => Buffer, object][] = [
  ['no archive at all', () => Buffer.from('PK\u0003\u0004 a zip'), { code: 'not_an_archive' }],
  ['half an archive', () => pack(files).subarray(0, 900), { code: 'not_an_archive' }],
  ['a bomb of zeros', () => gzipSync(Buffer.concat([entry('audit/audit-000001.jsonl', ''), Buffer.alloc(200 * 1024 * 1024)])), { code: 'too_large' }],
  ['a name that climbs out', () => gzipSync(Buffer.concat([entry('../../etc/passwd', 'x'), TAR_END])), { code: 'wrong_file', file: '../../etc/passwd' }],
  ['an absolute name', () => gzipSync(Buffer.concat([entry('/data/users-000001.jsonl', 'x'), TAR_END])), { code: 'wrong_file' }],
  ['a symbolic link', tampered((bytes) => bytes.write('2', 156)), { code: 'not_an_archive' }],
  ['a file twice', () => gzipSync(Buffer.concat([entry('audit/audit-000001.jsonl', ''), entry('audit/audit-000001.jsonl', ''), TAR_END])), { code: 'duplicate' }],
  ['a table that nobody knows', () => pack(new Map(files).set('data/tenants-000001.jsonl', '{}\n')), { code: 'wrong_file', file: 'data/tenants-000001.jsonl' }],
  ['a table of sessions', () => pack(new Map(files).set('data/sessions-000001.jsonl', '{}\n')), { code: 'wrong_file' }],
  ['a file that was changed', () => pack(files, (said) => ({ ...said, files: said.files.map((file) => ({ ...file, sha256: '0'.repeat(64) })) })), { code: 'damaged' }],
  ['a file that is missing', () => pack(files, (said) => ({ ...said, files: [...said.files, { name: 'data/users-000002.jsonl', rows: 0, bytes: 0, sha256: '0'.repeat(64) }] })), { code: 'damaged' }],
  ['something behind its end', () => gzipSync(Buffer.concat([entry('audit/audit-000001.jsonl', ''), TAR_END, entry('data/users-000001.jsonl', '')])), { code: 'not_an_archive' }],
  ['a format of tomorrow', () => pack(files, (said) => ({ ...said, version: 2 })), { code: 'unknown_version' }],
  ['another tenant’s id in a row', () => pack(change('users', first(() => ({ tenant_id: scene.ours.admin.tenant_id })))), { code: 'invalid_row', file: 'data/users-000001.jsonl', line: 1 }],
  ['a password’s hash', () => pack(change('users', first(() => ({ password_hash: '$argon2id$x' })))), { code: 'invalid_row', line: 1 }],
  ['a key under seal', () => pack(change('supplier_credentials', first(() => ({ sealed_key: 'x' })))), { code: 'invalid_row', line: 1 }],
  ['an operator', () => pack(change('users', first(() => ({ roles: ['super_admin'] })))), { code: 'invalid_row', field: 'roles.0' }],
  ['a role that reaches beyond the tenant', () => pack(change('roles', first(() => ({ permissions: ['tenants.write'] })))), { code: 'invalid_row', field: 'permissions.0' }],
  ['an address that carries a key', () => pack(change('supplier_credentials', (rows) => rows.map((row) => (row['provider'] === 'custom' ? { ...row, base_url: 'https://user:pass@example.com/v1' } : row)))), { code: 'address_not_allowed' }],
  ['the same id twice', () => pack(change('users', (rows) => [...rows.slice(0, 1), ...rows])), { code: 'duplicate', field: 'id' }],
  ['the same address twice', () => pack(change('users', (rows) => rows.map((row) => ({ ...row, email: 'same@example.com' })))), { code: 'duplicate', file: 'users' }],
  ['more lines in a part than any has', () => gzipSync(Buffer.concat([entry('data/users-000001.jsonl', '\n'.repeat(201)), TAR_END])), { code: 'too_large', file: 'data/users-000001.jsonl' }],
  ['a message longer than any', () => pack(change('messages', first(() => ({ content: [{ type: 'text', text: 'x'.repeat(1_000_001) }] })))), { code: 'invalid_row', field: 'content' }],
  ['a key twice in one object', () => pack(new Map(files).set('data/users-000001.jsonl', (files.get('data/users-000001.jsonl') ?? '').replace('{"id"', '{"name":"x","id"'))), { code: 'invalid_row', line: 1 }],
  ['a message of another tenant’s conversation', () => pack(change('messages', first(() => ({ conversation_id: scene.ours.conversation_id })))), { code: 'unresolved_reference', file: 'messages' }],
  ['a message that answers itself', () => pack(change('messages', at(0, ({ id }) => ({ parent_id: id })))), { code: 'circular_parents', file: 'data/messages-000001.jsonl', line: 1, field: 'parent_id' }],
  ['messages that answer one another in a circle', () => pack(change('messages', at(0, (_row, rows) => ({ parent_id: rows[1]?.['id'] })))), { code: 'circular_parents', file: 'data/messages-000001.jsonl', line: 1 }],
  ['a message that answers one of another conversation', () => pack(withSecondConversation()), { code: 'parent_elsewhere', file: 'data/messages-000001.jsonl', field: 'parent_id' }],
  ['a message that answers a later one of another conversation', () => pack(withSecondConversation(true)), { code: 'parent_elsewhere', file: 'data/messages-000001.jsonl', line: 1 }],
  ['more tokens than there are', () => pack(change('usage_records', first(() => ({ input_tokens: '999999999999999999' })))), { code: 'invalid_row', file: 'data/usage_records-000001.jsonl', line: 1, field: 'input_tokens' }],
  ['content of a kind that nobody knows', () => pack(change('messages', first(() => ({ content: [{ type: 'html', text: '<script>' }] })))), { code: 'invalid_row', line: 1 }],
];

describe('an archive with', () => {
  it.each(attacks)('%s is refused, and nothing of it stays', async (_name, make, problem) => {
    const importer = await newTenant();
    const before = await scene.dump(scene.ours.admin.tenant_id);
    const refused = await sendArchive(scene.app, importer, make());
    expect(refused).toMatchObject({ state: 'refused', report: null, problem });
    expect((await scene.app.call('GET', '/api/v1/admin/tenant/import-readiness', { as: importer })).body.data.is_empty).toBe(true);
    expect((await scene.app.call('POST', `${IMPORTS}/${refused.id}/apply`, { as: importer })).body.error.details).toMatchObject({ reason: 'import_not_judged' });
    expect((await superuser.query('select 1 from import_pieces where import_id = $1', [refused.id])).rowCount).toBe(0);
    expect(await scene.dump(scene.ours.admin.tenant_id)).toBe(before);
  });

  it('another sum than was announced is refused, and pieces of the wrong length are', async () => {
    const importer = await newTenant();
    expect(await sendArchive(scene.app, importer, pack(files), '0'.repeat(64))).toMatchObject({ state: 'refused', problem: { code: 'damaged' } });
    const { id } = (await scene.app.call('POST', IMPORTS, { as: importer, body: { file_name: 'a', bytes: 3_000_000, sha256: '0'.repeat(64) } })).body.data;
    for (const [number, length] of [[0, 10], [3, 10], [9, 1]] as const) {
      const sent = await scene.app.call('PUT', `${IMPORTS}/${id}/pieces`, { as: importer, body: { number, content: Buffer.alloc(length).toString('base64') } });
      expect(sent).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'content' }] } } } });
    }
    expect(await scene.app.call('POST', IMPORTS, { as: importer, body: { file_name: 'b', bytes: 1, sha256: '0'.repeat(64) } })).toMatchObject({ status: 409, body: { error: { details: { reason: 'import_in_progress' } } } });
    expect((await scene.app.call('DELETE', `${IMPORTS}/${id}`, { as: importer })).status).toBe(204);
  });

  it('more than its importer may give is refused, whoever else may', async () => {
    const admin = await newTenant();
    const { id } = await sendArchive(scene.app, admin, pack(files));
    await superuser.query(`update imports set permissions = '{tenant.import}', state = 'judging' where id = $1`, [id]);
    expect(await waitForImport(scene.app, admin, id)).toMatchObject({ state: 'refused', problem: { code: 'beyond_own_permissions', needs: ['settings.write', 'users.write', 'roles.write', 'suppliers.write'] } });
  });
});
