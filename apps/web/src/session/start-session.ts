import type { SignedIn } from '@lyss/api-types';
import { call } from '../api/client.ts';
import { endSession, refreshOnce } from '../api/refresh.ts';
import { rememberPerson, useSession } from './session-store.ts';
import { hearTabs, noteToken, tellTabs, tokenState } from './tabs.ts';

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
