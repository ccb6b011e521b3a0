import { useCallback, useEffect, useState } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { readReason } from '../../api/failure.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useTexts } from '../i18n/use-texts.ts';

type Found<Link> = { state: 'reading' } | { state: 'open'; link: Link } | { state: 'closed'; why: string | null } | { state: 'unread'; failure: Error };

// Too slow, or too many asked: nothing is said of the link.
const later = new Set([408, 429]);

/** Whether the server said that a one-time link is no good, rather than nothing about it. */
function isDead(failure: Error): boolean {
  return failure instanceof ApiFailure && failure.status >= 400 && failure.status < 500 && !later.has(failure.status);
}

/** Where passwords are closed no new link would help either: the server's own words say what does. */
const findWhy = (failure: Error): string | null => (failure instanceof ApiFailure && readReason(failure) === 'sso_only' ? failure.message : null);

/** What a one-time link is for: `closed` where it is used, too old or mistyped, with `why` where the server says more than that; `unread` where nobody could say, until `retry`. */
export function useLink<Link>(token: string, read: (token: string, signal: AbortSignal) => Promise<Link>): { found: Found<Link>; retry: () => void } {
  const [found, setFound] = useState<Found<Link>>({ state: 'reading' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const control = new AbortController();
    setFound({ state: 'reading' });
    read(token, control.signal).then(
      (link) => setFound({ state: 'open', link }),
      (thrown: unknown) => {
        if (control.signal.aborted) return;
        const failure = thrown instanceof Error ? thrown : new Error(String(thrown));
        setFound(isDead(failure) ? { state: 'closed', why: findWhy(failure) } : { state: 'unread', failure });
      },
    );
    return () => control.abort();
  }, [token, read, turn]);
  return { found, retry: useCallback(() => setTurn((old) => old + 1), []) };
}

/** A link that could not be read now: why, the id that support asks for, and another try. */
export function UnreadLink({ failure, onRetry }: { failure: Error; onRetry: () => void }) {
  const t = useTexts('app');
  const request_id = failure instanceof ApiFailure ? failure.request_id : undefined;
  return (
    <section className="visitor-form" role="alert">
      <h1>{failure.message}</h1>
      {request_id ? <p className="visitor-line mono">{t(($) => $.route.request_id)} {request_id}</p> : null}
      <ActionButton look="primary" size="large" onClick={onRetry}>{t(($) => $.actions.retry)}</ActionButton>
    </section>
  );
}
