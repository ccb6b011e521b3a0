import { KEY_PREFIX } from '@lyss/api-types';
import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { readCookie, type CookieNames } from './session-cookie.ts';

/** The port that modules/auth and modules/api-keys fill: a token or key in, the living actor out; throws 2002 or 2003, or 2004 for a key from a network it is not for. */
export interface Authenticator {
  authenticate(token: string, caller: Caller): Promise<Actor>;
}

/** The one token a request carries. Both carriers at once are refused: they could belong to two people. */
export function readCarried(request: Request, cookies: CookieNames): string | null {
  const header = request.headers.get('authorization');
  const cookie = readCookie(request.headers.get('cookie'), cookies.access);
  if (header !== null && carriesCookie(request, cookies)) {
    const message = 'a cookie or an Authorization header, not both';
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'Authorization', code: 'two_carriers', message }] } });
  }
  // A key is sent by a program; a browser sends its cookies whoever asks.
  if (cookie?.startsWith(KEY_PREFIX)) throw new AppError('TOKEN_INVALID');
  if (cookie !== null) return cookie;
  if (header === null) return null;
  const token = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1];
  if (!token) throw new AppError('TOKEN_INVALID');
  return token;
}

/** Whether one of a session's two cookies came: a browser sends them whoever asks. */
export function carriesCookie(request: Request, { access, refresh }: CookieNames): boolean {
  const header = request.headers.get('cookie');
  return readCookie(header, access) !== null || readCookie(header, refresh) !== null;
}

/**
 * Cookies are sent by the browser whoever asks, so a change must come from our own page: an exact Origin.
 * Scripts with a bearer token send none and need none.
 */
export function checkOrigin(request: Request, allowed: ReadonlySet<string>, byCookie: boolean): void {
  const origin = request.headers.get('origin');
  if (origin !== null && allowed.has(origin)) return;
  const site = request.headers.get('sec-fetch-site');
  const fromElsewhere = origin !== null || (site !== null && site !== 'same-origin' && site !== 'none');
  if (fromElsewhere || byCookie) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'origin' } });
}
