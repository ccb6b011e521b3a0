import { createHash } from 'node:crypto';
import { listPermissions, tenantPermissions, type Permission, type SystemRole } from '@lyss/api-types';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestPerson } from '../app.ts';
import { makeArchive, pack, rowsOf, unpack, waitForImport } from '../archives.ts';
import { createContractScene, type ContractScene } from '../contract-scene.ts';

const RUNS = 5;
const IMPORTS = '/api/v1/admin/tenant/imports';

let scene: ContractScene;
let superuser: Client;
let files: Map<string, string>;
beforeAll(async () => {
  scene = await createContractScene();
  superuser = new Client({ connectionString: scene.app.database.superuser_url });
  await superuser.connect();
  files = unpack((await makeArchive(scene.app, scene.theirs.admin)).bytes);
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await scene.close();
});

interface Drawn {
  /** What the importer may do and so give, when they begin. */
  held: Permission[];
  /** What the archive says of its people, and of its roles, one after the other. */
  roles: SystemRole[][];
  permissions: Permission[][];
}
// Whoever brings in a tenant writes all of this.
const TOOLS: Permission[] = ['tenant.import', 'settings.write', 'users.write', 'roles.write', 'suppliers.write'];
const given: SystemRole[] = ['tenant_admin', 'end_user'];
const draws: fc.Arbitrary<Drawn> = fc.record({
  held: fc.subarray([...tenantPermissions]).map((more) => tenantPermissions.filter((permission) => TOOLS.includes(permission) || more.includes(permission))),
  roles: fc.array(fc.subarray(given), { minLength: 1, maxLength: 3 }),
  permissions: fc.array(fc.subarray([...tenantPermissions], { minLength: 1 }), { minLength: 1, maxLength: 3 }),
});

/** The archive in which people and roles hold what was drawn. */
function forge({ roles, permissions }: Drawn): Buffer {
  const change = (table: string, edit: (at: number) => object) =>
    [`data/${table}-000001.jsonl`, rowsOf(files, table).map((row, at) => `${JSON.stringify({ ...row, ...edit(at) })}\n`).join('')] as const;
  return pack(new Map(files).set(...change('users', (at) => ({ roles: roles[at % roles.length] }))).set(...change('roles', (at) => ({ permissions: permissions[at % permissions.length] }))));
}

async function bringIn(as: TestPerson, bytes: Buffer, held: Permission[]): Promise<string> {
  const call = (method: string, path: string, body?: object) => scene.app.call(method, `${IMPORTS}${path}`, { as, ...(body ? { body } : {}) });
  const { id } = (await call('POST', '', { file_name: 'a', bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') })).body.data;
  // Alone in an empty tenant one is its admin, who holds everything: as if less had been theirs when they began.
  await superuser.query('update imports set permissions = $2 where id = $1', [id, held]);
  expect((await call('PUT', `/${id}/pieces`, { number: 0, content: bytes.toString('base64') })).status).toBe(200);
  const judged = await waitForImport(scene.app, as, id);
  if (judged.state === 'refused') return judged.problem?.code ?? '';
  expect(judged.state).toBe('judged');
  expect((await call('POST', `/${id}/apply`)).status).toBe(202);
  return (await waitForImport(scene.app, as, id)).state;
}

const outcomes = new Set<string>();

it('nobody comes with an archive who may do more than whoever brought it in', async () => {
  const property = fc.asyncProperty(draws, async (drawn) => {
    const importer = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
    outcomes.add(await bringIn(importer, forge(drawn), drawn.held));
    const { rows } = await superuser.query<{ roles: SystemRole[]; granted: Permission[] }>(
      `select u.roles, array(select distinct p from user_roles h join roles r on r.tenant_id = h.tenant_id and r.id = h.role_id, unnest(r.permissions) p where h.tenant_id = u.tenant_id and h.user_id = u.id) as granted
       from users u where tenant_id = $1 and id <> $2`,
      [importer.tenant_id, importer.user_id],
    );
    const roles = await superuser.query<{ permissions: Permission[] }>('select permissions from roles where tenant_id = $1', [importer.tenant_id]);
    const come = [...rows.flatMap((row) => listPermissions(row.roles, row.granted)), ...roles.rows.flatMap(({ permissions }) => permissions)];
    expect(come.filter((permission) => !drawn.held.includes(permission))).toEqual([]);
  });
  const small: Drawn = { held: TOOLS, roles: [[]], permissions: [['users.write']] };
  const examples: [Drawn][] = [[small], [{ ...small, roles: [['end_user']] }], [{ ...small, permissions: [['audit.read']] }], [{ ...small, roles: [['tenant_admin']] }], [{ ...small, held: [...tenantPermissions], roles: [given] }]];
  await fc.assert(property, { numRuns: examples.length + RUNS, endOnFailure: true, examples });
  expect([...outcomes].toSorted()).toEqual(['beyond_own_permissions', 'done']);
}, 120_000);
