import { listEndpoints } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/crypto/digest.ts';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../app.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../browser.ts';
import { listenOn, type ListeningApp } from '../socket.ts';
import { createForger, readClaims, type Forger } from './forge-tokens.ts';

let app: TestApp;
let server: ListeningApp;
let person: TestPerson;
let other: TestPerson;
let forger: Forger;
beforeAll(async () => {
  app = await createTestApp();
  server = await listenOn(app);
  person = await app.signInAs('tenant_admin');
  other = await app.signInAs('tenant_admin', { tenant: 'new' });
  forger = await createForger(app, person);
});
afterAll(async () => {
  await server.close();
  await app.close();
});

const ask = async (headers: Record<string, string>, method = 'GET', path = '/api/v1/auth/me') => {
  const response = await fetch(`${server.url}${path}`, { method, headers: { origin: ORIGIN, ...headers } });
  return { status: response.status, code: ((await response.json().catch(() => null)) as { error?: { code?: string } } | null)?.error?.code };
};
const asBearer = (token: string) => ask({ authorization: `Bearer ${token}` });
const asCookie = (token: string) => ask({ cookie: `${ACCESS_COOKIE}=${token}` });
const INVALID = { status: 401, code: '2003' };
const EXPIRED = { status: 401, code: '2002' };

/** By both carriers: one gate, and nobody goes round it. */
async function expectRefused(token: string, refusal: { status: number; code: string | undefined }, what = token): Promise<void> {
  expect(await asBearer(token), what).toEqual(refusal);
  expect(await asCookie(token), what).toEqual(refusal);
}

describe('an access token at the real socket', () => {
  it('that the platform’s key signed is served, by either carrier', async () => {
    const token = await forger.sign({});
    expect([await asBearer(token), await asCookie(token)]).toEqual([{ status: 200 }, { status: 200 }]);
  });

  it('is refused with any one character of its three parts changed', async () => {
    const token = person.access_token;
    const dots = [...token.matchAll(/\./g)].map(({ index }) => index);
    expect(dots).toHaveLength(2);
    // Of a part's last character some bits are padding, which says the same bytes in another letter.
    for (let at = 0; at < token.length - 1; at += 1) {
      if (dots.includes(at + 1)) continue;
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(await asBearer(changed), `character ${at}`).toEqual(INVALID);
    }
    expect((await asBearer(token)).status).toBe(200);
  });

  it('is refused with its parts cut, doubled, moved or taken from another’s', async () => {
    const [head = '', body = '', signature = ''] = person.access_token.split('.');
    const [, theirs = '', theirSignature = ''] = other.access_token.split('.');
    const mixed = [
      `${head}.${theirs}.${signature}`, `${head}.${body}.${theirSignature}`, `${head}.${body}`, `${head}.${body}.`, `.${body}.${signature}`, `${head}..${signature}`, `${body}.${head}.${signature}`,
      `${person.access_token}.`, `${person.access_token}.${signature}`, `${person.access_token}${signature}`, `${head}.${body}.${signature}=`, `${head}=.${body}.${signature}`, signature, '..', '.', 'null', 'undefined', '[]', '{}', 'true', '0',
    ];
    for (const token of mixed) expect(await asBearer(token), token).toEqual(INVALID);
  });

  it('is refused under every other algorithm, however it is signed', async () => {
    const forged = await forger.confuse();
    expect(forged.length).toBeGreaterThanOrEqual(60);
    for (const [what, token] of forged) await expectRefused(token, INVALID, what);
  });

  const now = Math.floor(Date.now() / 1_000);
  const wrong: [string, Parameters<Forger['sign']>[0], typeof INVALID?][] = [
    ...(['somebody', '', ['lyss-api-2'], undefined, {}, null] as unknown[]).map((aud): (typeof wrong)[number] => [`the audience ${JSON.stringify(aud)}`, { claims: { aud } }]),
    ...['https://evil.example', '', `${ORIGIN}/`, `${ORIGIN}.evil.example`, undefined].map((iss): (typeof wrong)[number] => [`the issuer ${iss}`, { claims: { iss } }]),
    ...['JWT', 'rt+jwt', 'at+jwt2', '', undefined].map((typ): (typeof wrong)[number] => [`the type ${typ}`, { header: { typ } }]),
    ...[newId(), undefined, '', '../../../../dev/null', `' or '1'='1`, '*', 'x'.repeat(900)].map((kid): (typeof wrong)[number] => [`the key id ${kid}`, { header: { kid } }]),
    ['an end in the past', { claims: { iat: now - 700, exp: now - 60 } }, EXPIRED],
    ['an end before 1970', { claims: { exp: -1 } }, EXPIRED],
    ['no end', { claims: { exp: undefined } }],
    ['an end that is a text', { claims: { exp: '9999999999' } }],
    ['no beginning', { claims: { iat: undefined } }],
    ['a beginning to come', { claims: { nbf: now + 3_600 } }],
    ['a beginning that is a text', { claims: { nbf: 'now' } }],
    ['another’s session', { claims: { sid: newId() } }],
    ['another person', { claims: { sub: newId() } }],
    ['another tenant', { claims: { tid: newId() } }],
    ['an earlier epoch', { claims: { ver: 0 } }],
    ['a later epoch', { claims: { ver: 99 } }],
    ...['sub', 'sid', 'tid', 'jti'].flatMap((claim) => ['', null, [], {}, 1, true, undefined].map((value): (typeof wrong)[number] => [`${claim} = ${JSON.stringify(value)}`, { claims: { [claim]: value } }])),
  ];

  it.each(wrong)('is refused though our own key signed it, with %s', async (_what, change, refusal = INVALID) => {
    await expectRefused(await forger.sign(change), refusal);
  });

  it('is refused with the ids of another tenant’s living session, one by one and in pairs', async () => {
    const theirs = readClaims(other.access_token);
    for (const names of [['sid'], ['sub'], ['tid'], ['sid', 'sub'], ['sid', 'tid'], ['sub', 'tid']]) {
      await expectRefused(await forger.sign({ claims: Object.fromEntries(names.map((name) => [name, theirs[name]])) }), INVALID, names.join());
    }
  });

  it('is no way in as a refresh token, nor the other way round', async () => {
    for (const token of [person.refresh_token, other.refresh_token]) await expectRefused(token, INVALID);
    expect(await ask({ cookie: `${REFRESH_COOKIE}=${person.access_token}` }, 'POST', '/api/v1/auth/refresh')).toEqual(INVALID);
  });
});

describe('both carriers at once', () => {
  const endpoints = listEndpoints();
  const carriers: [string, () => Record<string, string>][] = [
    ['an access token and an access cookie', () => ({ cookie: `${ACCESS_COOKIE}=${person.access_token}` })],
    ['an access token and a refresh cookie', () => ({ cookie: `${REFRESH_COOKIE}=${person.refresh_token}` })],
    ['an access token and another’s cookie', () => ({ cookie: `${ACCESS_COOKIE}=${other.access_token}` })],
  ];

  it.each(carriers)('are 400 at every endpoint: %s', async (_what, cookie) => {
    for (const [id, { kind, method, path }] of endpoints) {
      const place = path.replace('{provider}', 'openai').replace(/\{\w+\}/g, newId());
      expect(await ask({ authorization: `Bearer ${person.access_token}`, ...cookie() }, method, place), id).toEqual({ status: 400, code: kind === 'oauth' ? undefined : '1001' });
    }
  });
});
