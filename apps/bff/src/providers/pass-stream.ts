import { readFailure } from './failure.ts';
import { LineReader, maxEventBytes } from './lines.ts';
import { brokenReasons, readUsage } from './openai.ts';
import { ProviderError } from './provider.ts';
import { Said } from './said.ts';
import { asList, asRecord, parseJson } from './shape.ts';
import type { ReportedUsage } from './usage.ts';

const colon = 0x3a;
const space = 0x20;
const newline = Buffer.from('\n');

/**
 * A stream on OpenAI's wire on its way through: whole events of chunks go on as their bytes came, everything else (comments, ids,
 * events of other names, what is no chunk, what follows the end marker) stays here, and so does the end marker: whoever passes the
 * stream on writes one of their own where it came to its end. Of each chunk no more is kept than accounting needs.
 */
export class StreamPassage {
  readonly usage: ReportedUsage = { input_tokens: null, output_tokens: null, cached_tokens: null, reasoning_tokens: null };
  readonly said = new Said();
  /** What is wrong with the stream; nothing after it goes on. */
  failure: unknown = null;
  #ended = false;
  #finished = false;
  #recognized = false;
  readonly #hides_usage: boolean;
  readonly #lines = new LineReader();
  #event = '';
  #data: Buffer[] = [];
  #dataBytes = 0;

  /** `hides_usage`: the chunk with the usage was asked for by us alone. */
  constructor({ hides_usage }: { hides_usage: boolean }) {
    this.#hides_usage = hides_usage;
  }

  /** Whether nothing more is to be read. */
  get isOver(): boolean {
    return this.#ended || this.failure !== null;
  }

  /** The bytes that may go on, however the chunk was cut; what was sound before a failure is among them. */
  push(chunk: Uint8Array): Buffer {
    const passed: Buffer[] = [];
    try {
      this.#lines.push(chunk, (line) => {
        if (!this.isOver) this.#readLine(line, passed);
      });
    } catch (error) {
      this.failure ??= error;
    }
    return Buffer.concat(passed);
  }

  /** To be called when nothing more comes. Throws ProviderError where the answer did not come to its end. */
  close(): void {
    if (this.failure !== null) throw this.failure;
    if (!this.#recognized) throw new ProviderError('invalid_response');
    if (!this.#ended && !this.#finished) throw new ProviderError('connection_failed');
  }

  #readLine(line: Buffer, passed: Buffer[]): void {
    if (line.length === 0) {
      if (this.#data.length > 0) this.#readEvent(passed);
      this.#event = '';
      this.#data = [];
      this.#dataBytes = 0;
      return;
    }
    const separator = line.indexOf(colon);
    const end = separator === -1 ? line.length : separator;
    const name = end <= 5 ? line.toString('latin1', 0, end) : '';
    if (name === 'event') this.#event = line.toString('utf8', valueStart(line, end));
    if (name !== 'data') return;
    this.#dataBytes += line.length;
    if (this.#dataBytes > maxEventBytes) throw new ProviderError('invalid_response');
    this.#data.push(line);
  }

  #readEvent(passed: Buffer[]): void {
    const text = this.#data.map((line) => line.toString('utf8', valueStart(line, 4))).join('\n');
    if (text.trim() === '') return;
    if (text.trim() === '[DONE]') {
      this.#ended = true;
      return;
    }
    const is_ours = this.#event === '' || this.#event === 'message';
    const body = asRecord(parseJson(text));
    if (this.#event === 'error' || (body && body['error'] !== undefined && body['error'] !== null)) throw readFailure(null, {}, body);
    if (!body && is_ours) throw new ProviderError('invalid_response');
    if (body && this.#readChunk(body)) for (const line of [...this.#data, nothing]) passed.push(line, newline);
  }

  /** Whether it may be shown. */
  #readChunk(chunk: Record<string, unknown>): boolean {
    if (!Array.isArray(chunk['choices'])) return false;
    this.#recognized = true;
    const choices = asList(chunk['choices']).map(asRecord);
    const usage = asRecord(chunk['usage']);
    readUsage(usage ?? choices[0]?.['usage'], this.usage);
    for (const choice of choices) {
      const reason = choice?.['finish_reason'];
      if (typeof reason === 'string' && reason !== '') {
        if (brokenReasons.has(reason)) throw new ProviderError('server_error');
        this.#finished = true;
      }
      const delta = asRecord(choice?.['delta'] ?? choice?.['message']);
      if (delta) this.said.addMessage(delta);
    }
    return !(this.#hides_usage && usage !== null && choices.length === 0);
  }
}

const nothing = Buffer.alloc(0);

function valueStart(line: Buffer, name_end: number): number {
  return name_end + (line[name_end + 1] === space ? 2 : 1);
}
