import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { readBytes, readForm } from './body.ts';
import type { RateLimits } from './rate-limit.ts';
import type { Route } from './route.ts';
import { readCookie, type CookieNames } from './session-cookie.ts';

/** The port that modules/auth fills: whose session tokens were once made for, without a look into the database; null for what we never made. */
export type FindIssued = (carried: { access_token: string | null; refresh_token: string | null }) => Promise<string | null>;

export interface Counted {
  /** The session whose call this was counted as. */
  session: string | null;
  /** The body, where it had to be read for that. */
  bytes?: Uint8Array;
}

interface Counters {
  rate_limits: RateLimits;
  findIssued: FindIssued;
  cookies: CookieNames;
}

// A form with a refresh token and nothing else: more than that is not read for a network that has used itself up.
const TOKEN_FORM_BYTES = 512;

/**
 * Counts a call by who makes it: a person, or nobody's network. What keeps or ends a session counts as that session's:
 * noise from the same network must sign nobody out. Throws 1005.
 */
export async function countCall(request: Request, { endpoint, keeps_session }: Route, { actor, carried }: { actor: Actor | null; carried: string | null }, counters: Counters, caller: Caller): Promise<Counted> {
  const { rate_limits, findIssued } = counters;
  const countAs = async (tokens: Parameters<FindIssued>[0]) => {
    const session = keeps_session ? await findIssued(tokens) : null;
    if (session) await rate_limits.takeOfSession(session);
    return session;
  };
  // What else a browser sends along says nothing of a form: a password would be tried as its own session's call.
  const is_form = endpoint.kind === 'oauth';
  const session = is_form ? null : await countAs({ access_token: carried, refresh_token: readCookie(request.headers.get('cookie'), counters.cookies.refresh) });
  if (session) return { session };
  const refused = await rate_limits.take(actor, caller).catch((error: unknown) => error);
  if (refused === undefined) return { session: null };
  const form = keeps_session && is_form && isRefusal(refused) ? await readTokenForm(request) : null;
  const named = form ? await countAs({ access_token: null, refresh_token: form.refresh_token }) : null;
  if (form && named) return { session: named, bytes: form.bytes };
  throw refused;
}

const isRefusal = (error: unknown) => error instanceof AppError && error.is_refusal;

/** Null for whatever is no form that goes on with a session: the refusal that it had stands. */
async function readTokenForm(request: Request): Promise<{ bytes: Uint8Array; refresh_token: string | null } | null> {
  try {
    const bytes = await readBytes(request, TOKEN_FORM_BYTES);
    const { grant_type, refresh_token = null } = readForm(request, bytes);
    return grant_type === 'refresh_token' ? { bytes, refresh_token } : null;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
