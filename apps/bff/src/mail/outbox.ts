import type { LetterFailure } from '@lyss/api-types';
import { describeFailure } from './describe-failure.ts';
import type { Letter, Mailer } from './mailer.ts';

export interface Outbox {
  /** False where the operator named no mail server: nothing is posted then. */
  is_configured: boolean;
  /** Takes one letter to send soon, after the caller's commit; `onEnd` hears null, or why it did not leave. Never throws. */
  post(letter: Letter, onEnd?: (failure: LetterFailure | null) => Promise<void>): void;
  /** Takes nothing more, and waits for what is being sent, a few seconds at most. */
  close(): Promise<void>;
}

const AT_ONCE = 4;
const WAITING = 1_000;
const CLOSE_MS = 5_000;

/**
 * Letters on their way, in memory alone: their links are stored nowhere, so what a crash takes is not sent, and the row
 * that waits to hear of it says so. `onFailure` is told for the log.
 */
export function createOutbox(mailer: Mailer, onFailure: (failure: LetterFailure | 'outcome_lost') => void): Outbox {
  const waiting: (() => Promise<void>)[] = [];
  const sending = new Set<Promise<void>>();
  let closed = false;

  // Once for each letter that comes and for each that is done: no place stays empty while one waits.
  const advance = () => {
    const next = !closed && sending.size < AT_ONCE ? waiting.shift() : undefined;
    if (!next) return;
    const turn = next().finally(() => {
      sending.delete(turn);
      advance();
    });
    sending.add(turn);
  };
  const end = async (failure: LetterFailure | null, onEnd: ((failure: LetterFailure | null) => Promise<void>) | undefined) => {
    if (failure) onFailure(failure);
    await onEnd?.(failure).catch(() => onFailure('outcome_lost'));
  };

  return {
    is_configured: mailer.is_configured,
    post(letter, onEnd) {
      if (closed || !mailer.is_configured) return;
      if (waiting.length >= WAITING) return void end('too_many_waiting', onEnd);
      waiting.push(async () => end(await mailer.send(letter).then(() => null, describeFailure), onEnd));
      advance();
    },
    async close() {
      closed = true;
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([Promise.all(sending), late]);
      mailer.close();
    },
  };
}
