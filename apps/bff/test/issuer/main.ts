import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

// A real identity provider as a process of its own: `ISSUER_PORT=… node main.ts REDIRECT_URI…`, or REDIRECT_URIS in the environment. It writes its issuer as one line of JSON.
const CLIENT_ID = 'lyss';
const CLIENT_SECRET = 'canary-real-provider-secret-42';
const SIGN_IN = /^\/interaction\/([\w-]+)$/;

/** Whoever types `ada@example.com?groups=a,b&verified=no` is that person. */
function readPerson(typed: string) {
  const [email = '', rest = ''] = typed.split('?');
  const more = new URLSearchParams(rest);
  return { sub: more.get('sub') ?? `sub-of-${email}`, email, email_verified: more.get('verified') !== 'no', name: 'Ada Lovelace', groups: more.get('groups')?.split(',') ?? [] };
}

const people = new Map<string, ReturnType<typeof readPerson>>();

const configuration = (redirect_uris: string[]): Configuration => ({
  clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris, grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic' }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['keys-of-a-test'] },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => people.get(sub) ?? { sub } }),
  async loadExistingGrant(context) {
    const { client, session, provider } = context.oidc;
    const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
    grant.addOIDCScope('openid email profile groups');
    await grant.save();
    return grant;
  },
});

const page = `<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,"><body><main><h1>Test provider</h1>
<form method="post"><label>Who are you? <input name="login" autofocus></label> <button>Sign in there</button> <button name="refuse" value="1">Refuse</button></form></main></body></html>`;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return void response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  const form = await readForm(request);
  if (form.has('refuse')) return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'canary-of-the-provider' });
  const person = readPerson(form.get('login') ?? '');
  people.set(person.sub, person);
  return provider.interactionFinished(request, response, { login: { accountId: person.sub } });
}

const server = createServer();
await new Promise<void>((resolve) => server.listen(Number(process.env['ISSUER_PORT'] ?? 0), '127.0.0.1', resolve));
// A TCP server's address is an object once it listens.
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = new Provider(issuer, configuration([...process.argv.slice(2), ...(process.env['REDIRECT_URIS']?.split(' ') ?? [])]));
const serve = provider.callback();
server.on('request', (request, response) => void (SIGN_IN.test(request.url ?? '') ? interact(provider, request, response) : serve(request, response)));
process.stdout.write(`${JSON.stringify({ issuer, client_id: CLIENT_ID, client_secret: CLIENT_SECRET })}\n`);
