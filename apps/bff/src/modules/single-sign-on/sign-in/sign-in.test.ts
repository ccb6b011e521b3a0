import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { enrolTotp } from '../../../../test/second-factors.ts';
import { startSmallIssuer, type SmallIssuer } from '../../../../test/small-issuer.ts';
import { ada, connect, finish, signInWith, SSO_DOMAIN, start } from '../../../../test/sso-scene.ts';

let app: TestApp;
let issuer: SmallIssuer;
let admin: TestPerson;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
  admin = await app.signInAs('tenant_admin');
  const role_rules = [{ value: 'admins', role: 'tenant_admin' }, { value: 'staff', role: 'end_user' }];
  await connect(app, admin, issuer.issuer, { role_claim: 'groups', role_rules, default_role: null });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const signIn = (claims: object) => signInWith(app, issuer, { groups: ['staff'], ...claims });
const reasonOf = (answer: { body: { error?: { details?: { reason?: string } } } }) => answer.body.error?.details?.reason;
const add = async (email: string, roles = ['end_user']) => (await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email, name: 'Known', roles } })).body.data;
const readUser = async (id: string) => (await app.call('GET', `/api/v1/admin/users/${id}`, { as: app.owner })).body.data;
const update = (body: object) => app.call('PATCH', '/api/v1/admin/single-sign-on', { as: admin, body });

describe('the sign-in page', () => {
  it('learns whose provider a domain has, and nothing of people', async () => {
    const ask = async (domain: string) => (await app.call('GET', `/api/v1/auth/single-sign-on?domain=${domain}`)).body.data;
    expect(await ask(SSO_DOMAIN)).toEqual({ organisation: 'First', sso_only: false });
    expect(await ask('SSO.Example.com')).toEqual({ organisation: 'First', sso_only: false });
    expect(await ask('nobody.example')).toEqual({ organisation: null, sso_only: false });
  });

  it('is sent to the provider with PKCE, state, nonce and our exact address', async () => {
    const { url, answer } = await start(app);
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe(`${issuer.issuer}/auth`);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ client_id: 'lyss-client', response_type: 'code', code_challenge_method: 'S256', scope: 'openid email profile', redirect_uri: 'http://localhost:3000/sso/callback/first' },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/), code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-lyss_sso=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=600$/);
  });

  it('is told that a domain is nobody’s', async () => {
    expect((await start(app, 'nobody.example')).answer).toMatchObject({ status: 404, body: { error: { details: { reason: 'sso_not_here' } } } });
  });
});

describe('somebody who signs in', () => {
  it('for the first time is added with the roles that the claim gives, audited, and has a session', async () => {
    const answer = await signIn(ada({ sub: 'new', email: `new@${SSO_DOMAIN}` }));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { user } = answer.body.data;
    expect(user).toMatchObject({ email: `new@${SSO_DOMAIN}`, name: 'Ada Lovelace', roles: ['end_user'] });
    expect(answer.headers.get('set-cookie')).toMatch(/__Host-lyss_at=.*SameSite=Strict.*__Host-lyss_rt=/);
    expect(await readUser(user.id)).toMatchObject({ status: 'active', sessions_count: 1 });
    expect(await app.findAudit(admin.tenant_id, 'users.created')).toMatchObject({ resource_id: user.id, details: { via: 'single_sign_on', after: { roles: ['end_user'] } } });
    expect(await app.findAudit(admin.tenant_id, 'auth.signed_in')).toMatchObject({ resource_id: user.id, outcome: 'success', details: { via: 'single_sign_on', first_time: true } });
  });

  it('again is the same person by the subject, whatever the provider says of the address today', async () => {
    const first = await signIn(ada({ sub: 'again', email: `again@${SSO_DOMAIN}` }));
    const second = await signIn({ sub: 'again', email: 'moved@elsewhere.example', email_verified: false });
    expect(second.body.data.user).toMatchObject({ id: first.body.data.user.id, email: `again@${SSO_DOMAIN}` });
  });

  it('is the person who was invited, who is active from then on, and the old link is over', async () => {
    const { user, invitation } = await add(`Invited@${SSO_DOMAIN}`);
    const answer = await signIn(ada({ sub: 'invited', email: `invited@${SSO_DOMAIN}` }));
    expect(answer.body.data.user.id).toBe(user.id);
    expect((await readUser(user.id)).status).toBe('active');
    expect((await app.call('GET', `/api/v1/auth/invitations/${invitation.url.split('/').at(-1)}`)).status).toBe(401);
  });

  it('gains and loses the roles that rules name, and keeps the others', async () => {
    const { user } = (await signIn(ada({ sub: 'roles', email: `roles@${SSO_DOMAIN}` }))).body.data;
    const role = (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: 'Auditor', permissions: ['audit.read'] } })).body.data;
    await app.call('PATCH', `/api/v1/admin/users/${user.id}`, { as: app.owner, body: { custom_role_ids: [role.id] } });
    const promoted = await signIn({ sub: 'roles', groups: ['admins'] });
    expect(promoted.body.data.user).toMatchObject({ roles: ['tenant_admin'], custom_roles: [{ id: role.id }] });
    expect(await app.findAudit(admin.tenant_id, 'users.updated')).toMatchObject({ details: { via: 'single_sign_on', before: { roles: ['end_user'] }, after: { roles: ['tenant_admin'] } } });
    expect((await signIn({ sub: 'roles', groups: [] })).body.data.user).toMatchObject({ roles: [], custom_roles: [{ id: role.id }] });
  });

  it('may set up a first second factor at once, and afterwards changes none without showing it', async () => {
    const browse = async (): Promise<TestApp['call']> => {
      const cookie = (await signIn({ sub: 'factor', email: `factor@${SSO_DOMAIN}`, email_verified: true, name: 'Fay' })).headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
      return (method, path, options = {}) => app.call(method, path, { ...options, headers: { ...options.headers, cookie } });
    };
    await enrolTotp(await browse());
    const call = await browse();
    expect((await call('GET', '/api/v1/auth/second-factors')).body.data).toMatchObject({ enrolled: true, fresh_until: null });
    expect(reasonOf(await call('POST', '/api/v1/auth/second-factors/recovery-codes'))).toBe('fresh_proof_needed');
  });

  it('loses what was signed in before, when the roles change', async () => {
    const person = (await add(`epoch@${SSO_DOMAIN}`)).user;
    const epochOf = async () => (await app.context.tenancy.withTenant(admin.tenant_id, (db) => sql<{ epoch: number }>`select epoch from users where id = ${person.id}`.execute(db))).rows[0]?.epoch ?? 0;
    await signIn(ada({ sub: 'epoch', email: `epoch@${SSO_DOMAIN}` }));
    const before = await epochOf();
    await signIn({ sub: 'epoch', groups: ['admins'] });
    expect(await epochOf()).toBe(before + 1);
    await signIn({ sub: 'epoch', groups: ['admins'] });
    expect(await epochOf()).toBe(before + 1);
  });
});

