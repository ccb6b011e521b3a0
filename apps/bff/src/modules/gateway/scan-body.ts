import { isUtf8 } from 'node:buffer';
import { AppError } from '../../errors.ts';

/** Where a value stands in the body. */
export interface Span {
  start: number;
  end: number;
}

export interface ScannedBody {
  /** The members of the outermost object, by name. */
  members: ReadonlyMap<string, Span>;
  /** Where its closing brace stands. */
  end: number;
  /** Bytes of `data:` addresses, whose length says nothing of what they weigh in tokens. */
  inline_bytes: number;
  images: number;
}

const MAX_DEPTH = 32;
const INLINE_LEAST_BYTES = 64;
/** Bodies up to here are parsed as well: it costs less than a doubt. */
const PARSED_BYTES = 4_096;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const [ZERO, NINE, MINUS] = [0x30, 0x39, 0x2d];
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INLINE = Buffer.from('data:');

/**
 * Finds the members of a JSON object (RFC 8259) without making anything of their values: structure is checked as strictly as
 * JSON.parse does, what stands inside strings isn't looked at. Refuses what parsers disagree on: keys that stand twice, `__proto__`,
 * nesting over 32. Throws 1003.
 */
export function scanBody(bytes: Buffer): ScannedBody {
  if (!isUtf8(bytes)) throw refuse('not UTF-8');
  const scanned = new Scanner(bytes).scan();
  if (bytes.length <= PARSED_BYTES) parse(bytes);
  return scanned;
}

function parse(bytes: Buffer): void {
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw refuse('not JSON', error);
  }
}

function refuse(reason: string, cause?: unknown): AppError {
  return new AppError('INVALID_FORMAT', { details: { reason }, cause });
}

class Scanner {
  readonly #bytes: Buffer;
  readonly #members = new Map<string, Span>();
  #at = 0;
  #images = 0;
  #inline = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  scan(): ScannedBody {
    if (this.#next() !== OPEN_OBJECT) throw refuse('not an object');
    this.#readObject(1);
    const end = this.#at - 1;
    if (this.#next() !== undefined) throw refuse('not JSON');
    return { members: this.#members, end, inline_bytes: this.#inline, images: this.#images };
  }

  /** The next byte that is no space. */
  #next(): number | undefined {
    let byte = this.#bytes[this.#at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = this.#bytes[++this.#at];
    return byte;
  }

  #readValue(depth: number): void {
    const byte = this.#next();
    if (byte === QUOTE) this.#readText();
    else if (byte === OPEN_OBJECT) this.#readObject(depth + 1);
    else if (byte === OPEN_ARRAY) this.#readArray(depth + 1);
    else if (byte === MINUS || (byte !== undefined && byte >= ZERO && byte <= NINE)) this.#readNumber();
    else this.#readWord();
  }

  #readObject(depth: number): void {
    if (depth > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH}`);
    this.#at++;
    if (this.#next() === CLOSE_OBJECT) return void this.#at++;
    const keys = new Set<string>();
    for (;;) {
      if (this.#next() !== QUOTE) throw refuse('not JSON');
      const key = this.#readKey(keys);
      if (this.#next() !== COLON) throw refuse('not JSON');
      this.#at++;
      this.#next();
      const start = this.#at;
      this.#readValue(depth);
      if (depth === 1) this.#members.set(key, { start, end: this.#at });
      const byte = this.#next();
      this.#at++;
      if (byte === CLOSE_OBJECT) return;
      if (byte !== COMMA) throw refuse('not JSON');
    }
  }

  #readArray(depth: number): void {
    if (depth > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH}`);
    this.#at++;
    if (this.#next() === CLOSE_ARRAY) return void this.#at++;
    for (;;) {
      this.#readValue(depth);
      const byte = this.#next();
      this.#at++;
      if (byte === CLOSE_ARRAY) return;
      if (byte !== COMMA) throw refuse('not JSON');
    }
  }

  #readKey(keys: Set<string>): string {
    const start = this.#at;
    this.#skipText();
    const literal = this.#bytes.toString('utf8', start, this.#at);
    const key = literal.includes('\\') ? readLiteral(literal) : literal.slice(1, -1);
    if (key === '__proto__') throw refuse('the key __proto__ is not accepted');
    if (keys.has(key)) throw refuse('a key stands twice in one object');
    if (key === 'image_url') this.#images++;
    keys.add(key);
    return key;
  }

  #readText(): void {
    const start = this.#at + 1;
    this.#skipText();
    const length = this.#at - 1 - start;
    if (length > INLINE_LEAST_BYTES && INLINE.compare(this.#bytes, start, start + INLINE.length) === 0) this.#inline += length;
  }

  #skipText(): void {
    const bytes = this.#bytes;
    let end = bytes.indexOf(QUOTE, this.#at + 1);
    while (end >= 0 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
    if (end < 0) throw refuse('not JSON');
    this.#at = end + 1;
  }

  #readNumber(): void {
    const start = this.#at;
    let byte = this.#bytes[this.#at];
    while (byte !== undefined && byte >= ZERO && byte <= NINE) byte = this.#bytes[++this.#at];
    const is_plain = this.#at > start && (this.#bytes[start] !== ZERO || this.#at === start + 1);
    if (is_plain && (byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT)) return;
    while (byte !== undefined && ((byte >= ZERO && byte <= NINE) || byte === 0x2b || byte === MINUS || byte === 0x2e || byte === 0x45 || byte === 0x65)) byte = this.#bytes[++this.#at];
    if (!NUMBER.test(this.#bytes.toString('latin1', start, this.#at))) throw refuse('not JSON');
  }

  #readWord(): void {
    for (const word of ['true', 'false', 'null']) {
      if (this.#bytes.toString('latin1', this.#at, this.#at + word.length) !== word) continue;
      this.#at += word.length;
      return;
    }
    throw refuse('not JSON');
  }
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let slashes = 0;
  while (bytes[at - 1 - slashes] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function readLiteral(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch (error) {
    throw refuse('not JSON', error);
  }
}
