import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { label, email, locale, oneTimeToken, password, timeZone, workspace } from './text.ts';
import { SIGN_IN_LIMIT, signedIn } from './auth.ts';

const setupBody = z.strictObject({
  token: oneTimeToken,
  email,
  password,
  name: label(80),
  tenant_name: label(80),
  workspace,
  locale,
  time_zone: timeZone.optional().describe('The tenant’s; left out, that of its language'),
});
export type SetupInput = z.infer<typeof setupBody>;

export const setupEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/v1/setup',
    summary: 'Whether this platform still waits for its first tenant, and whether it sends mail and takes passkeys',
    data: z.strictObject({ needed: z.boolean(), mail: z.boolean(), passkeys: z.boolean() }),
    permission: 'public',
  }),
  complete: endpoint({
    method: 'POST',
    path: '/api/v1/setup',
    summary: 'Make the first tenant and its first user, once, with the link that the first start printed',
    body: setupBody,
    data: signedIn,
    status: 201,
    errors: ['TOKEN_INVALID', 'OPERATION_NOT_ALLOWED', 'INVALID_INPUT', 'RATE_LIMIT_EXCEEDED'],
    permission: 'public',
    body_limit: SIGN_IN_LIMIT,
    audit: 'setup.completed',
    replayable: false,
  }),
};
