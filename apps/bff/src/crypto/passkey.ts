import type { PasskeyAssertion, PasskeyCreationOptions, PasskeyRegistration, PasskeyRequestOptions } from '@lyss/api-types';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

/** Where passkeys of this installation live: the relying party's id, and the pages that may use them. */
export interface PasskeySite {
  id: string;
  origins: string[];
}

export interface NewPasskey {
  credential_id: Buffer;
  public_key: Buffer;
  counter: number;
  transports: string[];
  is_synced: boolean;
}

export interface StoredPasskey {
  credential_id: Buffer;
  public_key: Buffer;
}

type Transports = NonNullable<PasskeyRequestOptions['allowCredentials'][number]['transports']>;
interface Known {
  credential_id: Buffer;
  transports: string[];
}

const TIMEOUT_MS = 300_000;
/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];
const knownTransports: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/** The user handle that an authenticator keeps: the person's id, which tells nothing about them. */
export const handleOf = (user_id: string): string => Buffer.from(user_id).toString('base64url');

const describeKnown = ({ credential_id, transports }: Known) => ({
  id: credential_id.toString('base64url'),
  type: 'public-key' as const,
  transports: transports.filter((name): name is Transports[number] => knownTransports.includes(name)),
});

export function describeCreation(site: PasskeySite, person: { user_id: string; email: string; name: string }, challenge: string, known: Known[]): PasskeyCreationOptions {
  return {
    challenge,
    rp: { id: site.id, name: 'Lyss' },
    user: { id: handleOf(person.user_id), name: person.email, displayName: person.name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' as const })),
    timeout: TIMEOUT_MS,
    attestation: 'none',
    excludeCredentials: known.map(describeKnown),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  };
}

export function describeRequest(site: PasskeySite, challenge: string, known: Known[]): PasskeyRequestOptions {
  return { challenge, rpId: site.id, timeout: TIMEOUT_MS, userVerification: 'required', allowCredentials: known.map(describeKnown) };
}

/** The challenge that a browser signed, as it says itself; null where its client data is none. */
export function readChallenge({ response }: { response: { clientDataJSON: string } }): string | null {
  try {
    const { challenge }: { challenge?: unknown } = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'));
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/** Judges a new passkey (WebAuthn level 3, §7.1), whoever it is verified by its own device; null for whatever does not fit. */
export async function verifyRegistration(site: PasskeySite, given: PasskeyRegistration, challenge: string): Promise<NewPasskey | null> {
  const { id, rawId, type, response } = given;
  const plain = { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject } };
  const expected = { expectedChallenge: challenge, expectedOrigin: site.origins, expectedRPID: site.id, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS };
  // The library throws for whatever does not fit, and for what can't be read at all.
  const result = await verifyRegistrationResponse({ response: plain, ...expected }).catch(() => null);
  if (!result?.verified) return null;
  const { credential, credentialBackedUp } = result.registrationInfo;
  return {
    credential_id: Buffer.from(credential.id, 'base64url'),
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: (response.transports ?? []).filter((name) => knownTransports.includes(name)),
    is_synced: credentialBackedUp,
  };
}

/**
 * Judges a signature (WebAuthn level 3, §7.2): challenge, origin, relying party, user verification, signature. Answers the
 * authenticator's counter, whose going up is the caller's to hold; null for whatever does not fit.
 */
export async function verifyAssertion(site: PasskeySite, given: PasskeyAssertion, challenge: string, stored: StoredPasskey): Promise<number | null> {
  const { id, rawId, type, response } = given;
  const { clientDataJSON, authenticatorData, signature } = response;
  const plain = { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature } };
  const credential = { id: stored.credential_id.toString('base64url'), publicKey: new Uint8Array(stored.public_key), counter: 0 };
  const expected = { expectedChallenge: challenge, expectedOrigin: site.origins, expectedRPID: site.id, requireUserVerification: true };
  const result = await verifyAuthenticationResponse({ response: plain, credential, ...expected }).catch(() => null);
  return result?.verified ? result.authenticationInfo.newCounter : null;
}
