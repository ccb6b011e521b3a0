import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { importJWK, SignJWT, type JWK, type JWTHeaderParameters } from 'jose';
import { newId } from '../../src/crypto/digest.ts';
import { loadPlatformKeys } from '../../src/db/platform-keys.ts';
import type { TestApp, TestPerson } from '../app.ts';

export interface Forger {
  kid: string;
  public_jwk: JWK;
  /** A token that the platform's own key signed, right in everything but what `change` says; undefined leaves a member out. */
  sign(change: { header?: Record<string, unknown>; claims?: Record<string, unknown> }): Promise<string>;
  /** The same claims under another key or algorithm, or under none. */
  confuse(): Promise<[string, string][]>;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What an attacker would need the platform's signing key for, who has everything else: the test reads it out of the database. */
export async function createForger(app: TestApp, person: TestPerson): Promise<Forger> {
  const { signing } = await loadPlatformKeys(app.context.tenancy, app.keyring);
  const { kid, private_jwk } = await signing.active();
  const public_jwk = (await signing.all()).find((key) => key.kid === kid) ?? {};
  const good = readClaims(person.access_token);
  const sign: Forger['sign'] = async ({ header = {}, claims = {} }) =>
    // jose signs what it is told to: a header that it would refuse is what is tried here.
    new SignJWT({ ...good, jti: newId(), ...claims }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header } as JWTHeaderParameters).sign(await importJWK(private_jwk, 'EdDSA'));
  return { kid, public_jwk, sign, confuse: () => confuse(good, kid, public_jwk) };
}

export function readClaims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

async function confuse(claims: Record<string, unknown>, kid: string, public_jwk: JWK): Promise<[string, string][]> {
  const header = { typ: 'at+jwt', kid };
  const unsigned = ['none', 'None', 'NONE', 'nOnE', '', null, 'EdDSA'].flatMap((alg): [string, string][] => {
    const input = `${encode({ ...header, alg })}.${encode(claims)}`;
    return [[`unsigned, alg ${alg}`, `${input}.`], [`two parts, alg ${alg}`, input], [`a made-up signature, alg ${alg}`, `${input}.${'A'.repeat(86)}`]];
  });
  const spki = createPublicKey({ key: { ...public_jwk }, format: 'jwk' });
  const secrets: [string, string | Buffer][] = [
    ['x', public_jwk.x ?? ''], ['its bytes', Buffer.from(public_jwk.x ?? '', 'base64url')], ['the JWK', JSON.stringify(public_jwk)],
    ['PEM', spki.export({ type: 'spki', format: 'pem' })], ['DER', spki.export({ type: 'spki', format: 'der' })], ['nothing', ''],
  ];
  const macs = secrets.flatMap(([what, secret]) => (['256', '384', '512'] as const).map((bits): [string, string] => {
    const input = `${encode({ ...header, alg: `HS${bits}` })}.${encode(claims)}`;
    return [`HS${bits} with ${what} as its secret`, `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`];
  }));
  return [...unsigned, ...macs, ...(await signByOthers(claims, header))];
}

async function signByOthers(claims: Record<string, unknown>, header: object): Promise<[string, string][]> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const keys: [string, { privateKey: KeyObject; publicKey: KeyObject }][] = [['RS256', rsa], ['RS512', rsa], ['PS256', rsa], ['ES256', ec], ['EdDSA', ed], ['Ed25519', ed]];
  const tokens: [string, string][] = [];
  for (const [alg, { privateKey, publicKey }] of keys) {
    const jwk = publicKey.export({ format: 'jwk' });
    // Where a verifier could be told to find the key that the forger has.
    const hints = { none: {}, jwk: { jwk }, jku: { jku: 'http://127.0.0.1:9/jwks.json' }, x5u: { x5u: 'http://127.0.0.1:9/x5u' }, x5c: { x5c: [publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] } };
    for (const [hint, members] of Object.entries(hints)) tokens.push([`${alg} by another key, hint ${hint}`, await new SignJWT(claims).setProtectedHeader({ ...header, ...members, alg }).sign(privateKey)]);
  }
  return tokens;
}
