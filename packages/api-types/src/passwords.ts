import { z } from 'zod';
import { SIGN_IN_LIMIT, invitation, signedIn } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { email, oneTimeToken, password, workspace } from './text.ts';

const changeBody = z.strictObject({ current_password: password, password });
export type ChangePasswordInput = z.infer<typeof changeBody>;
const askBody = z.strictObject({ email, workspace: workspace.optional() });
export type AskResetInput = z.infer<typeof askBody>;
const params = z.strictObject({ token: oneTimeToken });

export const passwordEndpoints = {
  change: endpoint({
    method: 'PUT',
    path: '/api/v1/auth/password',
    summary: 'Change my password; every other session of mine ends, and a script refreshes its tokens',
    body: changeBody,
    data: signedIn,
    errors: ['PASSWORD_INCORRECT', 'ACCOUNT_LOCKED', 'INVALID_INPUT', 'SERVICE_UNAVAILABLE'],
    permission: 'signed-in',
    audit: 'users.password_chosen',
    body_limit: SIGN_IN_LIMIT,
  }),
  askReset: endpoint({
    method: 'POST',
    path: '/api/v1/auth/password-reset',
    summary: 'Ask for a link that chooses a new password; the answer is the same whether the address is known or not',
    body: askBody,
    status: 202,
    errors: ['RATE_LIMIT_EXCEEDED'],
    permission: 'public',
    audit: 'users.password_reset_asked',
    body_limit: SIGN_IN_LIMIT,
  }),
  readReset: endpoint({
    method: 'GET',
    path: '/api/v1/auth/password-reset/{token}',
    summary: 'Whose password a link resets',
    params,
    data: invitation,
    errors: ['TOKEN_INVALID'],
    permission: 'public',
  }),
  reset: endpoint({
    method: 'PUT',
    path: '/api/v1/auth/password-reset/{token}',
    summary: 'Choose a new password with a one-time link; every session ends, and signing in comes next',
    params,
    body: z.strictObject({ password }),
    status: 204,
    errors: ['TOKEN_INVALID', 'INVALID_INPUT', 'SERVICE_UNAVAILABLE'],
    permission: 'public',
    audit: 'users.password_chosen',
    body_limit: SIGN_IN_LIMIT,
  }),
};
