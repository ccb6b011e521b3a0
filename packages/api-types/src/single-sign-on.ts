import { z } from 'zod';
import { SIGN_IN_LIMIT, signedIn } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { email, oneTimeToken, workspace } from './text.ts';

/** Roles that a claim may give: nothing that reaches beyond the tenant. */
export const mappableRoles = ['tenant_admin', 'end_user'] as const;
export type MappableRole = (typeof mappableRoles)[number];
export const domainStates = ['pending', 'approved', 'refused'] as const;
export type DomainState = (typeof domainStates)[number];

/** An e-mail's part behind the @, as it is compared: lower case, ASCII, two labels at least. */
export const emailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.*[a-z])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/)
  .describe('Such as example.com; an internationalised one in its xn-- form');
const role = z.union([z.enum(mappableRoles), id]).describe('A system role’s name, or the id of one of the tenant’s own');
const claimName = z.string().trim().regex(/^[A-Za-z][\w:/.-]{0,199}$/).describe('Such as groups or roles, or a URL');
const claimValue = z.string().trim().min(1).max(200);
const rule = z.strictObject({ value: claimValue, role });
const isSet = (list: string[]) => new Set(list).size === list.length;
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/);

const requested = z.strictObject({ id, domain: z.string(), state: z.enum(domainStates) });
const MOST = 50;

export const ssoConnection = z
  .strictObject({
    issuer: z.string(),
    client_id: z.string(),
    secret_hint: z.string().describe('Its last characters; the secret itself never comes out'),
    secret_fingerprint: z.string(),
    scopes: z.array(z.string()),
    domains: z.array(requested),
    role_claim: z.string().nullable(),
    role_rules: z.array(z.strictObject({ value: z.string(), role })),
    default_role: role.nullable(),
    creates_users: z.boolean(),
    enabled: z.boolean(),
    sso_only: z.boolean(),
    test: z.strictObject({ at: instant, by_me: z.boolean() }).nullable().describe('The last test that would have signed somebody in with these very settings'),
    people_count: z.int().describe('People who have signed in through it'),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'SsoConnection' });
export type SsoConnection = z.infer<typeof ssoConnection>;

const settings = {
  issuer: z.url().max(500).describe('Exactly as the provider’s discovery document names it'),
  client_id: z.string().trim().min(1).max(300).regex(/^[\x20-\x7e]+$/),
  client_secret: z.string().min(1).max(1_000).regex(/^[\x21-\x7e]+$/),
  scopes: z.array(scope).max(20).refine(isSet, { message: 'each scope once' }).describe('openid and email are always asked for'),
  domains: z.array(emailDomain).min(1).max(MOST).refine(isSet, { message: 'each domain once' }),
  role_claim: claimName.nullable(),
  role_rules: z.array(rule).max(MOST).refine((rules) => isSet(rules.map(({ value, role: given }) => `${given} ${value}`)), { message: 'each rule once' }),
  default_role: role.nullable().describe('For whoever would have no role otherwise; null refuses them'),
  creates_users: z.boolean().describe('People whom the tenant does not know yet are added when they sign in'),
  enabled: z.boolean(),
};
const createBody = z.strictObject({
  ...settings,
  scopes: settings.scopes.default(['profile']),
  role_claim: settings.role_claim.default(null),
  role_rules: settings.role_rules.default([]),
  default_role: settings.default_role.default('end_user'),
  creates_users: settings.creates_users.default(true),
  enabled: settings.enabled.default(true),
});
export type CreateSsoInput = z.infer<typeof createBody>;
const updateBody = z.strictObject({ ...settings, sso_only: z.boolean().describe('Closes passwords, their links and the token route for everybody but operators') }).partial();
export type UpdateSsoInput = z.infer<typeof updateBody>;

/** What the identity provider sent back, as it stands in the address of the page that it led to. */
const returned = z.strictObject({
  workspace,
  state: oneTimeToken,
  code: z.string().min(1).max(4_000).optional(),
  iss: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});
export type SsoReturned = z.infer<typeof returned>;

/** What a sign-in would do, without doing it. */
export const ssoTest = z
  .strictObject({
    claims: z.array(z.strictObject({ name: z.string(), value: z.string() })).describe('Shown once and kept nowhere'),
    refusal: z.strictObject({ reason: z.string(), message: z.string() }).nullable().describe('Why such a person would not be let in'),
    user: z.strictObject({ email: z.string(), name: z.string(), is_new: z.boolean(), is_me: z.boolean() }).nullable(),
    roles: z.array(z.strictObject({ id: role, name: z.string() })),
    matched: z.array(z.string()).describe('Values of the claim that gave a role'),
  })
  .meta({ id: 'SsoTest' });
export type SsoTest = z.infer<typeof ssoTest>;

export const signInDomain = z
  .strictObject({
    ...requested.shape,
    tenant: z.strictObject({ id, name: z.string(), workspace: z.string() }),
    sso_only: z.boolean(),
    requested_at: instant,
    decided_at: instant.nullable(),
  })
  .meta({ id: 'SignInDomain' });
export type SignInDomain = z.infer<typeof signInDomain>;

