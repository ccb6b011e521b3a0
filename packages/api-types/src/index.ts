import { apiKeyEndpoints } from './api-keys.ts';
import { archiveEndpoints } from './archives.ts';
import { auditEndpoints } from './audit.ts';
import { authEndpoints } from './auth.ts';
import { budgetEndpoints } from './budgets.ts';
import { chatEndpoints } from './chat.ts';
import type { Endpoint } from './endpoint.ts';
import { invitationEndpoints } from './invitations.ts';
import { importEndpoints } from './imports.ts';
import { lookEndpoints } from './looks.ts';
import { modelEndpoints } from './models.ts';
import { passwordEndpoints } from './passwords.ts';
import { roleEndpoints } from './roles.ts';
import { secondFactorEndpoints, secondStepEndpoints } from './second-factors.ts';
import { sessionEndpoints } from './sessions.ts';
import { setupEndpoints } from './setup.ts';
import { ssoEndpoints } from './single-sign-on.ts';
import { supplierEndpoints } from './suppliers.ts';
import { tenantModelEndpoints } from './tenant-models.ts';
import { tenantEndpoints } from './tenants.ts';
import { requestEndpoints, usageEndpoints } from './usage.ts';
import { userEndpoints } from './users.ts';
import type { z } from 'zod';

export * from './api-keys.ts';
export * from './archives.ts';
export * from './audit.ts';
export * from './auth.ts';
export * from './budgets.ts';
export * from './chat.ts';
export * from './endpoint.ts';
export * from './envelope.ts';
export * from './error.ts';
export * from './exports.ts';
export * from './invitations.ts';
export * from './imports.ts';
export * from './letters.ts';
export * from './judge-logo.ts';
export * from './logo.ts';
export * from './looks.ts';
export * from './models.ts';
export * from './money.ts';
export * from './passwords.ts';
export * from './permission.ts';
export * from './roles.ts';
export * from './second-factors.ts';
export * from './sessions.ts';
export * from './setup.ts';
export * from './single-sign-on.ts';
export * from './suppliers.ts';
export * from './tenant-models.ts';
export * from './tenants.ts';
export * from './text.ts';
export * from './usage.ts';
export * from './users.ts';
export * from './webauthn.ts';
export { FILE_MOST_BYTES, IMPORT_PIECE_BYTES } from './import-sizes.ts';

/** Every endpoint of the console API, by noun and verb. */
export const contract = {
  setup: setupEndpoints,
  auth: authEndpoints,
  sessions: sessionEndpoints,
  passwords: passwordEndpoints,
  secondFactors: secondFactorEndpoints,
  secondStep: secondStepEndpoints,
  tenants: tenantEndpoints,
  users: userEndpoints,
  invitations: invitationEndpoints,
  looks: lookEndpoints,
  roles: roleEndpoints,
  sso: ssoEndpoints,
  suppliers: supplierEndpoints,
  models: modelEndpoints,
  tenantModels: tenantModelEndpoints,
  chat: chatEndpoints,
  budgets: budgetEndpoints,
  apiKeys: apiKeyEndpoints,
  usage: usageEndpoints,
  requests: requestEndpoints,
  audit: auditEndpoints,
  archives: archiveEndpoints,
  imports: importEndpoints,
} as const;
export type Contract = typeof contract;

/** `[ "suppliers.create", endpoint ]` for every endpoint there is. */
export function listEndpoints(): [string, Endpoint][] {
  return Object.entries(contract).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, value]): [string, Endpoint] => [`${noun}.${verb}`, value]),
  );
}

export type EndpointId = { [N in keyof Contract]: `${N}.${keyof Contract[N] & string}` }[keyof Contract];
type EndpointOf<I extends EndpointId> = I extends `${infer N extends keyof Contract}.${infer V}`
  ? V extends keyof Contract[N]
    ? Contract[N][V]
    : never
  : never;
type Part<I extends EndpointId, K extends 'params' | 'query' | 'body' | 'data'> = EndpointOf<I> extends Record<K, infer S extends z.ZodType> ? S : never;

/** What a caller sends to and gets from an endpoint, for clients that import types alone. */
export type ParamsOf<I extends EndpointId> = z.input<Part<I, 'params'>>;
export type QueryOf<I extends EndpointId> = z.input<Part<I, 'query'>>;
export type BodyOf<I extends EndpointId> = z.input<Part<I, 'body'>>;
export type DataOf<I extends EndpointId> = z.output<Part<I, 'data'>>;
