import { useCallback, useEffect, useState } from 'react';
import { ApiFailure, call } from '../../api/client.ts';
import { useSession } from '../../session/session-store.ts';
import { readDraft } from './progress.ts';
import { useSetupToken } from './setup-token.ts';

export type Gate = { state: 'asking' } | { state: 'open' } | { state: 'made'; why: string } | { state: 'done' } | { state: 'no_link' } | { state: 'dead_link' } | { state: 'failed'; message: string };

/** Whether there is something to set up, and a link that allows it. */
export function useGate() {
  const [gate, setGate] = useState<Gate>(() => {
    const goesOn = useSession.getState().state === 'signed_in' && readDraft() !== null;
    return { state: goesOn ? 'open' : 'asking' };
  });
  const [dead, setDead] = useState(false);
  const ask = useCallback(() => setGate({ state: 'asking' }), []);
  // A new link opens what is closed; a wizard that is open merely goes on with it, and what is made stays so.
  const hearLink = useCallback(() => setGate((old) => (old.state === 'open' || old.state === 'made' ? old : { state: 'asking' })), []);
  const { token, forget } = useSetupToken(hearLink);
  useEffect(() => {
    if (gate.state !== 'asking') return undefined;
    let current = true;
    call('setup.read').then(
      ({ needed }) => {
        if (!current) return;
        if (!needed) forget();
        setGate({ state: !needed ? 'done' : token !== null ? 'open' : dead ? 'dead_link' : 'no_link' });
      },
      (failure: unknown) => current && setGate({ state: 'failed', message: failure instanceof ApiFailure ? failure.message : String(failure) }),
    );
    return () => {
      current = false;
    };
  }, [gate.state, token, dead, forget]);
  /** The server does not take the token: somebody else was faster, or it is too old. */
  const refuse = useCallback(() => {
    forget();
    setDead(true);
    ask();
  }, [forget, ask]);
  /** All is made by this page, which stays a visitor's. */
  const finish = useCallback(
    (why: string) => {
      forget();
      setGate({ state: 'made', why });
    },
    [forget],
  );
  return { gate, token, ask, refuse, forget, finish };
}
