import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { callDuring } from '../../../../test/call-during.ts';
import { startSmallIssuer, type SmallIssuer } from '../../../../test/small-issuer.ts';
import { ada, connect, signInWith, SSO_DOMAIN, testWith } from '../../../../test/sso-scene.ts';
import { newId } from '../../../crypto/digest.ts';
import type { TenantDb } from '../../../db/tenancy.ts';

let app: TestApp;
let issuer: SmallIssuer;
let admin: TestPerson;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  const role_rules = [{ value: 'admins', role: 'tenant_admin' }, { value: 'staff', role: 'end_user' }];
  await connect(app, admin, issuer.issuer, { role_claim: 'groups', role_rules, default_role: null });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const signIn = (claims: object) => signInWith(app, issuer, { groups: ['staff'], ...claims }, {}, admin.workspace);
const during = (change: (db: TenantDb) => Promise<unknown>, call: () => Promise<Answer>) => callDuring(app, admin.tenant_id, change, call);
const reasonOf = (answer: Answer): unknown => answer.body.error?.details?.reason;
const limitSeats = (seats: number | null) => app.call('PATCH', `/api/v1/admin/tenants/${admin.tenant_id}`, { as: app.owner, body: { limits: { seats } } });

describe('a sign-in that waits for somebody who changes the person', () => {
  it('brings no role back that was taken away meanwhile', async () => {
    const { user } = (await signIn(ada({ sub: 'roles', email: `roles@${SSO_DOMAIN}` }))).body.data;
    const role = (await app.call('POST', '/api/v1/admin/roles', { as: admin, body: { name: 'Auditor', permissions: ['audit.read'] } })).body.data;
    await app.call('PATCH', `/api/v1/admin/users/${user.id}`, { as: admin, body: { custom_role_ids: [role.id] } });
    const take = async (db: TenantDb) => {
      await sql`update users set version = version + 1 where id = ${user.id}`.execute(db);
      await sql`delete from user_roles where user_id = ${user.id}`.execute(db);
    };
    const answer = await during(take, () => signIn({ sub: 'roles', groups: ['admins'] }));
    expect(answer.body.data.user).toMatchObject({ roles: ['tenant_admin'], custom_roles: [] });
  });

  it('of two subjects with one address lets in the first', async () => {
    const email = `twice@${SSO_DOMAIN}`;
    const add = (db: TenantDb) => db.insertInto('users').values({ tenant_id: admin.tenant_id, id: newId(), email: email.toUpperCase(), name: 'T', roles: ['end_user'], locale: 'en-US' }).execute();
    const answer = await during(add, () => signIn(ada({ sub: 'second', email })));
    expect([answer.status, reasonOf(answer)], JSON.stringify(answer.body)).toEqual([409, 'sso_other_identity']);
    expect(await app.findAudit(admin.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', details: { reason: 'sso_other_identity', email } });
  });

  it('of one subject in two tabs makes one person', async () => {
    const claims = ada({ sub: 'tabs', email: `tabs@${SSO_DOMAIN}` });
    const both = await Promise.all([signIn(claims), signIn(claims)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0].body.data.user.id).toBe(both[1].body.data.user.id);
  });
});

describe('seats', () => {
  const noSeat = [409, 'sso_no_seat'];
  const readUsed = async () => (await app.call('GET', '/api/v1/admin/tenant', { as: admin })).body.data.used.seats as number;

  it('are taken by people who come for the first time: without one they are refused in words for them, and whoever has one comes in', async () => {
    const before = await readUsed();
    await limitSeats(before + 1);
    expect((await signIn(ada({ sub: 'last-seat', email: `last-seat@${SSO_DOMAIN}` }))).status).toBe(200);
    expect(await readUsed()).toBe(before + 1);
    const answer = await signIn(ada({ sub: 'no-seat', email: `no-seat@${SSO_DOMAIN}` }));
    expect([answer.status, reasonOf(answer)]).toEqual(noSeat);
    expect(answer.body.error.message).toContain('tenant admin');
    expect(JSON.stringify(answer.body)).not.toContain('"limit"');
    expect(await app.findAudit(admin.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', details: { reason: 'sso_no_seat' } });
    expect((await signIn(ada({ sub: 'last-seat' }))).status).toBe(200);
    expect((await testWith(app, issuer, admin, ada({ sub: 'no-seat', email: `no-seat@${SSO_DOMAIN}`, groups: ['staff'] }))).body.data.refusal).toMatchObject({ reason: 'sso_no_seat' });
    await limitSeats(null);
  });

  it('that somebody else takes while one signs in are no 500 either', async () => {
    await limitSeats((await readUsed()) + 1);
    const take = (db: TenantDb) => db.insertInto('users').values({ tenant_id: admin.tenant_id, id: newId(), email: `taker@${SSO_DOMAIN}`, name: 'T', roles: ['end_user'], locale: 'en-US' }).execute();
    const answer = await during(take, () => signIn(ada({ sub: 'late', email: `late@${SSO_DOMAIN}` })));
    expect([answer.status, reasonOf(answer)]).toEqual(noSeat);
    await limitSeats(null);
  });
});

describe('an address and whether it is verified', () => {
  const say = (told: object) => Object.assign(issuer.userinfo, { sub: 'pair' }, told);
  const name = (more: object = {}) => Object.assign(issuer.document, { userinfo_endpoint: `${issuer.issuer}/userinfo`, ...more });

  it('are believed of one document: the one’s “verified” says nothing of the other’s address', async () => {
    name();
    say({ email: `other@${SSO_DOMAIN}`, email_verified: true });
    // A new document is read for a new version of the connection.
    await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: admin, body: { scopes: ['profile', 'pair'] } });
    const answer = await signIn({ sub: 'pair', email: `roles@${SSO_DOMAIN}` });
    expect(answer.body.data.user.email).toBe(`other@${SSO_DOMAIN}`);
    say({ sub: 'split', email: undefined, email_verified: true });
    expect(reasonOf(await signIn({ sub: 'split', email: `split@${SSO_DOMAIN}` }))).toBe('sso_email_unverified');
    say({ sub: 'inverse', email: `inverse@${SSO_DOMAIN}`, email_verified: undefined });
    expect(reasonOf(await signIn({ sub: 'inverse', email_verified: true }))).toBe('sso_email_unverified');
  });
});
