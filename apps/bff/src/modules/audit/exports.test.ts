import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditExportInput, FileExport } from '@lyss/api-types';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { applyRetention } from './retention.job.ts';

const PATH = '/api/v1/admin/audit-logs/exports';
const checker = fileURLToPath(new URL('../../../../../scripts/verify-audit-export.mjs', import.meta.url));

let app: TestApp;
let superuser: Client;
let admin: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  for (const name of ['=SUM(1)', '逗号, "引号"', 'Plain']) await app.call('PATCH', '/api/v1/admin/tenant', { as: admin, body: { name } });
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const call = (method: string, path = '', body?: object, as = admin): Promise<Answer> => app.call(method, `${PATH}${path}`, { as, ...(body ? { body } : {}) });
const read = async (id: string): Promise<FileExport> => (await call('GET', `/${id}`)).body.data;

async function make(input: AuditExportInput): Promise<{ made: FileExport; file: Answer }> {
  const { id } = (await call('POST', '', input)).body.data;
  await expect.poll(async () => (await read(id)).state, { timeout: 20_000 }).toBe('ready');
  return { made: await read(id), file: await call('GET', `/${id}/file`) };
}

/** What the script of docs/audit.md says of a file. */
function check(text: string): { status: number; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lyss-export-'));
  try {
    writeFileSync(join(folder, 'audit.jsonl'), text);
    return { status: 0, said: execFileSync(process.execPath, [checker, join(folder, 'audit.jsonl')], { encoding: 'utf8' }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, said: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a file of the trail', () => {
  it('holds every entry in the order of its seals, and whoever has it can check the chain without us', async () => {
    const { made, file } = await make({ format: 'jsonl' });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="lyss-audit-\d{4}-\d\d-\d\d\.jsonl"$/);
    expect([file.headers.get('content-type'), file.headers.get('cache-control')]).toEqual(['application/x-ndjson; charset=utf-8', 'no-store']);
    const lines: { seq: number; action: string }[] = file.body.trimEnd().split('\n').map((line: string) => JSON.parse(line) as { seq: number; action: string });
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.at(-1)?.action).toBe('audit.exported');
    expect(made).toMatchObject({ kind: 'audit', progress: 1, rows: lines.length, bytes: Buffer.byteLength(file.body), requested_by: { user_id: admin.user_id }, failure: null });
    expect(await app.findAudit(admin.tenant_id, 'audit.export_downloaded')).toMatchObject({ resource_id: made.id });
    expect(check(file.body)).toEqual({ status: 0, said: `${lines.length} entries, seals 1 to ${lines.length}: nothing wrong\n` });
  });

  it('that somebody changed, cut or turned round does not pass that check', async () => {
    const text: string = (await make({ format: 'jsonl' })).file.body;
    const lines = text.trimEnd().split('\n');
    const changed = check(text.replace('"Plain"', '"Plane"'));
    expect([changed.status, changed.said]).toEqual([1, expect.stringMatching(/^seal \d+: .*changed/)]);
    expect(check(lines.toSpliced(2, 1).join('\n'))).toEqual({ status: 1, said: expect.stringContaining('seal 3: missing') });
    const [one = '', two = ''] = lines;
    const swapped = [one.replace('"seq":1,', '"seq":2,'), two.replace('"seq":2,', '"seq":1,'), ...lines.slice(2)];
    expect(check(swapped.join('\n')).status).toBe(1);
  });

  it('that begins after what retention has removed passes it as well, and only as it is', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (let turn = 0; turn < 6; turn += 1) await app.call('PATCH', '/api/v1/admin/tenant', { as: person, body: { name: `Name ${turn}` } });
    await app.call('PATCH', '/api/v1/admin/tenant', { as: person, body: { audit_retention_days: 45 } });
    // All of it is sealed: the app does so each second.
    await expect.poll(async () => (await superuser.query(`select count(*)::int as n from audit_entries e where tenant_id = $1 and not exists (select 1 from audit_seals s where s.entry_id = e.id)`, [person.tenant_id])).rows[0].n, { timeout: 20_000 }).toBe(0);
    const REMOVED = 4;
    const aged = `(select entry_id from audit_seals where tenant_id = $1 and seq <= $2)`;
    await superuser.query(`update audit_entries set at = at - interval '60 days' where tenant_id = $1 and id in ${aged}`, [person.tenant_id, REMOVED]);
    await superuser.query(`update audit_seals set entry_at = entry_at - interval '60 days' where tenant_id = $1 and seq <= $2`, [person.tenant_id, REMOVED]);
    expect(await applyRetention(app.context.tenancy)).toBe(REMOVED);
    const { id } = (await call('POST', '', { format: 'jsonl' }, person)).body.data;
    await expect.poll(async () => (await call('GET', `/${id}`, undefined, person)).body.data.state, { timeout: 20_000 }).toBe('ready');
    const text: string = (await call('GET', `/${id}/file`, undefined, person)).body;
    const lines = text.trimEnd().split('\n');
    const [first, last] = [REMOVED + 1, REMOVED + lines.length];
    expect(check(text)).toEqual({ status: 0, said: `${lines.length} entries, seals ${first} to ${last}: nothing wrong\n` });
    expect(lines.some((line) => line.includes('"audit.retention_applied"'))).toBe(true);
    expect(check(text.replace('"Name 5"', '"Name 6"')).status).toBe(1);
    expect(check(lines.toSpliced(1, 1).join('\n'))).toEqual({ status: 1, said: expect.stringContaining(`seal ${first + 1}: missing`) });
  });

  it('as CSV runs nothing in a spreadsheet, and keeps commas, quotes and line breaks in their cells', async () => {
    const person = await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: 'formula@example.com', name: '=HYPERLINK("http://x")' } });
    const link = String(person.body.data.invitation.url).split('/').at(-1);
    await app.call('POST', `/api/v1/auth/invitations/${link}`, { body: { password: 'quiet-lakes-run-deep-7' } });
    const { file } = await make({ format: 'csv' });
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, ...records] = String(file.body).replace('\uFEFF', '').split('\r\n');
    expect(head).toBe('seq,at,actor_user_id,actor_name,action,resource_type,resource_id,outcome,request_id,address,details,id,tenant_id,hash');
    expect(records.find((record) => record.includes('HYPERLINK') && record.includes('users.password_chosen'))).toContain(`,"'=HYPERLINK(""http://x"")",`);
    expect(records.find((record) => record.includes('逗号'))).toContain('""after"":{""name"":""逗号, \\""引号\\""""}');
    for (const record of records) expect(record).not.toMatch(/(?:^|,)"?[=+@]/);
  });

  it('holds what its filters leave, and its order stands in the audit', async () => {
    const { made, file } = await make({ format: 'jsonl', action: 'tenants.settings_changed' });
    expect(made).toMatchObject({ rows: 3, params: { format: 'jsonl', action: 'tenants.settings_changed' } });
    expect(check(file.body).status).toBe(0);
    expect(await app.findAudit(admin.tenant_id, 'audit.exported')).toMatchObject({ resource_id: made.id, details: { format: 'jsonl', action: 'tenants.settings_changed' } });
    expect((await make({ format: 'jsonl', search: 'no such thing' })).file.body).toBe('');
  });

  it('can be taken away, and is nobody else’s', async () => {
    const { made } = await make({ format: 'csv' });
    const other = await app.signInAs('tenant_admin');
    for (const [method, path] of [['GET', ''], ['GET', '/file'], ['DELETE', '']] as const) expect((await call(method, `/${made.id}${path}`, undefined, other)).status).toBe(404);
    expect((await call('GET', '', undefined, other)).body.data.items).toEqual([]);
    expect((await call('DELETE', `/${made.id}`)).status).toBe(204);
    expect((await call('GET', `/${made.id}/file`)).status).toBe(404);
    expect((await superuser.query('select 1 from export_pieces where export_id = $1', [made.id])).rows).toEqual([]);
    expect(await app.findAudit(admin.tenant_id, 'audit.export_removed')).toMatchObject({ resource_id: made.id, details: { before: { state: 'ready' } } });
  });

  it('is not there after a day', async () => {
    const { made } = await make({ format: 'csv' });
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBeGreaterThan(86_000_000);
    await superuser.query(`update exports set expires_at = now() - interval '1 second' where id = $1`, [made.id]);
    expect((await call('GET', `/${made.id}`)).status).toBe(404);
  });
});

