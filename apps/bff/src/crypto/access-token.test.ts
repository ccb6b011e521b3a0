import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { importJWK, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessTokenError, createAccessTokens, generateSigningKey, type AccessTokens } from './access-token.ts';
import { newId } from './digest.ts';

const ISSUER = 'https://lyss.example';
const subject = { user_id: newId(), session_id: newId(), tenant_id: newId(), epoch: 3 };
let now = Date.now();
let generated: Awaited<ReturnType<typeof generateSigningKey>>;
let private_jwk: JWK;
let jwks: JWK[];
let tokens: AccessTokens;

beforeAll(async () => {
  generated = await generateSigningKey();
  private_jwk = JSON.parse(generated.private_jwk_json) as JWK;
  jwks = [{ ...generated.public_jwk }];
  tokens = createAccessTokens({ issuer: ISSUER, keys: { active: () => ({ kid: generated.kid, private_jwk }), all: () => jwks }, now: () => now });
});

const expectRefused = (token: string, reason = 'invalid') =>
  expect(tokens.verify(token), token.slice(0, 80)).rejects.toEqual(expect.objectContaining({ name: 'AccessTokenError', reason }));

/** A token that is right in everything but what the case changes. */
async function forge(change: { header?: object; claims?: Record<string, unknown>; key?: JWK } = {}): Promise<string> {
  const iat = Math.floor(now / 1000);
  const claims = { iss: ISSUER, aud: 'lyss-api', sub: 'u', sid: 's', tid: 't', ver: 1, iat, exp: iat + 600, jti: newId(), ...change.claims };
  const header = { alg: 'EdDSA', typ: 'at+jwt', kid: generated.kid, ...change.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(change.key ?? private_jwk, 'EdDSA'));
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('access tokens', () => {
  it('carry who, which session, tenant and epoch, for ten minutes, and nothing more', async () => {
    const token = await tokens.issue(subject);
    const claims = await tokens.verify(token);
    expect(claims).toEqual({ sub: subject.user_id, sid: subject.session_id, tid: subject.tenant_id, ver: 3, exp: Math.floor(now / 1000) + 600, jti: expect.any(String) });
    const [header, payload] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);
    expect(header).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: generated.kid });
    expect(Object.keys(payload ?? {}).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'tid', 'ver']);
    expect(token.length).toBeLessThan(1024);
    await expect(tokens.verify(await forge())).resolves.toMatchObject({ sub: 'u' });
  });

  it('are refused without a signature or with the public key as a secret', async () => {
    const claims = { iss: ISSUER, aud: 'lyss-api', sub: 'u', sid: 's', tid: 't', ver: 1, iat: Math.floor(now / 1000), exp: Math.floor(now / 1000) + 600, jti: 'j' };
    await expectRefused(new UnsecuredJWT(claims).encode());
    const secrets = [generated.public_jwk.x, JSON.stringify(generated.public_jwk), Buffer.from(generated.public_jwk.x, 'base64url')];
    for (const secret of secrets) {
      for (const alg of ['HS256', 'EdDSA', 'none']) {
        const input = `${encode({ alg, typ: 'at+jwt', kid: generated.kid })}.${encode(claims)}`;
        await expectRefused(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`);
        await expectRefused(`${input}.`);
      }
    }
  });

  it.each([
    ['another type', { header: { typ: 'JWT' } }],
    ['another name of its algorithm', { header: { alg: 'Ed25519' } }],
    ['no type', { header: { typ: undefined } }],
    ['another audience', { claims: { aud: 'somebody' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['another issuer', { claims: { iss: 'https://lyss.example.evil' } }],
    ['an unknown kid', { header: { kid: newId() } }],
    ['no kid', { header: { kid: undefined } }],
    ['its own key in the header', { header: { jwk: { kty: 'OKP' }, kid: 'self' } }],
    ['an empty subject', { claims: { sub: '' } }],
    ['a session that is an object', { claims: { sid: {} } }],
    ['no tenant', { claims: { tid: null } }],
    ['an epoch that is a text', { claims: { ver: '1' } }],
    ['no end', { claims: { exp: undefined } }],
    ['a text as its end', { claims: { exp: 'tomorrow' } }],
  ])('are refused with %s', async (_, change) => expectRefused(await forge(change)));

  it('are refused when signed by another key under our kid', async () => {
    const other = JSON.parse((await generateSigningKey()).private_jwk_json) as JWK;
    await expectRefused(await forge({ key: other }));
  });

  it('are refused with any character changed, though the good one was just verified', async () => {
    const token = await tokens.issue(subject);
    await tokens.verify(token);
    // The last character of base64url may hold unused bits; the one before it never does.
    for (let at = 0; at < token.length - 1; at += 7) {
      const changed = token[at] === 'A' ? 'B' : 'A';
      await expectRefused(token.slice(0, at) + changed + token.slice(at + 1));
    }
  });

  it('end five seconds after their end, from the cache too', async () => {
    const start = now;
    const token = await tokens.issue(subject);
    now = start + 604_000;
    await expect(tokens.verify(token)).resolves.toMatchObject({ ver: 3 });
    now = start + 606_000;
    await expectRefused(token, 'expired');
    now = start + 700_000;
    await expectRefused(token, 'expired');
    now = start;
  });

  it('stop counting within five seconds of their key being withdrawn', async () => {
    const token = await tokens.issue(subject);
    await tokens.verify(token);
    jwks = [];
    const start = now;
    now = start + 5_000;
    await expectRefused(token);
    now = start;
    jwks = [{ ...generated.public_jwk }];
  });

  it('still count after a rotation, while their key is published', async () => {
    const old = await tokens.issue(subject);
    const next = await generateSigningKey();
    const all = [{ ...next.public_jwk }, { ...generated.public_jwk }];
    const rotated = createAccessTokens({ issuer: ISSUER, keys: { active: () => ({ kid: next.kid, private_jwk: JSON.parse(next.private_jwk_json) as JWK }), all: () => all }, now: () => now });
    await expect(rotated.verify(old)).resolves.toMatchObject({ sub: subject.user_id });
    await expect(rotated.verify(await rotated.issue(subject))).resolves.toMatchObject({ sub: subject.user_id });
  });

  it('refuse garbage of any kind and length without a crash', async () => {
    for (const token of ['', '.', '..', 'a.b.c', 'x'.repeat(100_000), `${'.'.repeat(100_000)}`, '\0', 'ey\u202e..', await forge({ header: { crit: ['x'], x: 1 } }).catch(() => 'a.b.c')]) await expectRefused(token);
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (token) => {
      await expectRefused(token);
    }));
  });

  it('report a database that cannot name the keys as itself, not as a bad token', async () => {
    const broken = createAccessTokens({ issuer: ISSUER, keys: { active: () => ({ kid: generated.kid, private_jwk }), all: async () => Promise.reject(new Error('no database')) } });
    await expect(broken.verify(await forge())).rejects.not.toBeInstanceOf(AccessTokenError);
  });

  it('publish no private member', async () => {
    jwks = [{ ...private_jwk }];
    expect(await tokens.publicJwks()).toEqual({ keys: [generated.public_jwk] });
    jwks = [{ ...generated.public_jwk }];
    expect(Object.keys(generated.public_jwk)).not.toContain('d');
  });
});
