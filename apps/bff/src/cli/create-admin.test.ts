import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../test/app.ts';
import { createAdmin } from './create-admin.ts';

let app: TestApp;
let stranger: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(() => app.close());

async function create(workspace: string, email: string, operator: boolean): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await createAdmin({ app_url: app.database.app_url }, app.context.config, { workspace, email, name: 'Added', operator }, (line) => void lines.push(line));
  return { code, said: lines.join('\n') };
}

const platformTrail = () =>
  app.context.tenancy.withPlatform(async (db) => {
    const found = await sql<{ action: string; resource_id: string; actor_user_id: string | null; address: string; details: unknown }>`
      select action, resource_id, actor_user_id, address, details from platform_audit_entries where action = 'users.created' order by id desc`.execute(db);
    return found.rows;
  });
const people = async (as: TestPerson) => (await app.call('GET', '/api/v1/admin/users?search=added-', { as })).body.data.items as { id: string; email: string; roles: string[] }[];

describe('lyss admin create', () => {
  it('adds a tenant admin anywhere, whose link works, and says so in the tenant’s trail and in the platform’s', async () => {
    const { code, said } = await create(stranger.workspace, 'added-admin@example.com', false);
    expect(code).toBe(0);
    const token = said.split('/').at(-1) ?? '';
    expect((await app.call('GET', `/api/v1/auth/invitations/${token}`)).body.data).toMatchObject({ email: 'added-admin@example.com' });
    const [added] = await people(stranger);
    expect(added).toMatchObject({ roles: ['tenant_admin'] });
    expect(await app.findAudit(stranger.tenant_id, 'users.created')).toMatchObject({ resource_id: added?.id, request_id: 'command-line' });
    const after = { email: 'added-admin@example.com', name: 'Added', roles: ['tenant_admin'] };
    expect((await platformTrail())[0]).toEqual({ action: 'users.created', resource_id: added?.id, actor_user_id: null, address: 'command-line', details: { tenant_id: stranger.tenant_id, after } });
  });

  it('adds an operator to the tenant where operators live, and nowhere else', async () => {
    const before = await platformTrail();
    const refused = await create(stranger.workspace, 'added-operator@example.com', true);
    expect(refused).toEqual({ code: 1, said: expect.stringContaining(`--workspace ${app.owner.workspace}`) });
    expect((await people(stranger)).map(({ email }) => email)).not.toContain('added-operator@example.com');
    expect(await platformTrail()).toEqual(before);
    expect((await create(app.owner.workspace, 'added-operator@example.com', true)).code).toBe(0);
    expect(await people(app.owner)).toMatchObject([{ email: 'added-operator@example.com', roles: ['super_admin', 'tenant_admin'] }]);
    expect(await platformTrail()).toHaveLength(before.length + 1);
  });

  it('says what is wrong with what it was given', async () => {
    expect(await create('nobody-here', 'added@example.com', false)).toEqual({ code: 1, said: expect.stringContaining('"nobody-here"') });
    expect((await create(app.owner.workspace, 'no address', false)).code).toBe(64);
  });
});
