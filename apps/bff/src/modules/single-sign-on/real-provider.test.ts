import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { startRealIssuer, type RealIssuer } from '../../../test/real-issuer.ts';
import { connect, finish, readAttemptCookie, SSO_DOMAIN, start } from '../../../test/sso-scene.ts';

// Against a provider that others wrote, as a process of its own: what we say and hear is the standard, not our reading of it.
let app: TestApp;
let issuer: RealIssuer;
beforeAll(async () => {
  issuer = await startRealIssuer(['http://localhost:3000/sso/callback/first']);
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
  const { client_id, client_secret } = issuer;
  const role_rules = [{ value: 'admins', role: 'tenant_admin' }, { value: 'staff', role: 'end_user' }];
  await connect(app, app.owner, issuer.issuer, { client_id, client_secret, scopes: ['profile', 'groups'], role_claim: 'groups', role_rules, default_role: null });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

async function signIn(login: string) {
  const { url, browser } = await start(app);
  return finish(app, browser, pick(await issuer.visit(url, login)));
}

/** As the callback page does: what we know of, and nothing else that stands in the address. */
const pick = ({ code, state, iss, error }: Record<string, string>) => Object.fromEntries(Object.entries({ code, state, iss, error }).filter(([, value]) => value !== undefined));

it('signs somebody in by the code flow, with claims from userinfo', async () => {
  const answer = await signIn(`ada@${SSO_DOMAIN}?groups=staff`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.data.user).toMatchObject({ email: `ada@${SSO_DOMAIN}`, name: 'Ada Lovelace', roles: ['end_user'] });
  expect((await signIn(`ada@${SSO_DOMAIN}?groups=staff,admins`)).body.data.user).toMatchObject({ id: answer.body.data.user.id, roles: ['tenant_admin', 'end_user'] });
});

it('refuses an address that it has not verified, and a person without a role', async () => {
  expect((await signIn(`eve@${SSO_DOMAIN}?groups=staff&verified=no`)).body.error.details.reason).toBe('sso_email_unverified');
  expect((await signIn(`eve@${SSO_DOMAIN}`)).body.error.details.reason).toBe('sso_no_role');
});

it('tells that the provider refused, in our own words', async () => {
  const answer = await signIn('refuse');
  expect([answer.status, answer.body.error.details.reason]).toEqual([502, 'sso_denied']);
  expect(JSON.stringify(answer.body)).not.toContain('canary-of-the-provider');
});

it('redeems no code twice, nor one of another browser’s', async () => {
  const [own, other] = [await start(app), await start(app)];
  const returned = pick(await issuer.visit(own.url, `ada@${SSO_DOMAIN}?groups=staff`));
  const theirs = pick(await issuer.visit(other.url, `eve@${SSO_DOMAIN}?groups=staff`));
  expect((await finish(app, own.browser, { ...returned, code: theirs['code'] })).body.error.details.reason).toBe('sso_code_refused');
  expect((await finish(app, own.browser, returned)).body.error.details.reason).toBe('sso_attempt');
});

it('tests without signing in, and tells a wrong secret', async () => {
  const test = async () => {
    const begun = await app.call('POST', '/api/v1/admin/single-sign-on/test', { as: app.owner });
    const body = { workspace: 'first', ...pick(await issuer.visit(begun.body.data.url, `ada@${SSO_DOMAIN}?groups=staff`)) };
    return app.call('POST', '/api/v1/admin/single-sign-on/test/result', { as: app.owner, body, headers: { cookie: readAttemptCookie(begun) } });
  };
  expect((await test()).body.data).toMatchObject({ refusal: null, matched: ['staff'], claims: expect.arrayContaining([{ name: 'email_verified', value: 'true' }]) });
  await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: app.owner, body: { client_secret: 'not-the-secret-0123' } });
  expect((await test()).body.error.details.reason).toBe('sso_wrong_secret');
});
