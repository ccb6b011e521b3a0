import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { startMailServer, type MailServer } from '../../../test/mail-server.ts';
import { startSmallIssuer, type SmallIssuer } from '../../../test/small-issuer.ts';
import { connect, signInWith, testWith } from '../../../test/sso-scene.ts';

const DOMAIN = 'example.com';
const PATH = '/api/v1/admin/single-sign-on';

let app: TestApp;
let mail: MailServer;
let issuer: SmallIssuer;
let admin: TestPerson;
beforeAll(async () => {
  [issuer, mail] = [await startSmallIssuer(), await startMailServer()];
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host, LYSS_SMTP_URL: mail.url });
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  await connect(app, admin, issuer.issuer, { domains: [DOMAIN] });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
  await mail.close();
});

const reasonOf = (answer: Answer): unknown => answer.body.error?.details?.reason ?? answer.body.error_description;
const update = (body: object, as = admin) => app.call('PATCH', PATH, { as, body });
const me = (person: TestPerson) => ({ sub: person.user_id, email: person.email, email_verified: true });
const login = (person: TestPerson) => app.call('POST', '/api/v1/auth/login', { body: { email: person.email, password: PASSWORD, workspace: person.workspace } });
const invite = async () => (await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: `invited-${crypto.randomUUID()}@${DOMAIN}`, name: 'Invited' } })).body.data;
const tokenOf = (url: string) => url.split('/').at(-1);

describe('closing passwords', () => {
  it('takes a test of these very settings by that admin, signing in as themselves', async () => {
    expect(reasonOf(await update({ sso_only: true }))).toBe('sso_not_tested');
    await testWith(app, issuer, admin, { sub: 'somebody', email: `somebody@${DOMAIN}`, email_verified: true });
    expect(reasonOf(await update({ sso_only: true }))).toBe('sso_not_tested');
    expect((await testWith(app, issuer, admin, me(admin))).body.data).toMatchObject({ refusal: null, user: { is_me: true } });
    expect(reasonOf(await update({ sso_only: true, scopes: ['profile', 'other'] }))).toBe('sso_not_tested');
    await update({ scopes: ['profile', 'other'] });
    expect(reasonOf(await update({ sso_only: true }))).toBe('sso_not_tested');
    await testWith(app, issuer, admin, me(admin));
    expect((await update({ sso_only: true })).body.data.sso_only).toBe(true);
  });

  it('holds everything else as it was tested', async () => {
    for (const change of [{ client_secret: 'x'.repeat(20) }, { domains: ['other.example'] }, { creates_users: false }]) expect(reasonOf(await update(change))).toBe('sso_only_on');
  });
});

