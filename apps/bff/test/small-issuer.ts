import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT = { client_id: 'lyss-client', client_secret: 'canary-client-secret-0123456789' };

export type Claims = Record<string, unknown>;

/** What an answer is like where it is not as it should be. */
export interface Forging {
  payload?: (payload: Claims) => Claims;
  /** The whole ID token, from its payload. */
  token?: (payload: Claims) => Promise<string> | string;
  /** The provider's `iss` in the address. */
  iss?: string;
}

interface Grant extends Forging {
  claims: Claims;
  nonce: string;
  challenge: string;
  redirect_uri: string;
}

export interface SmallIssuer {
  issuer: string;
  host: string;
  /** What of its own documents and answers is otherwise. */
  document: Claims;
  status: { token?: number };
  /** What its userinfo says, where its document names that. */
  userinfo: Claims;
  /** Every request it was sent, headers and body, as text. */
  seen: string[];
  /** Its key, as an attacker who read the published half would have it. */
  publicJwk(): Promise<Claims>;
  sign(payload: Claims): Promise<string>;
  /** Somebody signs in at the address that Lyss sent a browser to; what comes back in Lyss's own address. */
  answer(url: string, claims: Claims, forging?: Forging): { state: string; code: string; iss?: string };
  close(): Promise<void>;
}

const LIFETIME_S = 300;

/** An identity provider as small as the standard allows, on a real socket, which lies where a test asks it to. */
export async function startSmallIssuer(): Promise<SmallIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const grants = new Map<string, Grant>();
  const seen: string[] = [];
  const document: Claims = {};
  const status: SmallIssuer['status'] = {};
  const userinfo: Claims = {};
  const sign = (payload: Claims) => new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
  const publicJwk = async () => ({ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' });

  const redeem = async (request: IncomingMessage, body: string) => {
    const form = new URLSearchParams(body);
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    const basic = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return { status: 401, body: { error: 'invalid_client', error_description: 'canary-of-the-provider' } };
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    const fits = grant && grants.delete(code) && grant.challenge === challenge && grant.redirect_uri === form.get('redirect_uri');
    if (!fits) return { status: 400, body: { error: 'invalid_grant' } };
    const now = Math.floor(Date.now() / 1_000);
    const plain = { iss: issuer, aud: CLIENT.client_id, iat: now, exp: now + LIFETIME_S, nonce: grant.nonce, ...grant.claims };
    const payload = grant.payload ? grant.payload(plain) : plain;
    return { status: status.token ?? 200, body: { access_token: 'access', token_type: 'Bearer', id_token: await (grant.token ?? sign)(payload) } };
  };

  const serve = async (request: IncomingMessage, body: string): Promise<{ status: number; body: unknown }> => {
    if (request.url === '/.well-known/openid-configuration') return { status: 200, body: { ...documentOf(issuer), ...document } };
    if (request.url === '/jwks') return { status: 200, body: { keys: [await publicJwk()] } };
    if (request.url === '/userinfo') return { status: 200, body: userinfo };
    return request.url === '/token' ? redeem(request, body) : { status: 404, body: {} };
  };
  const server = createServer((request, response) => void receive(request, response));
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
    const answered = await serve(request, body);
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object once it listens.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `http://${host}`;
  return {
    ...{ issuer, host, document, status, userinfo, seen, publicJwk, sign },
    answer(url, claims, forging = {}) {
      const asked = new URL(url).searchParams;
      const code = crypto.randomUUID();
      const read = (name: string) => asked.get(name) ?? '';
      grants.set(code, { ...forging, claims, nonce: read('nonce'), challenge: read('code_challenge'), redirect_uri: read('redirect_uri') });
      return { state: read('state'), code, ...(forging.iss ? { iss: forging.iss } : {}) };
    },
    close: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

const documentOf = (issuer: string) => ({
  ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
  ...{ response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] },
});
