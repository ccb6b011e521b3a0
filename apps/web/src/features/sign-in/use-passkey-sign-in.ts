import { useEffect, useState } from 'react';
import type { PasskeyRequestOptions } from '@lyss/api-types';
import { askPasskey, forgetQuestion, offersPasskeysInField, PasskeyFailure } from '../../app/passkeys/ask-passkey.ts';
import { ApiFailure, call } from '../../api/client.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';

// A challenge is asked for anew a moment before it ends.
const AHEAD_MS = 30_000;

async function signInBy(options: PasskeyRequestOptions, how: { in_field?: boolean }): Promise<void> {
  const answer = await call('secondStep.passkey', { body: { response: await askPasskey(options, how) } });
  await checkCookies();
  enterSession(answer);
}

/** Calls back after a while, but not before somebody looks at the page. Answers how to stop. */
function callLater(work: () => void, after_ms: number): () => void {
  const control = new AbortController();
  const timer = setTimeout(() => {
    if (!document.hidden) return work();
    document.addEventListener('visibilitychange', work, { once: true, signal: control.signal });
  }, after_ms);
  return () => {
    clearTimeout(timer);
    control.abort();
  };
}

/**
 * Signing in with a passkey alone: by the button, and quietly by the e-mail field's own list where the browser has one.
 * What fails quietly is not told: nobody asked for it.
 */
export function usePasskeySignIn(possible: boolean) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (!possible || pending) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    let stop = () => {};
    async function offer() {
      if (!(await offersPasskeysInField()) || signal.aborted) return;
      const options = await call('secondStep.passkeyOptions', { signal });
      stop = callLater(() => setTurn(turn + 1), options.timeout - AHEAD_MS);
      await signInBy(options, { in_field: true });
    }
    offer().catch((thrown: unknown) => {
      // The server's no to a passkey that was chosen is news; that none was chosen, or none could be asked for, is not.
      if (!signal.aborted && thrown instanceof ApiFailure && thrown.status === 401) setFailure(thrown);
    });
    return () => {
      leaving.abort();
      stop();
      forgetQuestion();
    };
  }, [possible, pending, turn]);

  async function ask() {
    setPending(true);
    setFailure(null);
    try {
      await signInBy(await call('secondStep.passkeyOptions'), {});
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure || thrown instanceof PasskeyFailure)) throw thrown;
      setFailure(thrown);
    } finally {
      setPending(false);
    }
  }
  return { pending, failure, ask: () => void ask() };
}
