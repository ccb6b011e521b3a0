import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../test/app.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { createSealer } from '../modules/audit/seal.job.ts';
import { verifyAudit } from './verify-audit.ts';

let app: TestApp;
let admin: TestPerson;
let superuser: Client;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  await createSealer(app.context.tenancy).seal();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

async function verify(workspace?: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  // It asks of an opened database nothing but the application's address.
  const code = await verifyAudit({ app_url: app.database.app_url } as OpenedDatabase, { workspace }, (line) => void lines.push(line));
  return { code, lines };
}

it('checks every tenant and the platform, and tells each chain’s head', async () => {
  const { code, lines } = await verify();
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^first: \d+ checked, head \d+ [0-9a-f]{64}$/),
    expect.stringMatching(new RegExp(`^${admin.workspace}: \\d+ checked, head \\d+ [0-9a-f]{64}$`)),
    expect.stringMatching(/^\(platform\): \d+ checked, head \d+ [0-9a-f]{64}$/),
    'Nothing is wrong.',
  ]);
});

it('tells what is wrong, where, and ends with 1; another workspace alone is still whole', async () => {
  const { rows } = await superuser.query<{ id: string; at: Date }>(`update audit_entries set actor_name = 'Somebody else' where tenant_id = $1 and action = 'users.created' returning id, at`, [admin.tenant_id]);
  const { code, lines } = await verify();
  expect([code, lines.at(-1)]).toEqual([1, '1 fault found: docs/audit.md says what each kind means.']);
  expect(lines.find((line) => line.includes('changed'))).toMatch(new RegExp(`^${admin.workspace}: changed at seal \\d+, entry ${rows[0]?.id} of 20`));
  expect((await verify('first')).code).toBe(0);
  expect((await verify(admin.workspace)).code).toBe(1);
  expect(await verify('nowhere')).toEqual({ code: 1, lines: ['There is no workspace nowhere.'] });
});
