import type { Token } from 'marked';
import remend from 'remend';
import type { Lexed } from './lex.ts';
import { findLimit, lex, normalise } from './lex.ts';

/** What is known of a text that still grows: a frozen prefix that no later letter can change, and the tokens of the rest. */
export interface Stream extends Lexed {
  frozen: string;
  frozenTokens: Token[];
}

export const emptyStream: Stream = { frozen: '', frozenTokens: [], tokens: [], definitions: '' };

// The last block may go on, and the one before it may yet be joined to it.
const OPEN_BLOCKS = 2;
// Closing what is open is for the eye; on a very long block it would cost more than it is worth.
const MAX_MENDED = 8000;

function mend(tail: string): string {
  if (tail.length > MAX_MENDED || /^ {0,3}(?:```|~~~)/.test(tail)) return tail;
  return remend(tail, { linkMode: 'text-only', htmlTags: false, comparisonOperators: false, singleTilde: false, images: false, katex: true, inlineKatex: false });
}

/** How many leading tokens can't change any more. */
function countSettled(tokens: readonly Token[]): number {
  let open = 0;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    if (tokens[at]?.type !== 'space') open += 1;
    if (open === OPEN_BLOCKS) return at;
  }
  return 0;
}

/**
 * Reads a growing text again, but only what comes after the frozen prefix, so a stream costs what its last blocks cost.
 * A text that is no continuation starts afresh.
 */
export function lexStream(last: Stream, raw: string): Stream {
  const text = normalise(raw);
  const kept = last.frozen !== '' && text.startsWith(last.frozen) ? last : emptyStream;
  if (findLimit(text) < text.length) return { ...kept, ...lex(text) };
  const tail = text.slice(kept.frozen.length);
  const { tokens } = lex(mend(tail));
  const settled = tokens.slice(0, countSettled(tokens));
  const source = settled.map((token) => token.raw).join('');
  // Mending may have changed a settled block; then it is not frozen yet.
  const grown = source !== '' && tail.startsWith(source) ? settled : [];
  return {
    frozen: grown.length > 0 ? kept.frozen + source : kept.frozen,
    frozenTokens: grown.length > 0 ? [...kept.frozenTokens, ...grown] : kept.frozenTokens,
    tokens: [...kept.frozenTokens, ...tokens],
    definitions: '',
  };
}
