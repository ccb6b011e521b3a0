import { hmac, randomToken, sha256 } from '../../../crypto/digest.ts';
import type { AttemptSecrets } from '../provider/provider.ts';

/** Minutes are plenty for a sign-in elsewhere with a second factor. */
export const ATTEMPT_SECONDS = 600;

/** A browser's own secret, kept in its cookie; several attempts of one browser share it, so that tabs don't end each other's. */
export const newBrowserSecret = (held: string | null): string => (held && /^[A-Za-z0-9_-]{43}$/.test(held) ? held : randomToken());

/** Nonce and code verifier follow from the cookie and the state: the database holds nothing that a thief of it could use. */
export function deriveSecrets(browser: string, state: string): AttemptSecrets {
  const derive = (purpose: string) => hmac(browser, `lyss|sso|${purpose}|${state}`).toString('base64url');
  return { state, nonce: derive('nonce'), verifier: derive('verifier') };
}

export const hashAttempt = (browser: string, state: string) => ({ state_hash: sha256(state), browser_hash: sha256(browser) });
