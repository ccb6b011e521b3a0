import { findEndpoint, listHeaders, readBody, type Exchange } from '../wire/exchange.ts';
import { secretFields, type Kind } from './kinds.ts';
import { LEAST_BYTES, type Secret } from './search.ts';

const COOKIES: Record<string, Kind> = { '__Host-lyss_at': 'access token', '__Host-lyss_rt': 'refresh token' };
const LINK = /\/(?:invitation|password-reset)\/(?<token>[A-Za-z0-9_-]{43})$/;

/** A secret's bytes: of a signed token its signature, without which the rest opens nothing; of a link its token. */
function readSecret(kind: Kind, value: string): string | null {
  if (kind === 'access token') return value.split('.')[2] ?? null;
  if (kind === 'invitation or reset token') return LINK.exec(value)?.groups?.['token'] ?? null;
  if (kind === 'API key') return value.startsWith('lyss_') ? value : null;
  return value;
}

function* listFields(value: unknown, name = ''): Generator<[Kind, string]> {
  if (typeof value === 'string' && secretFields[name]) yield [secretFields[name], value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* listFields(inner, Array.isArray(value) ? name : key);
}

function parse(type: string, text: string): unknown {
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return type.startsWith('application/json') ? JSON.parse(text) : null;
  } catch {
    // Some tests send what is no JSON.
    return null;
  }
}

function* listKnown(exchange: Exchange): Generator<[Kind, string]> {
  const headers = listHeaders(exchange);
  for (const [name, value] of headers) {
    const [, cookie = '', token = ''] = name === 'set-cookie' ? (/^([^=]+)=([^;]*)/.exec(value) ?? []) : [];
    if (COOKIES[cookie] && token !== '') yield [COOKIES[cookie], token];
  }
  // What was refused opens nothing; that it is kept nowhere either is seen with what the canary itself plants.
  if (exchange.status < 200 || exchange.status > 299) return;
  yield* listFields(parse(exchange.request_type, exchange.request));
  yield* listFields(parse(new Map(headers).get('content-type') ?? '', readBody(exchange).toString()));
  const { token } = findEndpoint(exchange).params;
  if (token) yield ['invitation or reset token', `/invitation/${token}`];
}

/** Every secret that was sent or given in a run, each once. */
export function harvest(exchanges: readonly Exchange[]): Secret[] {
  const found = new Map<string, Secret>();
  for (const exchange of exchanges) {
    for (const [kind, value] of listKnown(exchange)) {
      const text = readSecret(kind, value);
      if (text === null || Buffer.byteLength(text) < LEAST_BYTES) continue;
      found.set(text, { kind, bytes: Buffer.from(text) });
    }
  }
  return [...found.values()];
}