describe('an export that waits', () => {
  it('can be stopped, is no file yet, and five of them are enough', async () => {
    const busy = await app.signInAs('tenant_admin', { tenant: 'new' });
    // Held by somebody: nobody here takes it up.
    const orders: string[] = [];
    for (let number = 0; number < 5; number++) {
      const made = await call('POST', '', { format: 'csv' }, busy);
      orders.push(made.body.data.id);
      await superuser.query(`update exports set lease_owner = $2, lease_until = now() + interval '1 hour', state = 'running', finished_at = null where id = $1`, [made.body.data.id, crypto.randomUUID()]);
    }
    expect(await call('POST', '', { format: 'csv' }, busy)).toMatchObject({ status: 409, body: { error: { code: '3009', details: { reason: 'too_many_exports' } } } });
    const [id = ''] = orders;
    expect(await call('GET', `/${id}/file`, undefined, busy)).toMatchObject({ status: 409, body: { error: { details: { reason: 'export_not_ready' } } } });
    expect((await call('DELETE', `/${id}`, undefined, busy)).status).toBe(204);
    expect((await call('GET', `/${id}`, undefined, busy)).body.data).toMatchObject({ state: 'cancelled', bytes: 0 });
    expect((await call('POST', '', { format: 'csv' }, busy)).status).toBe(202);
  });
});