describe('with passwords closed', () => {
  it('the right password is told so, and a wrong one as ever', async () => {
    expect([(await login(admin)).status, reasonOf(await login(admin))]).toEqual([409, 'sso_only']);
    await expect.poll(() => app.findAudit(admin.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', details: { reason: 'sso_only' } });
    const wrong = await app.call('POST', '/api/v1/auth/login', { body: { email: admin.email, password: 'wrong', workspace: admin.workspace } });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, '2006']);
  });

  it('the token route gives none', async () => {
    const form = new URLSearchParams({ grant_type: 'password', username: admin.email, password: PASSWORD, workspace: admin.workspace });
    const answer = await app.call('POST', '/api/v1/auth/token', { body: form });
    expect([answer.status, answer.body.access_token]).toEqual([400, undefined]);
  });

  it('no letter brings a link, and a link from before opens nothing', async () => {
    const { invitation, user } = await invite();
    const [path, token] = ['/api/v1/auth/invitations', tokenOf(invitation.url)];
    expect(reasonOf(await app.call('GET', `${path}/${token}`))).toBe('sso_only');
    expect(reasonOf(await app.call('POST', `${path}/${token}`, { body: { password: PASSWORD } }))).toBe('sso_only');
    const before = mail.received.length;
    expect((await app.call('POST', '/api/v1/auth/password-reset', { body: { email: admin.email, workspace: admin.workspace } })).status).toBe(202);
    await expect.poll(() => app.findAudit(admin.tenant_id, 'users.password_reset_asked')).toMatchObject({ outcome: 'refused', details: { reason: 'sso_only' } });
    expect(mail.received.slice(before).filter(({ to }) => to.includes(admin.email))).toEqual([]);
    expect((await signInWith(app, issuer, { sub: 'inv', email: user.email, email_verified: true }, {}, admin.workspace, DOMAIN)).body.data.user.id).toBe(user.id);
  });

  it('an admin makes nobody a link that would open nothing; an operator’s still does', async () => {
    const person = await invite();
    const reset = (id: string, as = admin) => app.call('POST', `/api/v1/admin/users/${id}/reset-password`, { as });
    const answer = await reset(person.user.id);
    expect([answer.status, reasonOf(answer)]).toEqual([409, 'passwords_closed']);
    expect(answer.body.error.message).toContain('identity provider');
    expect(reasonOf(await reset(admin.user_id))).toBe('passwords_closed');
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).body.data.tenant.passwords_closed).toBe(true);
    expect((await app.call('GET', '/api/v1/auth/me', { as: app.owner })).body.data.tenant.passwords_closed).toBe(false);
  });

  it('nobody changes one', async () => {
    expect(reasonOf(await app.call('PUT', '/api/v1/auth/password', { as: admin, body: { current_password: PASSWORD, password: 'another-quiet-lake-9' } }))).toBe('sso_only');
  });

  it('none proves that it is still somebody, who signs in anew through the provider instead', async () => {
    const own = '/api/v1/auth/second-factors';
    expect((await app.call('GET', own, { as: admin })).body.data.proof_methods).toEqual([]);
    expect(reasonOf(await app.call('POST', `${own}/proof`, { as: admin, body: { method: 'password', password: PASSWORD } }))).toBe('sso_only');
    expect(await app.findAudit(admin.tenant_id, 'second_factors.proved')).toMatchObject({ outcome: 'refused', details: { method: 'password', reason: 'sso_only' } });
  });

  it('who is signed in stays, and the provider signs in', async () => {
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).status).toBe(200);
    expect((await signInWith(app, issuer, me(admin), {}, admin.workspace, DOMAIN)).status).toBe(200);
  });

  it('another tenant’s people are asked for theirs', async () => {
    // The password is taken: what is asked for is the owner's second step.
    expect((await login(app.owner)).body.error.code).toBe('2007');
  });

  it('an operator of the tenant keeps theirs, and may close them without being able to use the provider', async () => {
    await connect(app, app.owner, issuer.issuer, { domains: ['first.example'] });
    await testWith(app, issuer, app.owner, { sub: 'a', email: 'a@first.example', email_verified: true });
    expect((await update({ sso_only: true }, app.owner)).status).toBe(200);
    // The password is taken: what is asked for is the owner's second step.
    expect((await login(app.owner)).body.error.code).toBe('2007');
    await update({ sso_only: false }, app.owner);
  });
});

describe('the way out', () => {
  it('is the operator’s: passwords open again at once, told in both trails', async () => {
    const allow = () => app.call('DELETE', `/api/v1/admin/tenants/${admin.tenant_id}/single-sign-on-only`, { as: app.owner });
    expect((await allow()).status).toBe(204);
    expect((await login(admin)).status).toBe(200);
    expect(await app.findAudit(admin.tenant_id, 'sso.passwords_allowed')).toMatchObject({ outcome: 'success' });
    expect(reasonOf(await allow())).toBe('passwords_open');
    expect((await app.call('DELETE', `/api/v1/admin/tenants/${crypto.randomUUID()}/single-sign-on-only`, { as: app.owner })).status).toBe(404);
  });

  it('opens with the connection’s end, too: nobody is left without a door', async () => {
    await testWith(app, issuer, admin, me(admin));
    await update({ sso_only: true });
    expect((await update({ enabled: false })).body.data).toMatchObject({ enabled: false, sso_only: false });
    expect((await login(admin)).status).toBe(200);
  });
});
