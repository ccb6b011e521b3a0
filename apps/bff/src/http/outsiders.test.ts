import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, ORIGIN, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../test/app.ts';
import { openBrowser, REFRESH_COOKIE } from '../../test/browser.ts';

const PER_NETWORK = 20;
const PER_PERSON = 20;
let app: TestApp;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp({ rate_limits: { per_person: PER_PERSON, per_network: PER_NETWORK } }, { LYSS_TRUST_PROXY: '1' });
  member = await app.signInAs('end_user');
});
afterAll(() => app.close());

const from = (address: string, headers: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...headers });
const statuses = async (turns: number, headers: (turn: number) => Record<string, string>) => {
  const answers: number[] = [];
  for (let turn = 0; turn < turns; turn++) answers.push((await app.call('GET', '/api/v1/auth/me', { headers: headers(turn) })).status);
  return answers;
};
const refusedAfter = [...Array<number>(PER_NETWORK).fill(401), 429, 429];

describe('somebody who is nobody yet', () => {
  it.each<[string, (turn: number) => Record<string, string>]>([
    ['a forged token', (turn) => ({ authorization: `Bearer forged.${turn}.token` })],
    ['a header that is no token', () => ({ authorization: 'Basic eDp5' })],
    ['no token', () => ({})],
  ])('is counted by network with %s, and the good token of a neighbour goes on', async (what, headers) => {
    const address = `203.0.${what.length}.7`;
    expect(await statuses(PER_NETWORK + 2, (turn) => from(address, headers(turn)))).toEqual(refusedAfter);
    const neighbour = await app.call('GET', '/api/v1/auth/me', { as: app.owner, headers: from(address) });
    expect(neighbour.status).toBe(200);
  });

  it('is one network however the proxy writes ports, and whatever it cannot name is the proxy’s own', async () => {
    expect(await statuses(PER_NETWORK + 2, (turn) => from(`198.51.100.7:${4_000 + turn}`))).toEqual(refusedAfter);
    // The set-up came from there as well, and was counted.
    expect((await statuses(PER_NETWORK + 2, (turn) => from(`garbage-${turn}`))).slice(-2)).toEqual([429, 429]);
  });
});

