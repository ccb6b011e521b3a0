import * as oidc from 'openid-client';
import type { Egress, OutgoingCredential } from '../../../egress/fetch.ts';
import { describeFailure, providerProblem } from './failure.ts';
import { isPlain, readMetadata, type ProviderMetadata } from './metadata.ts';
import { createOutgoing } from './outgoing.ts';

/** A saved connection, as far as its provider is concerned. */
export interface ProviderPlace {
  tenant_id: string;
  id: string;
  version: number;
  issuer: string;
  token_origin: string;
  client_id: string;
  scopes: string[];
}

/** What ties an answer to the browser and the attempt that asked. */
export interface AttemptSecrets {
  state: string;
  nonce: string;
  verifier: string;
}

export interface ProviderAnswer {
  code?: string | undefined;
  iss?: string | undefined;
  error?: string | undefined;
}

export type Claims = Record<string, unknown> & { sub: string };
export type Provider = ReturnType<typeof createProvider>;

/** Documents change when keys and endpoints move, which providers announce longer than this. */
const FRESH_MS = 5 * 60_000;
const REMEMBERED = 500;
/** Seconds that a provider's clock may be off. */
const LEEWAY_S = 60;
const SIGNED = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

interface Known {
  metadata: Promise<ProviderMetadata>;
  read_at: number;
}

/** The authorization code flow with PKCE, state and nonce (RFC 9700), at whichever provider a connection names. */
export function createProvider({ egress }: { egress: Pick<Egress, 'fetch'> }) {
  const known = new Map<string, Known>();

  const read = (place: ProviderPlace, request_id: string): Promise<ProviderMetadata> => {
    const key = `${place.id} ${place.version}`;
    const found = known.get(key);
    if (found && Date.now() - found.read_at < FRESH_MS) return found.metadata;
    if (known.size >= REMEMBERED) known.clear();
    const metadata = readMetadata({ egress }, place.issuer, request_id);
    known.set(key, { metadata, read_at: Date.now() });
    metadata.catch(() => known.delete(key));
    return metadata;
  };

  return {
    readMetadata: (issuer: string, request_id: string) => readMetadata({ egress }, issuer, request_id),

    /** Where the browser goes. */
    async buildUrl(place: ProviderPlace, secrets: AttemptSecrets, redirect_uri: string, request_id: string, login_hint?: string): Promise<string> {
      const config = configure(place, await read(place, request_id));
      const { state, nonce, verifier } = secrets;
      const pkce = { code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
      const scope = [...new Set(['openid', 'email', ...place.scopes])].join(' ');
      return oidc.buildAuthorizationUrl(config, { redirect_uri, scope, state, nonce, ...pkce, ...(login_hint ? { login_hint } : {}) }).href;
    },

    /** Redeems the code and answers who it is for, by a signed ID token and, for what that lacks, the provider's userinfo. Throws 4004 or 4005. */
    async redeem(place: ProviderPlace, secrets: AttemptSecrets, redirect_uri: string, answer: ProviderAnswer, calls: { request_id: string; credential: OutgoingCredential; needed: string[] }): Promise<Claims> {
      const metadata = await read(place, calls.request_id);
      if (new URL(metadata.token_endpoint).origin !== place.token_origin) throw providerProblem('sso_endpoint_moved');
      const config = configure(place, metadata);
      config[oidc.customFetch] = createOutgoing({ egress, request_id: calls.request_id, token_endpoint: metadata.token_endpoint, credential: calls.credential });
      try {
        return await exchange(config, secrets, writeReturn(redirect_uri, secrets.state, answer), calls.needed);
      } catch (error) {
        throw describeFailure(error, 'sign_in');
      }
    },
  };
}

/** The secret is no part of it: egress adds it to the one call that it is for. */
function configure(place: ProviderPlace, metadata: ProviderMetadata): oidc.Configuration {
  const { id_token_signing_alg_values_supported: named } = metadata;
  // Whatever a document says: a token without a signature, or signed with the shared secret, is none.
  const server = { ...metadata, id_token_signing_alg_values_supported: named ? SIGNED.filter((alg) => named.includes(alg)) : ['RS256'] };
  const config = new oidc.Configuration(server, place.client_id, { [oidc.clockTolerance]: LEEWAY_S }, () => undefined);
  if (isPlain(place.issuer)) oidc.allowInsecureRequests(config);
  oidc.enableNonRepudiationChecks(config);
  return config;
}

function writeReturn(redirect_uri: string, state: string, { code, iss, error }: ProviderAnswer): URL {
  const url = new URL(redirect_uri);
  const given = Object.entries({ state, code, iss, error }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  for (const [name, value] of given) url.searchParams.set(name, value);
  return url;
}

async function exchange(config: oidc.Configuration, secrets: AttemptSecrets, returned: URL, needed: string[]): Promise<Claims> {
  const checks = { expectedState: secrets.state, expectedNonce: secrets.nonce, pkceCodeVerifier: secrets.verifier, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(config, returned, checks);
  const claims = tokens.claims();
  if (!claims) throw providerProblem('sso_token_invalid');
  const lacks = needed.some((name) => claims[name] === undefined);
  if (!lacks || !config.serverMetadata().userinfo_endpoint) return { ...claims };
  return merge(claims, await oidc.fetchUserInfo(config, tokens.access_token, claims.sub));
}

/** What is signed wins; nothing of it is lost, its subject least of all. An address and whether it is verified come from one document: the one's "verified" says nothing of the other's address. */
function merge(signed: Claims, more: Claims): Claims {
  const { email, email_verified } = signed.email_verified === undefined && more.email !== undefined ? more : signed.email === undefined ? more : signed;
  const merged = { ...more, ...signed, email, email_verified };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as Claims;
}
