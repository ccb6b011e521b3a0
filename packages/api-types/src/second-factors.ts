import { z } from 'zod';
import { SIGN_IN_LIMIT, signedIn } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, version } from './envelope.ts';
import { label, oneTimeToken, password, recoveryCode, totpCode } from './text.ts';
import { assertionResponse, creationOptions, registrationResponse, requestOptions } from './webauthn.ts';

/** How many recovery codes there are at a time. */
export const RECOVERY_CODES = 10;
/** Passkeys that one person may have. */
export const MOST_PASSKEYS = 20;

// Reasons (`details.reason`) beside these endpoints, by code:
// 2004 second_factor_needed, fresh_proof_needed; 2005 second_factor_attempts; 2006 proof_password, with an issue at `password`;
// 2007 none (it asks for the step), code_incorrect, passkey_refused; 2003 challenge_ended, passkey_refused, and of an ended session
// second_factors_changed, second_factors_reset; 3006 second_factor_demanded, no_second_factor, own_second_factors, enrol_yourself_first,
// challenge_ended, passkeys_impossible, short_password, proof_by_factor, sso_only; 3005 passkey_known; 3009 too_many_passkeys; 1001 issues at `code` and `response`.

/** By what a second step can be done. */
export const secondStepMethods = ['totp', 'passkey', 'recovery_code'] as const;
export type SecondStepMethod = (typeof secondStepMethods)[number];

/** `details` of a 2007 that asks for the second step. The passkey's options carry the same challenge. */
export const secondStep = z
  .strictObject({
    challenge: oneTimeToken.describe('One sign-in, five minutes, five tries'),
    expires_in: z.int().describe('Seconds'),
    methods: z.array(z.enum(secondStepMethods)),
    passkey_options: requestOptions.nullable(),
  })
  .meta({ id: 'SecondStep' });
export type SecondStep = z.infer<typeof secondStep>;

const byTotp = z.strictObject({ method: z.literal('totp'), code: totpCode });
const byPasskey = z.strictObject({ method: z.literal('passkey'), response: assertionResponse });
const byRecoveryCode = z.strictObject({ method: z.literal('recovery_code'), code: recoveryCode });
const challenge = oneTimeToken;
const stepBody = z.discriminatedUnion('method', [byTotp.extend({ challenge }), byPasskey.extend({ challenge }), byRecoveryCode.extend({ challenge })]);
export type SecondStepInput = z.output<typeof stepBody>;

/** By what somebody proves that it is still them, what is quickest first. */
export const proofMethods = ['passkey', 'totp', 'recovery_code', 'password'] as const;
export type ProofMethod = (typeof proofMethods)[number];

const proofBody = z.discriminatedUnion('method', [z.strictObject({ method: z.literal('password'), password }), byTotp, byPasskey, byRecoveryCode]);
export type ProofInput = z.output<typeof proofBody>;

export const passkey = z
  .strictObject({
    id,
    name: z.string(),
    is_synced: z.boolean().describe('Kept by a password manager or an account, so that it is on more than one device'),
    created_at: instant,
    last_used_at: instant.nullable(),
    version,
  })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof passkey>;

export const secondFactors = z
  .strictObject({
    enrolled: z.boolean().describe('Whether signing in with the password asks for a second step'),
    demanded: z.boolean().describe('Whether the last one must stay: of operators, and where the tenant says so'),
    totp: z.strictObject({ created_at: instant, last_used_at: instant.nullable() }).nullable(),
    passkeys: z.array(passkey),
    recovery_codes: z.strictObject({ left: z.int(), created_at: instant }).nullable().describe('Null before the first factor'),
    passkeys_possible: z.boolean().describe('False where the console lives at a bare address, which passkeys cannot be tied to'),
    proof_methods: z.array(z.enum(proofMethods)).describe('What proves it now: with a factor the factors alone, and under single sign-on only no password. None: sign in anew'),
    fresh_until: instant.nullable().describe('Until then this session may change second factors; null: prove who you are first'),
  })
  .meta({ id: 'SecondFactors' });
export type SecondFactors = z.infer<typeof secondFactors>;

export const totpEnrolment = z
  .strictObject({ secret: z.string().describe('Base32, to be typed'), uri: z.string().describe('otpauth://, to be scanned'), expires_at: instant })
  .meta({ id: 'TotpEnrolment' });
export type TotpEnrolment = z.infer<typeof totpEnrolment>;

const recoveryCodes = z.array(z.string()).describe('Shown this one time');
const firstCodes = recoveryCodes.nullable().describe('With the first factor, shown this one time; null with a further one');
const passkeyParams = z.strictObject({ id });
const name = label(60);

/** What changes factors is the session's own, open to somebody who must set one up first, and asks for a fresh proof. */
const own = { permission: 'signed-in', before_enrolment: true, body_limit: SIGN_IN_LIMIT } as const;

