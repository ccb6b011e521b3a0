import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type JsonWebKey } from 'node:crypto';
import type { PasskeyAssertion, PasskeyCreationOptions, PasskeyRegistration, PasskeyRequestOptions } from '@lyss/api-types';
import type { Api } from '../api.ts';

/** A passkey that a test holds itself: an operator's second step, without a person at a browser. */
export interface Passkey {
  id: string;
  handle: string;
  origin: string;
  key: JsonWebKey;
}

const sha256 = (input: string | Buffer) => createHash('sha256').update(input).digest();
const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];
// A passkey that is synced has no counter: always 0.
const describe = (rp_id: string, flags = 0) => Buffer.concat([sha256(rp_id), Buffer.of(PRESENT | VERIFIED | flags, 0, 0, 0, 0)]);
const tellClient = (type: string, challenge: string, origin: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const text = (value: string) => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)]);
const bytes = (value: Buffer) => Buffer.concat([Buffer.of(0x58, value.length), value]);
const aroundOf = (id: string) => ({ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} });

/** What an authenticator makes of the options (WebAuthn level 3, attestation `none`, ES256). */
function create(options: PasskeyCreationOptions, origin: string): { passkey: Passkey; response: PasskeyRegistration } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const point = (coordinate = '') => bytes(Buffer.from(coordinate, 'base64url'));
  const cose = Buffer.concat([Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), point(key.x), Buffer.of(0x22), point(key.y)]);
  const authData = Buffer.concat([describe(options.rp.id, ATTESTED), Buffer.alloc(16), Buffer.of(0, id.length), id, cose]);
  const attestation = Buffer.concat([Buffer.of(0xa3), text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), bytes(authData)]);
  const passkey = { id: id.toString('base64url'), handle: options.user.id, origin, key };
  const client = tellClient('webauthn.create', options.challenge, origin);
  return { passkey, response: { ...aroundOf(passkey.id), response: { clientDataJSON: client.toString('base64url'), attestationObject: attestation.toString('base64url') } } };
}

function assert(options: PasskeyRequestOptions, { id, handle, origin, key }: Passkey): PasskeyAssertion {
  const data = describe(options.rpId);
  const client = tellClient('webauthn.get', options.challenge, origin);
  const signature = sign('sha256', Buffer.concat([data, sha256(client)]), createPrivateKey({ key, format: 'jwk' }));
  return { ...aroundOf(id), response: { clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url'), userHandle: handle } };
}

/** Registers a passkey for whoever has just signed in: what an operator needs before the platform's own pages. */
export async function enrolPasskey(api: Api, origin: string): Promise<Passkey> {
  const { passkey, response } = create(await api.call('secondFactors.passkeyOptions'), origin);
  await api.call('secondFactors.createPasskey', { body: { name: 'Test', response } });
  return passkey;
}

/** Signs in with a passkey alone. */
export async function signInWithPasskey(api: Api, passkey: Passkey): Promise<void> {
  await api.call('secondStep.passkey', { body: { response: assert(await api.call('secondStep.passkeyOptions'), passkey) } });
}
