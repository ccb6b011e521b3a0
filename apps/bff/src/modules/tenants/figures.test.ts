import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';

let app: TestApp;
let superuser: Client;
beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const own = async (as: TestPerson) => (await app.call('GET', '/api/v1/admin/tenant', { as })).body.data;

it('says how many have no second factor yet, and how many of them may do more than a member', async () => {
  const as = await app.signInAs('tenant_admin', { tenant: 'new' });
  expect((await own(as)).without_second_factor).toEqual({ everyone: 1, admins: 1 });
  const { rows } = await superuser.query<{ id: string }>(`insert into roles (tenant_id, id, name, permissions) values ($1, gen_random_uuid(), 'Reader', '{audit.read}'), ($1, gen_random_uuid(), 'Chatter', '{chat.use}') returning id`, [as.tenant_id]);
  for (const [name, status] of [['plain', 'active'], ['reader', 'active'], ['chatter', 'active'], ['gone', 'disabled']]) {
    await superuser.query(`insert into users (tenant_id, id, email, name, roles, status, locale) values ($1, gen_random_uuid(), $2, 'P', '{end_user}', $3, 'en-US')`, [as.tenant_id, `${name}@example.com`, status]);
  }
  for (const [index, name] of ['reader', 'chatter'].entries()) {
    await superuser.query(`insert into user_roles (tenant_id, id, user_id, role_id) select $1, gen_random_uuid(), id, $3 from users where tenant_id = $1 and email = $2`, [as.tenant_id, `${name}@example.com`, rows[index]?.id]);
  }
  expect((await own(as)).without_second_factor).toEqual({ everyone: 4, admins: 2 });
  // The operator's own tenant: its owner has one.
  expect((await own(app.owner)).without_second_factor.admins).toBe(0);
});
