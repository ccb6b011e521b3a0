import { z } from 'zod';
import { endpoint, oauth } from './endpoint.ts';
import { id, version } from './envelope.ts';
import { drawnLogo } from './logo.ts';
import { permissions, systemRoles } from './permission.ts';
import { label, email, locale, oneTimeToken, password, recoveryCode, timeZone, totpCode, workspace } from './text.ts';

/** Bytes of a body that somebody who is not signed in may send. */
export const SIGN_IN_LIMIT = 16 * 1024;

export const theme = z.enum(['light', 'dark', 'system']);
const LISTS = 20;
const listKey = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/);
const columns = z
  .record(listKey, z.array(listKey).max(24))
  .refine((lists) => Object.keys(lists).length <= LISTS, { message: `at most ${LISTS} lists` })
  .describe("Which columns a list shows. As <list>-off, those that are switched off: every other one is shown, also one that comes later. Under the list's own name, as was kept before, those that are shown. A list that is not named shows all of them");
export const preferences = z
  .strictObject({ theme, locale, time_zone: timeZone.nullable(), columns })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof preferences>;

export const me = z
  .strictObject({
    id,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(systemRoles)),
    custom_roles: z.array(z.strictObject({ id, name: z.string() })).describe('The tenant’s own roles'),
    permissions: z.array(z.enum(permissions)),
    tenant: z.strictObject({ id, name: z.string(), workspace: z.string(), currency: z.string(), time_zone: z.string(), passwords_closed: z.boolean().describe('Its people sign in through its identity provider alone; operators keep their password'), logo: drawnLogo.nullable() }),
    preferences,
    second_factor: z.strictObject({
      enrolled: z.boolean(),
      demanded: z.boolean().describe('Of operators, and where the tenant says so'),
      withheld: z.enum(['nothing', 'platform', 'everything']).describe('What waits until one is set up: the permissions over the platform, or all but setting one up'),
    }),
    shortest_password: z.int().describe('Characters that a new password of mine needs, by my tenant’s policy and my second factor'),
    /** True where the operator runs without https and cookies are therefore unprotected. */
    insecure_transport: z.boolean(),
    version,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

/** What a browser is told; the tokens themselves are only in the cookies. */
export const signedIn = z.strictObject({ user: me, expires_in: z.int().describe('Seconds until the access token ends') }).meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof signedIn>;

const loginBody = z.strictObject({ email, password, workspace: workspace.optional() });
export type LoginInput = z.infer<typeof loginBody>;

export const tokenBody = z.discriminatedUnion('grant_type', [
  z.strictObject({ grant_type: z.literal('password'), username: email, password, workspace: workspace.optional(), otp: totpCode.optional().describe('An authenticator app’s code, where the account asks for a second step') }),
  z
    .strictObject({ grant_type: z.literal('second_factor'), challenge: oneTimeToken.describe('Of the answer mfa_required'), otp: totpCode.optional(), recovery_code: recoveryCode.optional() })
    .refine(({ otp, recovery_code }) => (otp === undefined) !== (recovery_code === undefined), { message: 'otp or recovery_code, one of them', path: ['otp'] }),
  z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: oneTimeToken }),
]);
export type TokenInput = z.infer<typeof tokenBody>;
export const tokenAnswer = z
  .strictObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int(), refresh_token: z.string() })
  .meta({ id: 'TokenAnswer' });
export type TokenAnswer = z.infer<typeof tokenAnswer>;

const profileBody = z.strictObject({ name: label(80).optional(), preferences: preferences.partial().optional() });
export type ProfileInput = z.infer<typeof profileBody>;

export const invitation = z
  .strictObject({ email: z.string(), name: z.string(), tenant_name: z.string(), workspace: z.string(), purpose: z.enum(['invitation', 'password_reset']), shortest_password: z.int().describe('Characters that the new password needs') })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;
const tokenParams = z.strictObject({ token: oneTimeToken });

export const authEndpoints = {
  login: endpoint({
    method: 'POST',
    path: '/api/v1/auth/login',
    summary: 'Sign a browser in; both tokens go into cookies',
    body: loginBody,
    data: signedIn,
    errors: ['PASSWORD_INCORRECT', 'SECOND_FACTOR_REQUIRED', 'RESOURCE_CONFLICT', 'ACCOUNT_LOCKED', 'RATE_LIMIT_EXCEEDED', 'OPERATION_NOT_ALLOWED', 'SERVICE_UNAVAILABLE'],
    permission: 'public',
    audit: 'auth.signed_in',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  token: oauth({
    method: 'POST',
    path: '/api/v1/auth/token',
    summary: 'Tokens for scripts: OAuth 2 password, second_factor and refresh_token grants, form-encoded',
    body: tokenBody,
    data: tokenAnswer,
    errors: ['PASSWORD_INCORRECT', 'SECOND_FACTOR_REQUIRED', 'TOKEN_INVALID', 'RESOURCE_CONFLICT', 'ACCOUNT_LOCKED', 'OPERATION_NOT_ALLOWED', 'RATE_LIMIT_EXCEEDED'],
    permission: 'public',
    audit: 'auth.signed_in',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  refresh: endpoint({
    method: 'POST',
    path: '/api/v1/auth/refresh',
    summary: 'Rotate a browser’s refresh token; without a cookie it says so with 200',
    data: z.strictObject({ authenticated: z.boolean(), user: me.nullable(), expires_in: z.int().nullable() }),
    errors: ['TOKEN_INVALID'],
    permission: 'public',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  logout: endpoint({
    method: 'POST',
    path: '/api/v1/auth/logout',
    summary: 'End this session everywhere',
    status: 204,
    permission: 'public',
    audit: 'auth.signed_out',
    body_limit: SIGN_IN_LIMIT,
  }),
  me: endpoint({ method: 'GET', path: '/api/v1/auth/me', summary: 'Who I am, what I may do, what I prefer', data: me, permission: 'signed-in', carriers: 'any', before_enrolment: true }),
  updateMe: endpoint({
    method: 'PATCH',
    path: '/api/v1/auth/me',
    summary: 'Change my name and preferences',
    body: profileBody,
    data: me,
    errors: ['RESOURCE_CONFLICT'],
    permission: 'signed-in',
    audit: 'users.profile_changed',
  }),
  readInvitation: endpoint({
    method: 'GET',
    path: '/api/v1/auth/invitations/{token}',
    summary: 'Whom a one-time link is for',
    params: tokenParams,
    data: invitation,
    errors: ['TOKEN_INVALID'],
    permission: 'public',
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/api/v1/auth/invitations/{token}',
    summary: 'Choose a password with a one-time link and sign in',
    params: tokenParams,
    body: z.strictObject({ password, name: label(80).optional(), locale: locale.optional() }),
    data: signedIn,
    errors: ['TOKEN_INVALID', 'SECOND_FACTOR_REQUIRED', 'OPERATION_NOT_ALLOWED', 'SERVICE_UNAVAILABLE', 'RATE_LIMIT_EXCEEDED'],
    permission: 'public',
    audit: 'users.password_chosen',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
};
