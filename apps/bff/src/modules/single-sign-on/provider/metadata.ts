import * as oidc from 'openid-client';
import type { Egress } from '../../../egress/fetch.ts';
import { AppError } from '../../../errors.ts';
import { describeFailure, providerProblem } from './failure.ts';
import { createOutgoing } from './outgoing.ts';

/** What of a discovery document a sign-in needs, checked. */
export interface ProviderMetadata extends oidc.ServerMetadata {
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
}

export interface MetadataPorts {
  egress: Pick<Egress, 'fetch'>;
}

/** Reads and judges an issuer's discovery document (OpenID Connect Discovery 1.0 §4). Throws 1001 on `issuer`, 4004 or 4005 with the reason. */
export async function readMetadata({ egress }: MetadataPorts, issuer: string, request_id: string): Promise<ProviderMetadata> {
  const server = parseIssuer(issuer);
  try {
    // The client's name is not sent: only the document is read here.
    const found = await oidc.discovery(server, 'lyss', undefined, oidc.None(), {
      [oidc.customFetch]: createOutgoing({ egress, request_id }),
      execute: isPlain(issuer) ? [oidc.allowInsecureRequests] : [],
    });
    return judge(found.serverMetadata(), server);
  } catch (error) {
    throw describeFailure(error, 'discovery');
  }
}

/** Plain http goes only to what the operator listed; egress judges it, and each endpoint that the document names. */
export const isPlain = (issuer: string) => new URL(issuer).protocol === 'http:';

function parseIssuer(issuer: string): URL {
  const url = new URL(issuer);
  const isOdd = !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname.includes('/.well-known/');
  if (isOdd) throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'issuer', code: 'invalid_url', message: 'invalid_url' }] } });
  return url;
}

function judge(metadata: oidc.ServerMetadata, issuer: URL): ProviderMetadata {
  // Asked again, and exactly: the library lets the shared issuers of one supplier stand for any of its customers.
  if (new URL(metadata.issuer).href !== issuer.href) throw providerProblem('sso_issuer_mismatch');
  const { authorization_endpoint, token_endpoint, jwks_uri, token_endpoint_auth_methods_supported: methods, response_types_supported: types } = metadata;
  if (!authorization_endpoint || !token_endpoint || !jwks_uri) throw providerProblem('sso_not_a_provider');
  // The browser is sent there: an address of any other scheme would be a script of the provider's.
  const allowed = isPlain(issuer.href) ? ['http:', 'https:'] : ['https:'];
  if ([authorization_endpoint, token_endpoint].some((url) => !allowed.includes(URL.parse(url)?.protocol ?? ''))) throw providerProblem('sso_unsupported');
  if ((methods && !methods.includes('client_secret_basic')) || (types && !types.includes('code'))) throw providerProblem('sso_unsupported');
  return { ...metadata, authorization_endpoint, token_endpoint, jwks_uri };
}
