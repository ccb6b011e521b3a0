import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import type { LiveTurn } from '../replies/live-store.ts';
import { textOf } from './message-text.ts';

// Long enough to be picked up by a screen reader, short enough not to be met again while reading on.
const KEPT_MS = 4_000;

interface Speaker {
  ariaNotify?: (words: string) => void;
}

/** Says a finished answer to a screen reader once, whole; the tokens on the way say nothing. */
export function Announcer({ turn }: { turn: LiveTurn | undefined }) {
  const t = useTexts('chat');
  const [words, setWords] = useState('');
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (turn === undefined || turn.reply.finish_reason === null || said.current === turn.key) return undefined;
    said.current = turn.key;
    const finished = `${t(($) => $.messages.finished)}. ${textOf({ content: turn.reply.parts })}`;
    // WAI-ARIA 1.3's ariaNotify needs no second copy of the text in the page; not every browser has it yet.
    const speaker = document as Document & Speaker;
    if (speaker.ariaNotify !== undefined) speaker.ariaNotify(finished);
    else setWords(finished);
    return undefined;
  }, [turn, t]);
  useEffect(() => {
    if (words === '') return undefined;
    const timer = setTimeout(() => setWords(''), KEPT_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return <div className="visually-hidden" aria-live="polite">{words}</div>;
}
