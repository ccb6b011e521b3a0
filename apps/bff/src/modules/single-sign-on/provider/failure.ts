import * as oidc from 'openid-client';
import { VaultError } from '../../../crypto/vault.ts';
import { EgressError } from '../../../egress/fetch.ts';
import { AppError } from '../../../errors.ts';

/** Why a sign-in through an organisation is refused, or its provider can't be used. Each has its texts in sso-texts.ts. */
export type ProviderProblem =
  | 'sso_denied'
  | 'sso_wrong_secret'
  | 'sso_clock'
  | 'sso_token_invalid'
  | 'sso_issuer_mismatch'
  | 'sso_not_a_provider'
  | 'sso_unsupported'
  | 'sso_endpoint_moved'
  | 'sso_code_refused';

export const providerProblem = (reason: ProviderProblem, cause?: unknown) => new AppError('THIRD_PARTY_ERROR', { details: { reason }, cause });

const UNAUTHORIZED = 401;
const ISSUER_MISMATCH = new Set(['OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED']);
const NO_DOCUMENT = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']);

/** What went wrong at or on the way to a provider, as a failure with words of ours: nothing of what it wrote is passed on. */
export function describeFailure(error: unknown, at: 'discovery' | 'sign_in'): unknown {
  const ours = findCause(error, (cause) => cause instanceof AppError || cause instanceof VaultError);
  if (ours) return ours;
  // One answer for refused, closed, silent and forbidden addresses: nobody scans a network with it.
  if (findCause(error, (cause) => cause instanceof EgressError)) return new AppError('NETWORK_ERROR', { details: { reason: 'sso_unreachable' }, cause: error });
  if (error instanceof oidc.AuthorizationResponseError) return providerProblem('sso_denied', error);
  if (error instanceof oidc.WWWAuthenticateChallengeError) return providerProblem('sso_wrong_secret', error);
  if (error instanceof oidc.ResponseBodyError) return providerProblem(error.error === 'invalid_client' || error.status === UNAUTHORIZED ? 'sso_wrong_secret' : 'sso_code_refused', error);
  if (error instanceof oidc.ClientError) return providerProblem(nameProblem(error.code, at), error);
  if (error instanceof TypeError) return providerProblem(at === 'discovery' ? 'sso_not_a_provider' : 'sso_token_invalid', error);
  return error;
}

function nameProblem(code: string | undefined, at: 'discovery' | 'sign_in'): ProviderProblem {
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'sso_clock';
  if (at === 'sign_in') return 'sso_token_invalid';
  return ISSUER_MISMATCH.has(code ?? '') ? 'sso_issuer_mismatch' : NO_DOCUMENT.has(code ?? '') ? 'sso_not_a_provider' : 'sso_unsupported';
}

function findCause(error: unknown, fits: (cause: unknown) => boolean): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (fits(cause)) return cause;
  return null;
}
