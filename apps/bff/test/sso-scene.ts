import type { Answer, TestApp, TestPerson } from './app.ts';
import { CLIENT, type Claims, type Forging, type SmallIssuer } from './small-issuer.ts';

/** A browser, as far as a sign-in elsewhere needs one: the cookie that it holds meanwhile. */
export interface Browser {
  cookie: string;
}

export const SSO_DOMAIN = 'sso.example.com';

export const connectionTo = (issuer: string, more: object = {}) => ({ issuer, ...CLIENT, domains: [SSO_DOMAIN], ...more });

/** Connects a tenant, and has its domains approved by the operator. */
export async function connect(app: TestApp, as: TestPerson, issuer: string, more: object = {}): Promise<Answer> {
  const made = await app.call('POST', '/api/v1/admin/single-sign-on', { as, body: connectionTo(issuer, more) });
  if (made.status !== 201) return made;
  for (const { id } of made.body.data.domains) await app.call('PUT', `/api/v1/admin/sign-in-domains/${id}`, { as: app.owner, body: { state: 'approved' } });
  return made;
}

export const readAttemptCookie = (answer: Answer): string => /(?:^|, )((?:__Host-)?lyss_sso=[\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';

/** Begins a sign-in: the address to go to, and the browser that went there. */
export async function start(app: TestApp, domain = SSO_DOMAIN, held?: Browser): Promise<{ url: string; browser: Browser; answer: Answer }> {
  const answer = await app.call('POST', '/api/v1/auth/single-sign-on', { body: { domain }, headers: held ? { cookie: held.cookie } : {} });
  return { url: answer.body.data?.url ?? '', browser: { cookie: readAttemptCookie(answer) }, answer };
}

/** What the callback page sends. */
export const finish = (app: TestApp, browser: Browser, returned: object, workspace = app.owner.workspace) =>
  app.call('POST', '/api/v1/auth/single-sign-on/finish', { body: { workspace, ...returned }, headers: { cookie: browser.cookie } });

/** A whole sign-in by somebody with these claims. */
export async function signInWith(app: TestApp, issuer: SmallIssuer, claims: Claims, forging: Forging = {}, workspace = app.owner.workspace, domain = SSO_DOMAIN): Promise<Answer> {
  const { url, browser } = await start(app, domain);
  return finish(app, browser, issuer.answer(url, claims, forging), workspace);
}

/** A whole test by an admin. */
export async function testWith(app: TestApp, issuer: SmallIssuer, as: TestPerson, claims: Claims): Promise<Answer> {
  const begun = await app.call('POST', '/api/v1/admin/single-sign-on/test', { as });
  const body = { workspace: as.workspace, ...issuer.answer(begun.body.data.url, claims) };
  return app.call('POST', '/api/v1/admin/single-sign-on/test/result', { as, body, headers: { cookie: readAttemptCookie(begun) } });
}

export const ada = (more: Claims = {}): Claims => ({ sub: 'ada', email: `ada@${SSO_DOMAIN}`, email_verified: true, name: 'Ada Lovelace', ...more });
