import { LineReader, maxEventBytes } from './lines.ts';
import { ProviderError } from './provider.ts';

export { maxEventBytes } from './lines.ts';

export interface ServerSentEvent {
  event: string;
  data: string;
}

const colon = 0x3a;
const space = 0x20;

/**
 * Reads `text/event-stream` as the WHATWG HTML standard says (9.2.5): CR, LF and CRLF, a leading BOM, comments, several
 * data lines, an event without its blank line at the end dropped. It works on bytes and decodes whole lines, so a
 * character cut in two costs nothing; at most one line is held.
 */
export class EventReader {
  readonly #lines = new LineReader();
  #event = '';
  #data: string[] = [];
  #dataBytes = 0;

  /** Takes the next bytes, however they were cut, and answers the events they complete. Throws `invalid_response` over the limit. */
  push(chunk: Uint8Array): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    this.#lines.push(chunk, (line) => this.#readLine(line, events));
    return events;
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