export const domainsQuery = listQuery(['created_at', 'domain', 'decided_at'], { state: z.enum(domainStates).optional() });
export type DomainsQuery = z.infer<typeof domainsQuery>;

const params = z.strictObject({ id });
const redirect = z.strictObject({ url: z.string().describe('Of the identity provider; the browser goes there') });
const provider = ['THIRD_PARTY_ERROR', 'NETWORK_ERROR', 'EXTERNAL_API_TIMEOUT', 'OPERATION_NOT_ALLOWED'] as const;

export const ssoEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/single-sign-on',
    summary: 'The tenant’s connection to its identity provider, and the address to register there',
    data: z.strictObject({ connection: ssoConnection.nullable(), redirect_uri: z.string() }),
    permission: 'sso.manage',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/single-sign-on',
    summary: 'Connect the tenant to its identity provider; the provider’s discovery document must answer',
    body: createBody,
    data: ssoConnection,
    status: 201,
    errors: ['RESOURCE_CONFLICT', 'INSUFFICIENT_PERMISSIONS', 'RATE_LIMIT_EXCEEDED', ...provider],
    permission: 'sso.manage',
    carriers: 'session',
    audit: 'sso.created',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/admin/single-sign-on',
    summary: 'Change the connection; another issuer asks for the secret again and forgets who signed in through the old one',
    body: updateBody,
    data: ssoConnection,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'INSUFFICIENT_PERMISSIONS', 'RATE_LIMIT_EXCEEDED', ...provider],
    permission: 'sso.manage',
    carriers: 'session',
    audit: 'sso.updated',
    replayable: false,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/single-sign-on',
    summary: 'Remove the connection, its secret and its domains; sessions go on until they end',
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'sso.manage',
    carriers: 'session',
    audit: 'sso.removed',
  }),
  startTest: endpoint({
    method: 'POST',
    path: '/api/v1/admin/single-sign-on/test',
    summary: 'Begin a sign-in that signs nobody in',
    data: redirect,
    errors: ['RESOURCE_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', ...provider],
    permission: 'sso.manage',
    carriers: 'session',
    replayable: false,
  }),
  finishTest: endpoint({
    method: 'POST',
    path: '/api/v1/admin/single-sign-on/test/result',
    summary: 'What the provider says of whoever signed in there, whom that would be here, and with which roles',
    body: returned,
    data: ssoTest,
    errors: ['TOKEN_INVALID', ...provider],
    permission: 'sso.manage',
    carriers: 'session',
    audit: 'sso.tested',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  discover: endpoint({
    method: 'GET',
    path: '/api/v1/auth/single-sign-on',
    summary: 'Whose identity provider signs in people of an e-mail domain; of people it is told nothing',
    query: z.strictObject({ domain: emailDomain }),
    data: z.strictObject({ organisation: z.string().nullable(), sso_only: z.boolean() }),
    permission: 'public',
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/v1/auth/single-sign-on',
    summary: 'Begin a sign-in at the identity provider of an e-mail domain',
    body: z.strictObject({ domain: emailDomain, email: email.optional().describe('Handed to the provider, so that nobody types it twice') }),
    data: redirect,
    errors: ['RESOURCE_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', ...provider],
    permission: 'public',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  finish: endpoint({
    method: 'POST',
    path: '/api/v1/auth/single-sign-on/finish',
    summary: 'Sign a browser in with what the identity provider sent it back with',
    body: returned,
    data: signedIn,
    errors: ['TOKEN_INVALID', ...provider],
    permission: 'public',
    audit: 'auth.signed_in',
    body_limit: SIGN_IN_LIMIT,
    replayable: false,
  }),
  listDomains: endpoint({
    method: 'GET',
    path: '/api/v1/admin/sign-in-domains',
    summary: 'The e-mail domains that tenants ask for, the newest first',
    query: domainsQuery,
    data: page(signInDomain),
    permission: 'tenants.read',
  }),
  readDomain: endpoint({
    method: 'GET',
    path: '/api/v1/admin/sign-in-domains/{id}',
    summary: 'One e-mail domain that a tenant asks for',
    params,
    data: signInDomain,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'tenants.read',
  }),
  decideDomain: endpoint({
    method: 'PUT',
    path: '/api/v1/admin/sign-in-domains/{id}',
    summary: 'Approve or refuse a tenant’s e-mail domain, after making sure that it is theirs',
    params,
    body: z.strictObject({ state: z.enum(['approved', 'refused']) }),
    data: signInDomain,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'tenants.write',
    carriers: 'session',
    audit: 'sso.domain_decided',
  }),
  unlink: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/users/{id}/single-sign-on',
    summary: 'Untie a person from their account at the identity provider; sessions that came from it end, and their next sign-in there ties them anew',
    params,
    status: 204,
    errors: ['USER_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.write',
    carriers: 'session',
    audit: 'sso.unlinked',
  }),
  allowPasswords: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/tenants/{id}/single-sign-on-only',
    summary: 'Let a tenant’s people use passwords again, where its identity provider keeps them out',
    params,
    status: 204,
    errors: ['TENANT_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenants.write',
    carriers: 'session',
    audit: 'sso.passwords_allowed',
  }),
};
