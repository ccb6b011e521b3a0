import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../../session/session-store.ts';

const KEY = 'lyss.set-up.token';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

// The one secret a page of ours stores: it works once, for half an hour, and a reload must not cost it. This tab's alone.
function readToken(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    return kept !== null && TOKEN.test(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keepToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage a reload needs the link again.
  }
}

/** The token in the address, which leaves it at once; null where there is none, or nobody needs one any more. */
function takeFromAddress(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token') ?? new URLSearchParams(location.search).get('token');
  if (given === null) return null;
  history.replaceState(null, '', location.pathname);
  return TOKEN.test(given) && useSession.getState().state !== 'signed_in' ? given : null;
}

function takeToken(): string | null {
  const given = takeFromAddress();
  if (given !== null) keepToken(given);
  return given ?? readToken();
}

/**
 * The set-up link's one-use token, over reloads of this tab. A link pasted into the open page counts too and calls
 * `onLink`: the browser then changes the hash alone. `forget` once it is used or found dead.
 */
export function useSetupToken(onLink: () => void) {
  const [token, setToken] = useState(takeToken);
  const forget = useCallback(() => {
    keepToken(null);
    setToken(null);
  }, []);
  useEffect(() => {
    function hear() {
      const given = takeFromAddress();
      if (given === null) return;
      keepToken(given);
      setToken(given);
      onLink();
    }
    addEventListener('hashchange', hear);
    return () => removeEventListener('hashchange', hear);
  }, [onLink]);
  return { token, forget };
}
