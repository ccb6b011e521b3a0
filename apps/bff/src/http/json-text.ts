import { AppError } from '../errors.ts';

const MAX_DEPTH = 32;
/** Members and elements of one body together; the largest that any form of ours sends has a few hundred. */
const MAX_PARTS = 20_000;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;

/**
 * Parses JSON (RFC 8259) and refuses what parsers disagree on: duplicate keys, `__proto__`, nesting over 32, and
 * texts that PostgreSQL cannot hold: NUL and half a surrogate pair (RFC 7493 §2.1). A body of many small parts is
 * refused before it is parsed: 8 MiB of them stop the process for seconds.
 * Throws AppError INVALID_FORMAT.
 */
export function parseJson(text: string): unknown {
  checkSize(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse('not JSON', error);
  }
  checkKeys(text);
  return value;
}

/** One pass over a text that may be anything: in JSON, whatever stands between two quotes is no structure. */
function checkSize(text: string): void {
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return; // cut off in a string: JSON.parse says so
    } else if (sign === COMMA) parts++;
    else if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) depth++;
    else if (sign === CLOSE_OBJECT || sign === CLOSE_ARRAY) depth--;
    if (depth > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH}`);
    if (parts > MAX_PARTS) throw refuse(`more than ${MAX_PARTS} parts`);
  }
}

function refuse(reason: string, cause?: unknown): AppError {
  return new AppError('INVALID_FORMAT', { details: { reason }, cause });
}

interface Level {
  keys: Set<string> | null;
  /** In an object: whether the next string is a key. */
  expects_key: boolean;
}

/** One pass over text that JSON.parse accepted, so only strings, brackets, commas and colons matter. */
function checkKeys(text: string): void {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const top = levels.at(-1);
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        const literal = text.slice(at, end + 1);
        if (top?.keys && top.expects_key) addKey(top, literal);
        else checkText(literal);
        at = end;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY: {
        const isObject = text.charCodeAt(at) === OPEN_OBJECT;
        levels.push({ keys: isObject ? new Set() : null, expects_key: isObject });
        break;
      }
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        levels.pop();
        break;
      case COMMA:
        if (top) top.expects_key = top.keys !== null;
        break;
    }
  }
}

function checkText(literal: string): void {
  // The bytes were UTF-8, so only an escape can spell either of the two. Looked for in this text alone: a search
  // to the end of the body for each text takes the square of its length.
  if (literal.includes('\\u')) refuseUnstorable(JSON.parse(literal) as string);
}

function refuseUnstorable(value: string): void {
  if (value.includes('\0') || !value.isWellFormed()) throw refuse('a text holds NUL or half a character');
}

function addKey(level: Level, literal: string): void {
  const key = literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  refuseUnstorable(key);
  if (key === '__proto__') throw refuse('the key __proto__ is not accepted');
  if (level.keys?.has(key)) throw refuse('a key stands twice in one object');
  level.keys?.add(key);
  level.expects_key = false;
}

/** Where the string that begins at `start` ends; −1 where it doesn't. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}