describe('a network that somebody else has used up', () => {
  let networks = 0;
  /** A neighbour's address in a network that is used up with garbage, and where nobody is let in any more. */
  async function useUp() {
    const [noisy, neighbour] = [`192.0.${++networks}.7`, `192.0.${networks}.200`];
    await statuses(PER_NETWORK + 1, () => from(noisy));
    const signIn = await app.call('POST', '/api/v1/auth/login', { body: { email: member.email, password: 'x' }, headers: from(neighbour) });
    expect(signIn.status).toBe(429);
    return neighbour;
  }
  async function openSession() {
    const browser = openBrowser(app);
    expect((await app.call('POST', '/api/v1/auth/login', { body: { email: member.email, password: 'x' }, headers: from('10.9.9.9') })).status).toBe(401);
    const entered = await browser.call('POST', '/api/v1/auth/login', { body: { email: member.email, password: PASSWORD, workspace: member.workspace }, headers: from(`10.8.${++networks}.1`) });
    expect(entered.status).toBe(200);
    return browser;
  }
  const byForm = (fields: Record<string, string>, address: string) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams(fields), headers: from(address) });
  const byCookie = (token: string, address: string, path = 'refresh') => app.call('POST', `/api/v1/auth/${path}`, { headers: from(address, { cookie: `${REFRESH_COOKIE}=${token}` }) });
  const statusOf = ({ status }: Answer) => status;

  it('signs no neighbour out: their refresh and their sign-out go on, a browser’s and a script’s', async () => {
    const browser = await openSession();
    const address = await useUp();
    for (let turn = 0; turn < 3; turn++) expect((await browser.call('POST', '/api/v1/auth/refresh', { headers: from(address) })).status).toBe(200);
    let { refresh_token, access_token } = member;
    for (let turn = 0; turn < 3; turn++) {
      const answer = await byForm({ grant_type: 'refresh_token', refresh_token }, address);
      expect(answer.status).toBe(200);
      ({ refresh_token, access_token } = answer.body);
    }
    expect((await browser.call('POST', '/api/v1/auth/logout', { headers: from(address) })).status).toBe(204);
    expect((await app.call('POST', '/api/v1/auth/logout', { headers: from(address, { authorization: `Bearer ${access_token}` }) })).status).toBe(204);
    expect(statusOf(await byForm({ grant_type: 'refresh_token', refresh_token }, address))).toBe(429);
  });

  it('stays shut for tokens that we never made, which are not even looked for, however many come', async () => {
    const address = await useUp();
    const lookUp = vi.spyOn(app.context.tenancy, 'lookUp');
    for (let turn = 0; turn < 3; turn++) {
      const garbage = crypto.getRandomValues(Buffer.alloc(32)).toString('base64url');
      expect([await byCookie(garbage, address), await byCookie(garbage, address, 'logout'), await byForm({ grant_type: 'refresh_token', refresh_token: garbage }, address)].map(statusOf)).toEqual([429, 429, 429]);
    }
    const password = await byForm({ grant_type: 'password', username: member.email, password: 'x' }, address);
    expect([password, await app.call('POST', '/api/v1/auth/logout', { headers: from(address) }), await app.call('POST', '/api/v1/auth/refresh', { headers: from(address) })].map(statusOf)).toEqual([429, 429, 429]);
    expect(lookUp).not.toHaveBeenCalled();
    lookUp.mockRestore();
  });

  it('stays shut for a password beside a living token of one’s own, in a cookie, a header or the form', async () => {
    const browser = await openSession();
    const address = await useUp();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    // The right one: a wrong one is refused either way, but only after it was tried.
    const guess = { grant_type: 'password', username: member.email, password: PASSWORD, workspace: member.workspace };
    const guessWith = (headers: Record<string, string>, more: Record<string, string> = {}) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ ...guess, ...more }), headers: from(address, headers) });
    const refresh_token = browser.cookies.get(REFRESH_COOKIE) ?? '';
    expect(refresh_token).not.toBe('');
    const answers = [await guessWith({ cookie, origin: ORIGIN }), await guessWith({ authorization: `Bearer ${app.owner.access_token}` }), await guessWith({}, { refresh_token })];
    expect(answers.map(statusOf)).toEqual([429, 429, 429]);
  });

  it('nor does a living token open anything but the refresh and the end of its own session', async () => {
    const browser = await openSession();
    const address = await useUp();
    const body = { email: member.email, password: PASSWORD, workspace: member.workspace };
    expect((await browser.call('POST', '/api/v1/auth/login', { body, headers: from(address) })).status).toBe(429);
    expect((await browser.call('GET', '/api/v1/setup', { headers: from(address) })).status).toBe(429);
  });

  it('stays shut for the tokens of a session that is over, and a living one has a limit of its own', async () => {
    const [ended, busy] = [await openSession(), await openSession()];
    const old = ended.cookies.get(REFRESH_COOKIE) ?? '';
    await ended.call('POST', '/api/v1/auth/logout', { headers: from('10.7.7.7') });
    const address = await useUp();
    expect((await byCookie(old, address)).status).toBe(429);
    const answers: number[] = [];
    for (let turn = 0; turn < PER_PERSON + 1; turn++) answers.push((await byCookie(busy.cookies.get(REFRESH_COOKIE) ?? '', address)).status);
    expect(new Set(answers.slice(0, PER_PERSON))).toEqual(new Set([200]));
    expect(answers.at(-1)).toBe(429);
  });
});

describe('what programs ask for', () => {
  it.each(['/v1', '/v1/models', '/metrics', '/metrics/x', '/health', '/health/x', '/.well-known', '/.well-known/openid-configuration'])('%s is 404 as JSON, not the console’s page', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await app.call(method, path);
      expect(answer).toMatchObject({ status: 404, body: { success: false, error: { code: '3007' } } });
    }
  });

  it('leaves what is there', async () => {
    for (const path of ['/health/live', '/health/ready', '/.well-known/jwks.json']) expect((await app.app.request(`${ORIGIN}${path}`)).status).toBe(200);
  });
});
