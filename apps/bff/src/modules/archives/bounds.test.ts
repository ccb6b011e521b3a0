import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { makeArchive, pack, rowsOf, sendArchive, unpack } from '../../../test/archives.ts';
import { newId } from '../../crypto/digest.ts';
import { inflate } from './imports/inflate.ts';
import { readEntries } from './imports/read-entries.ts';
import { TAR_END, writeTarEntry } from './tar.ts';

const MIB = 1024 * 1024;
const PROMPT = 90_000;

let app: TestApp;
let admin: TestPerson;
let superuser: Client;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_ARCHIVE_BYTES: String(MIB) });
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await app.close();
});

it('an archive comes back as long as it is within the operator’s bound, and none is made beyond it', async () => {
  await app.call('POST', '/api/v1/chat/conversations', { as: admin, body: { title: 'One' } });
  const files = unpack((await makeArchive(app, admin)).bytes);
  expect(await sendArchive(app, await app.signInAs('tenant_admin', { tenant: 'new' }), pack(files))).toMatchObject({ state: 'judged' });

  // Both ways the same bound: what one installation makes, it takes.
  const [talk = {}] = rowsOf(files, 'conversations');
  const long = Array.from({ length: 12 }, () => ({ ...talk, id: newId(), system_prompt: 'a'.repeat(PROMPT) }));
  const grown = pack(new Map(files).set('data/conversations-000001.jsonl', long.map((row) => `${JSON.stringify(row)}\n`).join('')));
  expect(grown.byteLength).toBeLessThan(MIB / 10);
  expect(await sendArchive(app, await app.signInAs('tenant_admin', { tenant: 'new' }), grown)).toMatchObject({ state: 'refused', problem: { code: 'too_large' } });

  await superuser.query(`insert into conversations (tenant_id, id, user_id, system_prompt) select $1, gen_random_uuid(), $2, repeat('a', ${PROMPT}) from generate_series(1, 12)`, [admin.tenant_id, admin.user_id]);
  const { id } = (await app.call('POST', '/api/v1/admin/tenant/exports', { as: admin })).body.data;
  const read = async () => (await app.call('GET', `/api/v1/admin/tenant/exports/${id}`, { as: admin })).body.data;
  await vi.waitFor(async () => expect((await read()).state).not.toMatch(/queued|running/), { timeout: 20_000 });
  expect(await read()).toMatchObject({ state: 'failed', failure: 'too_large' });
}, 60_000);

it('an archive may have more files than a million rows fill, and rows that shrink to a thousandth', async () => {
  const many = 6_000;
  const entries = Array.from({ length: many }, (_, index) => writeTarEntry(`audit/audit-${String(index + 1).padStart(6, '0')}.jsonl`, Buffer.alloc(0), new Date(0)));
  const long = Array.from({ length: 5 }, (_, index) => writeTarEntry(`data/messages-00000${index + 1}.jsonl`, Buffer.alloc(8 * MIB, 'a'), new Date(0)));
  const packed = gzipSync(Buffer.concat([...entries, ...long, TAR_END]));
  let [files, bytes] = [0, 0];
  for await (const { content } of readEntries(inflate(pieces(packed), 64 * MIB))) [files, bytes] = [files + 1, bytes + content.byteLength];
  expect([files, bytes]).toEqual([many + 5, 40 * MIB]);
  expect(bytes / packed.byteLength).toBeGreaterThan(200);
});

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += MIB) yield bytes.subarray(at, at + MIB);
}
