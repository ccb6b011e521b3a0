import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createTestApp, type TestApp, type TestPerson } from '../../test/app.ts';
import { makeArchive } from '../../test/archives.ts';
import { listenOn, type ListeningApp } from '../../test/socket.ts';

let app: TestApp;
let server: ListeningApp;
let admin: TestPerson;
let file: string;
let whole: Uint8Array;
beforeAll(async () => {
  app = await createTestApp();
  server = await listenOn(app);
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  const superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  // Text that hardly shrinks, so that the archive has several pieces.
  const noise = `(select string_agg(md5(random()::text || n || m), '') from generate_series(1, 2000) m)`;
  await superuser.query(`insert into conversations (tenant_id, id, user_id, system_prompt) select $1, gen_random_uuid(), $2, ${noise} from generate_series(1, 40) n`, [admin.tenant_id, admin.user_id]);
  await superuser.end();
  const { made, bytes } = await makeArchive(app, admin);
  [file, whole] = [`/api/v1/admin/tenant/exports/${made.id}/file`, bytes];
}, 60_000);
afterAll(async () => {
  await server.close();
  await app.close();
});

const ask = (headers: Record<string, string> = {}) => fetch(`${server.url}${file}`, { headers: { authorization: `Bearer ${admin.access_token}`, ...headers } });
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const etagOf = () => `"${createHash('sha256').update(whole).digest('hex')}"`;

describe('a download', () => {
  it('says what its file is, and that it can be had in parts', async () => {
    const answer = await ask();
    expect([answer.status, answer.headers.get('etag'), answer.headers.get('accept-ranges'), answer.headers.get('content-range')]).toEqual([200, etagOf(), 'bytes', null]);
    expect(Buffer.compare(await bytesOf(answer), whole)).toBe(0);
    expect(whole.byteLength).toBeGreaterThan(1024 * 1024 + 10);
  });

  it('that broke goes on where it was, to the same bytes', async () => {
    const leaving = new AbortController();
    const broken = await fetch(`${server.url}${file}`, { headers: { authorization: `Bearer ${admin.access_token}` }, signal: leaving.signal });
    const first = await broken.body?.getReader().read();
    leaving.abort();
    const had = first?.value ?? new Uint8Array();
    expect(had.byteLength).toBeGreaterThan(0);
    expect(had.byteLength).toBeLessThan(whole.byteLength);
    const rest = await ask({ range: `bytes=${had.byteLength}-`, 'if-range': broken.headers.get('etag') ?? '' });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes ${had.byteLength}-${whole.byteLength - 1}/${whole.byteLength}`]);
    expect(Number(rest.headers.get('content-length'))).toBe(whole.byteLength - had.byteLength);
    expect(Buffer.compare(Buffer.concat([had, await bytesOf(rest)]), whole)).toBe(0);
  });

  it.each([
    ['within one piece', 10, 20],
    ['over the border of two', 1024 * 1024 - 5, 1024 * 1024 + 5],
    ['one byte', 1024 * 1024, 1024 * 1024],
    ['all of it', 0, Number.MAX_SAFE_INTEGER / 10],
  ])('of %s has those bytes', async (_what, first, last) => {
    const answer = await ask({ range: `bytes=${first}-${Math.floor(last)}` });
    expect(answer.status).toBe(206);
    expect(Buffer.compare(await bytesOf(answer), whole.subarray(first, Math.floor(last) + 1))).toBe(0);
  });

  it('of the last bytes has those', async () => {
    const answer = await ask({ range: 'bytes=-7' });
    expect(Buffer.compare(await bytesOf(answer), whole.subarray(-7))).toBe(0);
  });

  it('begins anew where the file is another one, or several parts are asked for', async () => {
    for (const headers of [{ range: 'bytes=5-', 'if-range': '"another"' }, { range: 'bytes=0-1,5-6' }]) {
      const answer = await ask(headers);
      expect([answer.status, (await bytesOf(answer)).byteLength]).toEqual([200, whole.byteLength]);
    }
  });

  it('of what is not there is refused, with how long the file is', async () => {
    const answer = await ask({ range: `bytes=${whole.byteLength}-` });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, `bytes */${whole.byteLength}`]);
    expect(await answer.json()).toMatchObject({ success: false, error: { code: '3006', details: { reason: 'range_not_satisfiable', bytes: whole.byteLength } } });
    // The place among the open streams is free again.
    for (let again = 0; again < 25; again++) expect((await ask({ range: `bytes=${whole.byteLength}-` })).status).toBe(416);
    expect((await ask({ range: 'bytes=0-0' })).status).toBe(206);
  });
});
