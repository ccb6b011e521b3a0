import type { ApiResponse, DataOf } from '@lyss/api-types';
import { routes } from '@lyss/api-types/routes.gen';
import { forgetPerson, readEndReason, rememberPerson, useSession, type EndReason } from '../session/session-store.ts';
import { forgetToken, noteToken, refreshedAt, tellTabs, tokenState } from '../session/tabs.ts';
import { readFailure, readReason } from './failure.ts';
import { send } from './send.ts';

const LOCK = 'lyss.refresh';
const TIMEOUT_MS = 10_000;
let running: Promise<boolean> | null = null;

/**
 * Ends the session on this page: the cookies are already worthless. Tells the other tabs unless one of them said so.
 * `by_person`: they asked for it here. Else they are told, with the server's reason where it gave one, unless nobody was signed in.
 */
export function endSession({ tell = true, by_person = false, reason = null }: { tell?: boolean; by_person?: boolean; reason?: EndReason | null } = {}): void {
  const { state, ended, end_reason } = useSession.getState();
  const was_signed_in = state === 'signed_in' || tokenState() !== 'unknown';
  forgetToken();
  const is_told = !by_person && (was_signed_in || ended);
  // Asked again, the server no longer knows: the cookies went with its first answer.
  forgetPerson(is_told, is_told ? (reason ?? end_reason) : null);
  if (tell) tellTabs('signed_out');
}

/** Whether the session lives; where it is over, why. */
async function askServer(): Promise<{ alive: boolean; reason: EndReason | null }> {
  const [method, url] = routes['auth.refresh'];
  const response = await send({ method, url, body: {}, timeout_ms: TIMEOUT_MS });
  if (response.status === 401) return { alive: false, reason: readEndReason(readReason(await readFailure(response))) };
  if (!response.ok) throw await readFailure(response);
  const { data } = (await response.json()) as ApiResponse<DataOf<'auth.refresh'>>;
  if (!data.authenticated || data.user === null) return { alive: false, reason: null };
  noteToken(data.expires_in ?? 0);
  rememberPerson(data.user);
  return { alive: true, reason: null };
}

// Without locks (plain http off loopback) two tabs may both refresh: the server gives them the same successor.
async function withLock<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

/**
 * One refresh per browser: tabs take turns, and a tab whose turn comes after another's success goes without.
 * `since` is when the refused call was sent (epoch ms). True: try again. False: signed out. Throws ApiFailure
 * where the server could not say, which is no reason to sign anybody out.
 */
export function refreshOnce(since: number): Promise<boolean> {
  if (refreshedAt() > since) return Promise.resolve(true);
  running ??= withLock(async () => {
    if (refreshedAt() > since) return true;
    const { alive, reason } = await askServer();
    if (!alive) endSession({ reason });
    return alive;
  }).finally(() => {
    running = null;
  });
  return running;
}
