import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { PasskeyAssertion, PasskeyCreationOptions, PasskeyRegistration, PasskeyRequestOptions } from '@lyss/api-types';
import { ORIGIN } from './origin.ts';

/** What a test may have it do otherwise than a good one does. */
export interface Tampering {
  origin?: string;
  rp_id?: string;
  challenge?: string;
  /** False: whoever held it did not unlock it. */
  verified?: boolean;
  counter?: number;
  user_handle?: string;
  type?: string;
}

/** An authenticator in software, as WebAuthn level 3 describes one: ES256, attestation `none`, one discoverable credential. */
export interface SoftwareAuthenticator {
  readonly credential_id: string;
  create(options: PasskeyCreationOptions, tampering?: Tampering): PasskeyRegistration;
  get(options: PasskeyRequestOptions, tampering?: Tampering): PasskeyAssertion;
}

const sha256 = (input: string | Buffer) => createHash('sha256').update(input).digest();
const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];

/** `counts`: a device of its own, whose counter goes up; else a synced passkey's, which stays 0. */
export function createAuthenticator({ counts = false } = {}): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let handle = '';
  const credential_id = id.toString('base64url');
  const around = { id: credential_id, rawId: credential_id, type: 'public-key' as const, clientExtensionResults: {} };
  const describe = (rp_id: string, { verified = true, counter: given }: Tampering, flags = 0) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(PRESENT | (verified ? VERIFIED : 0) | flags);
    head.writeUInt32BE(given ?? (counts ? ++counter : 0), 1);
    return Buffer.concat([sha256(rp_id), head]);
  };
  return {
    credential_id,
    create(options, tampering = {}) {
      handle = options.user.id;
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, encodeKey(publicKey)]);
      const authData = Buffer.concat([describe(tampering.rp_id ?? options.rp.id, tampering, ATTESTED), credential]);
      const attestationObject = Buffer.concat([Buffer.of(0xa3), text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), bytes(authData)]);
      const clientDataJSON = tellClient('webauthn.create', options.challenge, tampering);
      return { ...around, response: { clientDataJSON: clientDataJSON.toString('base64url'), attestationObject: attestationObject.toString('base64url'), transports: ['internal', 'hybrid'] } };
    },
    get(options, tampering = {}) {
      const authenticatorData = describe(tampering.rp_id ?? options.rpId, tampering);
      const clientDataJSON = tellClient('webauthn.get', options.challenge, tampering);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey);
      const response = { clientDataJSON, authenticatorData, signature };
      const encoded = Object.fromEntries(Object.entries(response).map(([name, value]) => [name, value.toString('base64url')])) as Record<keyof typeof response, string>;
      return { ...around, response: { ...encoded, userHandle: tampering.user_handle ?? handle } };
    },
  };
}

function tellClient(type: string, challenge: string, tampering: Tampering): Buffer {
  return Buffer.from(JSON.stringify({ type: tampering.type ?? type, challenge: tampering.challenge ?? challenge, origin: tampering.origin ?? ORIGIN, crossOrigin: false }));
}

const text = (value: string) => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)]);
const bytes = (value: Buffer) => Buffer.concat([value.length < 256 ? Buffer.of(0x58, value.length) : Buffer.of(0x59, value.length >> 8, value.length & 0xff), value]);

/** A COSE key (RFC 9053): kty EC2, alg ES256, crv P-256, x, y. */
function encodeKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), bytes(Buffer.from(x, 'base64url')), Buffer.of(0x22), bytes(Buffer.from(y, 'base64url'))]);
}
