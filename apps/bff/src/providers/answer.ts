import { ProviderError, type FinishReason, type ProviderEvent, type ToolCall } from './provider.ts';
import type { ReportedUsage } from './usage.ts';

const maxToolCalls = 128;
const maxArgumentBytes = 1024 * 1024;
// Enough to weigh an answer; past it the egress limit is near and lengths alone would do.
const maxKeptCharacters = 4 * 1024 * 1024;

/** Text as it may be stored and shown: no NUL, which PostgreSQL refuses, and no half of a surrogate pair. */
function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\ufffd') : whole;
}

function endsInsideCharacter(text: string): boolean {
  const unit = text.charCodeAt(text.length - 1);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** JSON text as it may be stored, or null where it is none. Escapes can hide what plain text may not carry. */
function cleanJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!/\\u(?:0000|d[89a-f])/i.test(text)) return cleanText(text);
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? cleanText(part) : part));
  } catch {
    return null;
  }
}

/**
 * What one answer has said so far, in our own words: every wire writes into it and the events come out clean, in order
 * and joined. It knows when the supplier has said that it is finished; without that an answer is never complete.
 */
export class Answer {
  readonly usage: ReportedUsage = { input_tokens: null, output_tokens: null, cached_tokens: null, reasoning_tokens: null };
  /** Set by a wire whose end marker has come: nothing after it is read. */
  ended = false;
  /** True once anything of the wire's own shape was seen. */
  recognized = false;
  #finish: FinishReason | null = null;
  #events: ProviderEvent[] = [];
  #held = { text: '', reasoning: '' };
  #received: string[] = [];
  #receivedLength = 0;
  #calls = new Map<string, ToolCall>();
  #argumentBytes = 0;

  addText(type: 'text' | 'reasoning', delta: unknown): void {
    if (typeof delta !== 'string' || delta === '') return;
    let text = this.#held[type] + delta;
    this.#held[type] = '';
    if (endsInsideCharacter(text)) {
      this.#held[type] = text.slice(-1);
      text = text.slice(0, -1);
    }
    this.#emit(type, text);
  }

  #emit(type: 'text' | 'reasoning', text: string): void {
    if (text === '') return;
    const delta = cleanText(text);
    this.#weigh(delta);
    this.#events.push({ type, delta });
  }

  #weigh(text: string): void {
    if (this.#receivedLength < maxKeptCharacters) this.#received.push(text);
    this.#receivedLength += text.length;
  }

  /** Adds a piece of the call under `key`; names and ids come once, arguments in pieces. */
  addToolCall(key: string, piece: { id?: unknown; name?: unknown; arguments?: unknown }): void {
    let call = this.#calls.get(key);
    if (!call) {
      if (this.#calls.size >= maxToolCalls) throw new ProviderError('invalid_response');
      call = { id: '', name: '', arguments: '' };
      this.#calls.set(key, call);
    }
    if (typeof piece.id === 'string' && piece.id !== '') call.id = cleanText(piece.id).slice(0, 256);
    if (typeof piece.name === 'string' && piece.name !== '') call.name = cleanText(piece.name).slice(0, 256);
    if (typeof piece.arguments !== 'string') return;
    this.#argumentBytes += piece.arguments.length;
    if (this.#argumentBytes > maxArgumentBytes) throw new ProviderError('invalid_response');
    call.arguments += piece.arguments;
  }

  findToolCall(key: string): ToolCall | null {
    return this.#calls.get(key) ?? null;
  }

  get toolCalls(): number {
    return this.#calls.size;
  }

  get finished(): boolean {
    return this.#finish !== null;
  }

  /** The first reason given stands; a filter's verdict replaces it, since it says more. */
  finish(reason: FinishReason): void {
    if (this.#finish === null || reason === 'content_filter') this.#finish = reason;
  }

  /** The deltas since the last call. */
  takeEvents(): ProviderEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Everything that was said, for weighing it in tokens. */
  get received(): string {
    return this.#received.join('');
  }

  /** The last events: what was held back, whole tool calls, and how it ended. Usage is the caller's to put between. */
  close(): { events: ProviderEvent[]; reason: FinishReason } {
    this.#emit('reasoning', this.#held.reasoning);
    this.#emit('text', this.#held.text);
    this.#held = { text: '', reasoning: '' };
    const events = this.takeEvents();
    const calls = this.#wholeCalls();
    const reason = this.#finish === 'stop' && calls.length > 0 ? 'tool_calls' : (this.#finish ?? 'stop');
    return { events: [...events, ...calls], reason };
  }

  #wholeCalls(): ProviderEvent[] {
    const whole: ProviderEvent[] = [];
    let number = 0;
    for (const call of this.#calls.values()) {
      const text = cleanJson(call.arguments.trim() === '' ? '{}' : call.arguments);
      if (call.name === '' || text === null) {
        // An answer cut by its limit may end inside a call; anywhere else that is a broken supplier.
        if (this.#finish === 'length' || this.#finish === 'content_filter') continue;
        throw new ProviderError('invalid_response');
      }
      number += 1;
      this.#weigh(`${call.name} ${text}`);
      whole.push({ type: 'tool_call', id: call.id === '' ? `call_${number}` : call.id, name: call.name, arguments: text });
    }
    return whole;
  }
}
