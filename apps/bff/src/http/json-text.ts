import { AppError } from '../errors.ts';

const MAX_DEPTH = 32;

/**
 * Parses JSON (RFC 8259) and refuses what parsers disagree on: duplicate keys, `__proto__`, nesting over 32, and
 * texts that PostgreSQL cannot hold: NUL and half a surrogate pair (RFC 7493 §2.1).
 * Throws AppError INVALID_FORMAT.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse('not JSON', error);
  }
  checkKeys(text);
  return value;
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
      case 0x22: {
        const end = endOfString(text, at);
        const literal = text.slice(at, end + 1);
        if (top?.keys && top.expects_key) addKey(top, literal);
        else checkText(literal);
        at = end;
        break;
      }
      case 0x7b:
      case 0x5b: {
        const isObject = text.charCodeAt(at) === 0x7b;
        levels.push({ keys: isObject ? new Set() : null, expects_key: isObject });
        if (levels.length > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH}`);
        break;
      }
      case 0x7d:
      case 0x5d:
        levels.pop();
        break;
      case 0x2c:
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

function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}
