import { z } from 'zod';

/** WebAuthn level 3's JSON forms, as far as browsers send and take them: https://www.w3.org/TR/webauthn-3/ */
const MOST_CHARACTERS = 8_192;
const base64url = z.string().min(1).max(MOST_CHARACTERS).regex(/^[A-Za-z0-9_-]+$/);
// Longer ids do not exist: CTAP and the specification end at 1,023 bytes.
const credentialId = z.string().min(1).max(1_364).regex(/^[A-Za-z0-9_-]+$/);
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const around = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  // What extensions say is neither read nor kept.
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};

export const registrationResponse = z
  .strictObject({
    ...around,
    response: z.strictObject({
      clientDataJSON: base64url,
      attestationObject: base64url,
      authenticatorData: base64url.nullish(),
      transports: z.array(z.string().max(32)).max(16).nullish(),
      publicKeyAlgorithm: z.int().nullish(),
      publicKey: base64url.nullish(),
    }),
  })
  .meta({ id: 'PasskeyRegistration', description: 'What navigator.credentials.create() answered, as JSON' });
export type PasskeyRegistration = z.output<typeof registrationResponse>;

export const assertionResponse = z
  .strictObject({
    ...around,
    response: z.strictObject({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.nullish() }),
  })
  .meta({ id: 'PasskeyAssertion', description: 'What navigator.credentials.get() answered, as JSON' });
export type PasskeyAssertion = z.output<typeof assertionResponse>;

const descriptor = z.strictObject({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.enum(transports)).optional() });

export const creationOptions = z
  .strictObject({
    challenge: z.string(),
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.strictObject({ alg: z.int(), type: z.literal('public-key') })),
    timeout: z.int(),
    attestation: z.literal('none'),
    excludeCredentials: z.array(descriptor),
    authenticatorSelection: z.strictObject({ residentKey: z.literal('required'), requireResidentKey: z.literal(true), userVerification: z.literal('required') }),
  })
  .meta({ id: 'PasskeyCreationOptions', description: 'For navigator.credentials.create(), as JSON' });
export type PasskeyCreationOptions = z.infer<typeof creationOptions>;

export const requestOptions = z
  .strictObject({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.int(),
    userVerification: z.literal('required'),
    allowCredentials: z.array(descriptor).describe('Empty: any passkey of this address'),
  })
  .meta({ id: 'PasskeyRequestOptions', description: 'For navigator.credentials.get(), as JSON' });
export type PasskeyRequestOptions = z.infer<typeof requestOptions>;