describe('refused in words that fit', () => {
  const refused: [string, object, string][] = [
    ['no address', { sub: 'r1', email: undefined }, 'sso_email_missing'],
    ['an address that the provider has not verified', { sub: 'r2', email_verified: false }, 'sso_email_unverified'],
    ['one that it verified as a text', { sub: 'r3', email_verified: 'true' }, 'sso_email_unverified'],
    ['another domain', { sub: 'r4', email: 'ada@elsewhere.example' }, 'sso_domain_not_allowed'],
    ['a domain below the one that was approved', { sub: 'r5', email: `ada@deep.${SSO_DOMAIN}` }, 'sso_domain_not_allowed'],
    ['no role', { sub: 'r6', email: `r6@${SSO_DOMAIN}`, groups: ['strangers'] }, 'sso_no_role'],
  ];

  it.each(refused)('%s', async (_name, claims, reason) => {
    const answer = await signIn(ada({ ...claims }));
    expect([answer.status, reasonOf(answer)]).toEqual([409, reason]);
    expect(answer.body.error.message).not.toBe('This is not possible in the present state.');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await app.findAudit(admin.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', details: { reason, via: 'single_sign_on' } });
  });

  it('a disabled person', async () => {
    const { user } = (await signIn(ada({ sub: 'gone', email: `gone@${SSO_DOMAIN}` }))).body.data;
    await app.call('PATCH', `/api/v1/admin/users/${user.id}`, { as: app.owner, body: { status: 'disabled' } });
    expect(reasonOf(await signIn({ sub: 'gone' }))).toBe('user_disabled');
  });

  it('an operator, whose account no tenant’s provider opens', async () => {
    await add(`operator@${SSO_DOMAIN}`, ['super_admin']);
    expect(reasonOf(await signIn(ada({ sub: 'op', email: `operator@${SSO_DOMAIN}` })))).toBe('sso_operator');
  });

  it('an address that another subject of the provider has already', async () => {
    await signIn(ada({ sub: 'first-owner', email: `recycled@${SSO_DOMAIN}` }));
    expect(reasonOf(await signIn(ada({ sub: 'second-owner', email: `recycled@${SSO_DOMAIN}` })))).toBe('sso_other_identity');
  });

  it('people whom nobody added, where the tenant wants it so', async () => {
    expect((await update({ creates_users: false })).status).toBe(200);
    expect(reasonOf(await signIn(ada({ sub: 'unknown', email: `unknown@${SSO_DOMAIN}` })))).toBe('sso_unknown_user');
    await add(`expected@${SSO_DOMAIN}`);
    expect((await signIn(ada({ sub: 'expected', email: `expected@${SSO_DOMAIN}` }))).status).toBe(200);
    await update({ creates_users: true });
  });

  it('everybody, once it is switched off; who is signed in stays', async () => {
    const { url, browser } = await start(app);
    await update({ enabled: false });
    expect((await start(app)).answer.status).toBe(404);
    expect((await finish(app, browser, issuer.answer(url, ada({ groups: ['staff'] })))).status).toBe(401);
    await update({ enabled: true });
  });

  it('a domain that the operator took back', async () => {
    const domains = (await app.call('GET', '/api/v1/admin/sign-in-domains', { as: app.owner })).body.data.items;
    const decide = (state: string) => app.call('PUT', `/api/v1/admin/sign-in-domains/${domains[0].id}`, { as: app.owner, body: { state } });
    await signIn(ada({ sub: 'kept', email: `kept@${SSO_DOMAIN}` }));
    const { url, browser } = await start(app);
    await decide('refused');
    expect(reasonOf(await finish(app, browser, issuer.answer(url, { sub: 'kept', groups: ['staff'] })))).toBe('sso_domain_not_allowed');
    await decide('approved');
  });
});

it('the last admin stays one, whatever the provider says', async () => {
  const founder = await app.signInAs('tenant_admin', { tenant: 'new' });
  await connect(app, founder, issuer.issuer, { domains: ['example.com'], role_claim: 'groups', role_rules: [{ value: 'admins', role: 'tenant_admin' }], default_role: 'end_user' });
  const answer = await signInWith(app, issuer, { sub: 'founder', email: founder.email, email_verified: true, groups: [] }, {}, founder.workspace, 'example.com');
  expect(answer.body.data.user).toMatchObject({ id: founder.user_id, roles: ['tenant_admin'] });
});
