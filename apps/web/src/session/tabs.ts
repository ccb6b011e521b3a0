/* oxlint-disable no-restricted-globals -- app/preferences.ts keeps what a person chose; these times are the session's and no preference */
// What the tabs of one browser tell each other. Times only, never a token: those live in cookies no script can read.
const NEWS = 'lyss.session';
const ENDS_AT = 'lyss.session.ends_at';
const REFRESHED_AT = 'lyss.session.refreshed_at';

export type SessionNews = 'signed_in' | 'signed_out' | 'changed';

let channel: BroadcastChannel | null = null;

function openChannel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  channel ??= new BroadcastChannel(NEWS);
  return channel;
}

/** Tells the browser's other tabs; this tab hears nothing of its own. */
export function tellTabs(news: SessionNews): void {
  openChannel()?.postMessage(news);
}

/** Calls back with what other tabs tell; answers how to stop listening. */
export function hearTabs(hear: (news: SessionNews) => void): () => void {
  const open = openChannel();
  const listener = (event: MessageEvent<SessionNews>) => hear(event.data);
  open?.addEventListener('message', listener);
  return () => open?.removeEventListener('message', listener);
}

// Private windows may refuse storage: then every tab simply asks the server.
function readTime(key: string): number {
  try {
    return Number(localStorage.getItem(key) ?? 0);
  } catch {
    return 0;
  }
}

function writeTime(key: string, time: number | null): void {
  try {
    if (time === null) localStorage.removeItem(key);
    else localStorage.setItem(key, String(time));
  } catch {
    // Nothing depends on it.
  }
}

/** Notes that the access token now lasts `expires_in` seconds more. */
export function noteToken(expires_in: number): void {
  writeTime(REFRESHED_AT, Date.now());
  writeTime(ENDS_AT, Date.now() + expires_in * 1000);
}

export function forgetToken(): void {
  writeTime(ENDS_AT, null);
}

/** When some tab last got new tokens, in epoch milliseconds; 0 where never. */
export function refreshedAt(): number {
  return readTime(REFRESHED_AT);
}

/** `live`, `expired`, or `unknown` where this browser has not seen a sign-in. */
export function tokenState(): 'live' | 'expired' | 'unknown' {
  const ends = readTime(ENDS_AT);
  if (ends === 0) return 'unknown';
  // A call takes a moment to arrive: one that would arrive late is refreshed ahead, without a 401 in the console.
  return ends - 5000 > Date.now() ? 'live' : 'expired';
}