export const secondFactorEndpoints = {
  read: endpoint({ method: 'GET', path: '/api/v1/auth/second-factors', summary: 'My second factors', data: secondFactors, ...own }),
  proofOptions: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/proof/options',
    summary: 'Begin proving with a passkey that it is still me',
    data: requestOptions,
    errors: ['OPERATION_NOT_ALLOWED'],
    replayable: false,
    ...own,
  }),
  prove: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/proof',
    summary: 'Prove that it is still me, by a factor where I have one; for five minutes this session may then change second factors',
    body: proofBody,
    data: z.strictObject({ fresh_until: instant }),
    errors: ['PASSWORD_INCORRECT', 'INVALID_INPUT', 'OPERATION_NOT_ALLOWED', 'ACCOUNT_LOCKED', 'SERVICE_UNAVAILABLE'],
    audit: 'second_factors.proved',
    replayable: false,
    ...own,
  }),
  startTotp: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/totp',
    summary: 'Begin with an authenticator app: its key, shown this one time, counts once a code confirms it',
    data: totpEnrolment,
    status: 201,
    errors: ['INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.totp_started',
    replayable: false,
    ...own,
  }),
  confirmTotp: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/totp/confirm',
    summary: 'Confirm the authenticator app by a code; with the first factor every other session of mine ends',
    body: z.strictObject({ code: totpCode }),
    data: z.strictObject({ second_factors: secondFactors, recovery_codes: firstCodes }),
    errors: ['INVALID_INPUT', 'OPERATION_NOT_ALLOWED', 'ACCOUNT_LOCKED', 'INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.totp_enrolled',
    replayable: false,
    ...own,
  }),
  removeTotp: endpoint({
    method: 'DELETE',
    path: '/api/v1/auth/second-factors/totp',
    summary: 'Remove my authenticator app',
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.totp_removed',
    ...own,
  }),
  replaceRecoveryCodes: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/recovery-codes',
    summary: 'Ten new recovery codes, shown this one time; the old ones end',
    data: z.strictObject({ recovery_codes: recoveryCodes }),
    errors: ['OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.recovery_codes_replaced',
    replayable: false,
    ...own,
  }),
  passkeyOptions: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/passkeys/options',
    summary: 'Begin to register a passkey',
    data: creationOptions,
    errors: ['OPERATION_NOT_ALLOWED', 'QUOTA_EXCEEDED', 'INSUFFICIENT_PERMISSIONS'],
    replayable: false,
    ...own,
  }),
  createPasskey: endpoint({
    method: 'POST',
    path: '/api/v1/auth/second-factors/passkeys',
    summary: 'Register a passkey; with the first factor every other session of mine ends',
    body: z.strictObject({ name, response: registrationResponse }),
    data: z.strictObject({ passkey, second_factors: secondFactors, recovery_codes: firstCodes }),
    status: 201,
    errors: ['INVALID_INPUT', 'OPERATION_NOT_ALLOWED', 'QUOTA_EXCEEDED', 'RESOURCE_CONFLICT', 'INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.passkey_added',
    replayable: false,
    ...own,
  }),
  renamePasskey: endpoint({
    method: 'PATCH',
    path: '/api/v1/auth/second-factors/passkeys/{id}',
    summary: 'Rename a passkey of mine',
    params: passkeyParams,
    body: z.strictObject({ name }),
    data: passkey,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    audit: 'second_factors.passkey_renamed',
    ...own,
  }),
  removePasskey: endpoint({
    method: 'DELETE',
    path: '/api/v1/auth/second-factors/passkeys/{id}',
    summary: 'Remove a passkey of mine',
    params: passkeyParams,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    audit: 'second_factors.passkey_removed',
    ...own,
  }),
};

const open = { permission: 'public', body_limit: SIGN_IN_LIMIT, replayable: false } as const;

/** The second step of signing in, and signing in with a passkey alone. */
export const secondStepEndpoints = {
  complete: endpoint({
    method: 'POST',
    path: '/api/v1/auth/login/second-step',
    summary: 'Finish a sign-in that answered 2007: a code, a recovery code or a passkey',
    body: stepBody,
    data: signedIn,
    errors: ['SECOND_FACTOR_REQUIRED', 'TOKEN_INVALID', 'ACCOUNT_LOCKED', 'OPERATION_NOT_ALLOWED', 'RATE_LIMIT_EXCEEDED'],
    audit: 'auth.signed_in',
    ...open,
  }),
  passkeyOptions: endpoint({
    method: 'POST',
    path: '/api/v1/auth/passkey/options',
    summary: 'Begin to sign in with a passkey alone; nobody says who they are',
    data: requestOptions,
    errors: ['OPERATION_NOT_ALLOWED', 'RATE_LIMIT_EXCEEDED'],
    ...open,
  }),
  passkey: endpoint({
    method: 'POST',
    path: '/api/v1/auth/passkey',
    summary: 'Sign a browser in with a passkey alone; the passkey says who it is, and in which workspace',
    body: z.strictObject({ response: assertionResponse }),
    data: signedIn,
    errors: ['TOKEN_INVALID', 'OPERATION_NOT_ALLOWED', 'RATE_LIMIT_EXCEEDED'],
    audit: 'auth.signed_in',
    ...open,
  }),
};
