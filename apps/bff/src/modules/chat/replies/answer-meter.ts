import { estimateTokens } from '../../../providers/tokens.ts';

// An estimate from lengths is up to a quarter too high: a supplier that keeps to its bound is never cut off by it.
const SLACK = 1.25;
const SLACK_TOKENS = 32;
const PIECE_CHARACTERS = 256;

export interface AnswerMeter {
  add(delta: string): void;
  /** Whether the answer has certainly passed its bound: its supplier doesn't keep to what it was told. */
  isOver(): boolean;
}

/** Our own count of an answer as it streams; null where nothing bounds it. */
export function createAnswerMeter(most: number | null): AnswerMeter {
  if (most === null) return { add: () => undefined, isOver: () => false };
  let tokens = 0;
  // Gathered before it is counted: each estimate is rounded up.
  let piece = '';
  return {
    add(delta) {
      piece += delta;
      if (piece.length < PIECE_CHARACTERS) return;
      tokens += estimateTokens(piece);
      piece = '';
    },
    isOver: () => tokens > most * SLACK + SLACK_TOKENS,
  };
}
