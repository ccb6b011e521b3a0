import { ProviderError } from './provider.ts';

/** A line, and an event of several data lines, may be this long: security.md, "Suppliers are hostile input". */
export const maxEventBytes = 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function startsWithByteOrderMark(line: Buffer): boolean {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
}

const nothing = Buffer.alloc(0);
const LEAST_BYTES = 1_024;

/** Cuts bytes into lines by CR, LF or CRLF, less a leading BOM. At most one line is held; a line that was handed on is never written over. */
export class LineReader {
  #pending: Buffer = nothing;
  #pendingLength = 0;
  #atStart = true;
  #afterCarriageReturn = false;

  /** Takes the next bytes, however they were cut, and hands on the lines they complete. Throws `invalid_response` over the limit. */
  push(chunk: Uint8Array, onLine: (line: Buffer) => void): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    if (this.#afterCarriageReturn && bytes.length > 0) {
      this.#afterCarriageReturn = false;
      if (bytes[0] === lineFeed) start = 1;
    }
    let feed = bytes.indexOf(lineFeed, start);
    let carriage = bytes.indexOf(carriageReturn, start);
    while (feed !== -1 || carriage !== -1) {
      const byCarriage = carriage !== -1 && (feed === -1 || carriage < feed);
      const end = byCarriage ? carriage : feed;
      onLine(this.#takeLine(bytes.subarray(start, end)));
      start = end + 1;
      if (byCarriage) {
        if (start === bytes.length) this.#afterCarriageReturn = true;
        else if (bytes[start] === lineFeed) start += 1;
        carriage = bytes.indexOf(carriageReturn, start);
      }
      if (feed !== -1 && feed < start) feed = bytes.indexOf(lineFeed, start);
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
  }

  #keep(bytes: Buffer): void {
    const needed = this.#pendingLength + bytes.length;
    if (needed > maxEventBytes) throw new ProviderError('invalid_response');
    if (needed > this.#pending.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#pending.length * 2, LEAST_BYTES));
      this.#pending.copy(grown, 0, 0, this.#pendingLength);
      this.#pending = grown;
    }
    bytes.copy(this.#pending, this.#pendingLength);
    this.#pendingLength = needed;
  }

  #takeLine(rest: Buffer): Buffer {
    let line = rest;
    if (this.#pendingLength > 0) {
      this.#keep(rest);
      line = this.#pending.subarray(0, this.#pendingLength);
      this.#pending = nothing;
      this.#pendingLength = 0;
    } else if (rest.length > maxEventBytes) throw new ProviderError('invalid_response');
    const marked = this.#atStart && startsWithByteOrderMark(line);
    this.#atStart = false;
    return marked ? line.subarray(3) : line;
  }
}
