import type { SignedIn } from '@lyss/api-types';
import { routes } from '@lyss/api-types/routes.gen';
import { call } from '../api/client.ts';
import { cookielessFailure } from '../api/failure.ts';
import { endSession, refreshOnce } from '../api/refresh.ts';
import { send } from '../api/send.ts';
import { rememberPerson, useSession } from './session-store.ts';
import { hearTabs, noteToken, tellTabs, tokenState } from './tabs.ts';

const TIMEOUT_MS = 10_000;

/**
 * Finds out who is here. A visitor costs one call that answers 200, never a 401. Throws ApiFailure where the
 * server cannot be asked: the session is then still `unknown`.
 */
export async function startSession(): Promise<void> {
  if (tokenState() !== 'live' && !(await refreshOnce(Date.now()))) return;
  // A refresh says who it was for; where another tab made it, or none was needed, nobody has said so yet.
  if (useSession.getState().me === null) rememberPerson(await call('auth.me'));
}

/** Takes over what a sign-in, a set-up or an invitation answered, and tells the other tabs. */
export function enterSession(answer: SignedIn): void {
  noteToken(answer.expires_in);
  rememberPerson(answer.user);
  tellTabs('signed_in');
}

/**
 * After an answer that set cookies: throws ApiFailure where the browser kept none of them. Safari may do so on an http
 * address, whoever refuses cookies does, and neither says anything. A server that can't be asked is no reason to keep anybody out.
 */
export async function checkCookies(): Promise<void> {
  if (location.protocol !== 'http:') return;
  const [method, url] = routes['auth.me'];
  const answer = await send({ method, url, timeout_ms: TIMEOUT_MS }).catch(() => null);
  if (answer?.status === 401) throw cookielessFailure();
}

/** Signs out here and in every tab. The page is left even where the server cannot be told. */
export async function leaveSession(): Promise<void> {
  try {
    await call('auth.logout');
  } finally {
    endSession({ by_person: true });
  }
}

/** Follows what other tabs do; answers how to stop. */
export function followTabs(): () => void {
  return hearTabs((news) => {
    if (news === 'signed_out') return endSession({ tell: false });
    // A visitor's change of look is nothing to ask the server about.
    if (news === 'changed' && useSession.getState().state !== 'signed_in') return;
    call('auth.me').then(rememberPerson, () => undefined);
  });
}
