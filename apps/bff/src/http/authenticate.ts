import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { readCookie, type CookieNames } from './session-cookie.ts';

/** The port that modules/auth fills: a token in, the living actor out; throws 2002 or 2003. */
export interface Authenticator {
  authenticate(token: string): Promise<Actor>;
}

export interface Carried {
  token: string;
  by: 'cookie' | 'bearer';
}

/** The one token a request carries. Both carriers at once are refused: they could belong to two people. */
export function readCarried(request: Request, cookies: CookieNames): Carried | null {
  const header = request.headers.get('authorization');
  const cookie = readCookie(request.headers.get('cookie'), cookies.access);
  if (header !== null && cookie !== null) {
    throw new AppError('INVALID_INPUT', { details: { reason: 'send a cookie or an Authorization header, not both' } });
  }
  if (cookie !== null) return { token: cookie, by: 'cookie' };
  if (header === null) return null;
  const token = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1];
  if (!token) throw new AppError('TOKEN_INVALID');
  return { token, by: 'bearer' };
}

/**
 * Cookies are sent by the browser whoever asks, so a change must come from our own page: an exact Origin.
 * Scripts with a bearer token send none and need none.
 */
export function checkOrigin(request: Request, allowed: ReadonlySet<string>, by: Carried['by'] | null): void {
  const origin = request.headers.get('origin');
  if (origin !== null && allowed.has(origin)) return;
  const site = request.headers.get('sec-fetch-site');
  const fromElsewhere = origin !== null || (site !== null && site !== 'same-origin' && site !== 'none');
  if (fromElsewhere || by === 'cookie') throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'origin' } });
}
