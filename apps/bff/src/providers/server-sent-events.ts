import { ProviderError } from './provider.ts';

export interface ServerSentEvent {
  event: string;
  data: string;
}

/** A line, and an event of several data lines, may be this long: security.md, "Suppliers are hostile input". */
export const maxEventBytes = 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const colon = 0x3a;
const space = 0x20;

function startsWithByteOrderMark(line: Buffer): boolean {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
}

/**
 * Reads `text/event-stream` as the WHATWG HTML standard says (9.2.5): CR, LF and CRLF, a leading BOM, comments, several
 * data lines, an event without its blank line at the end dropped. It works on bytes and decodes whole lines, so a
 * character cut in two costs nothing; at most one line is held.
 */
export class EventReader {
  #pending = Buffer.allocUnsafe(1024);
  #pendingLength = 0;
  #atStart = true;
  #afterCarriageReturn = false;
  #event = '';
  #data: string[] = [];
  #dataBytes = 0;

  /** Takes the next bytes, however they were cut, and answers the events they complete. Throws `invalid_response` over the limit. */
  push(chunk: Uint8Array): ServerSentEvent[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const events: ServerSentEvent[] = [];
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
      this.#readLine(this.#takeLine(bytes.subarray(start, end)), events);
      start = end + 1;
      if (byCarriage) {
        if (start === bytes.length) this.#afterCarriageReturn = true;
        else if (bytes[start] === lineFeed) start += 1;
        carriage = bytes.indexOf(carriageReturn, start);
      }
      if (feed !== -1 && feed < start) feed = bytes.indexOf(lineFeed, start);
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return events;
  }

  #keep(bytes: Buffer): void {
    const needed = this.#pendingLength + bytes.length;
    if (needed > maxEventBytes) throw new ProviderError('invalid_response');
    if (needed > this.#pending.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#pending.length * 2));
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
      this.#pendingLength = 0;
    } else if (rest.length > maxEventBytes) throw new ProviderError('invalid_response');
    const marked = this.#atStart && startsWithByteOrderMark(line);
    this.#atStart = false;
    return marked ? line.subarray(3) : line;
  }

  #readLine(line: Buffer, events: ServerSentEvent[]): void {
    if (line.length === 0) {
      if (this.#data.length > 0) events.push({ event: this.#event, data: this.#data.join('\n') });
      this.#event = '';
      this.#data = [];
      this.#dataBytes = 0;
      return;
    }
    const separator = line.indexOf(colon);
    const nameEnd = separator === -1 ? line.length : separator;
    const valueStart = separator === -1 ? line.length : separator + (line[separator + 1] === space ? 2 : 1);
    // Only two fields matter: ids are ours, and a supplier's retry is not obeyed.
    const name = nameEnd <= 5 ? line.toString('latin1', 0, nameEnd) : '';
    if (name === 'data') {
      this.#dataBytes += line.length - valueStart + 1;
      if (this.#dataBytes > maxEventBytes) throw new ProviderError('invalid_response');
      this.#data.push(line.toString('utf8', valueStart));
    } else if (name === 'event') this.#event = line.toString('utf8', valueStart);
  }
}
