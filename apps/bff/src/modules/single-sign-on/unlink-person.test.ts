import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { callDuring } from '../../../test/call-during.ts';
import { startSmallIssuer, type SmallIssuer } from '../../../test/small-issuer.ts';
import { ada, connect, signInWith, SSO_DOMAIN } from '../../../test/sso-scene.ts';

let app: TestApp;
let issuer: SmallIssuer;
let admin: TestPerson;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: issuer.host });
  admin = await app.signInAs('tenant_admin');
  await connect(app, admin, issuer.issuer);
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const reasonOf = (answer: Answer): unknown => answer.body?.error?.details?.reason;
const unlink = (id: string, as = admin) => app.call('DELETE', `/api/v1/admin/users/${id}/single-sign-on`, { as });
const read = async (id: string) => (await app.call('GET', `/api/v1/admin/users/${id}`, { as: admin })).body.data;
const cookieOf = (answer: Answer) => answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
const signIn = (sub: string, email = `${sub}@${SSO_DOMAIN}`) => signInWith(app, issuer, ada({ sub, email }));

describe('untying a person from the provider', () => {
  it('ends what it let in and nothing else, is told with whom, and the next sign-in ties another account by the address', async () => {
    const { user_id, email } = await addWithPassword('tied');
    const own = openBrowser(app);
    await own.call('POST', '/api/v1/auth/login', { body: { email, password: PASSWORD, workspace: 'first' } });
    const answer = await signIn('tied', email);
    const cookie = cookieOf(answer);
    const me = () => app.call('GET', '/api/v1/auth/me', { headers: { cookie } });
    expect((await me()).status).toBe(200);
    expect((await read(user_id)).single_sign_on).toEqual({ linked_at: expect.any(String), last_used_at: expect.any(String) });
    expect(reasonOf(await signIn('other-account', email))).toBe('sso_other_identity');

    expect((await unlink(user_id)).status).toBe(204);
    await expect.poll(async () => (await me()).status).toBe(401);
    expect((await own.call('GET', '/api/v1/auth/me')).status).toBe(200);
    expect((await read(user_id)).single_sign_on).toBeNull();
    expect(await app.findAudit(admin.tenant_id, 'sso.unlinked')).toMatchObject({ resource_id: user_id, details: { before: { issuer: issuer.issuer, subject: 'tied' }, sessions_ended: 1 } });
    expect(reasonOf(await unlink(user_id))).toBe('sso_not_linked');
    expect((await signIn('other-account', email)).body.data.user.id).toBe(user_id);
  });

  it('beats a sign-in that waits for it: the old subject is asked for its address again', async () => {
    const { user } = (await signIn('waits')).body.data;
    const untie = async (db: Parameters<Parameters<typeof callDuring>[2]>[0]) => {
      await db.selectFrom('users').select('id').where('id', '=', user.id).forUpdate().execute();
      await db.deleteFrom('sso_identities').where('user_id', '=', user.id).execute();
    };
    const answer = await callDuring(app, admin.tenant_id, untie, () => signInWith(app, issuer, { sub: 'waits', email: user.email, email_verified: false }));
    expect(reasonOf(answer)).toBe('sso_email_unverified');
  });

  it('is nobody’s business beyond what they may do themselves', async () => {
    const { user } = (await signIn('member')).body.data;
    expect((await unlink(user.id, await app.signInAs('end_user'))).status).toBe(403);
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect((await unlink(user.id, stranger)).body.error.code).toBe('3003');
    expect((await unlink(app.owner.user_id)).body.error).toMatchObject({ code: '2004', details: { reason: 'beyond_own_permissions' } });
  });
});

async function addWithPassword(name: string) {
  const email = `${name}@${SSO_DOMAIN}`;
  const { user, invitation } = (await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email, name } })).body.data;
  await app.call('POST', `/api/v1/auth/invitations/${invitation.url.split('/').at(-1)}`, { body: { password: PASSWORD } });
  return { user_id: user.id as string, email };
}
