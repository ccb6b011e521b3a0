import type { ProviderEvent, ProviderUsage } from '../../providers/provider.ts';

const nothing = Buffer.alloc(0);
const nowInSeconds = () => Math.floor(Date.now() / 1_000);

function writeUsage({ input_tokens, output_tokens, cached_tokens, reasoning_tokens }: ProviderUsage) {
  const details = { prompt_tokens_details: { cached_tokens }, completion_tokens_details: { reasoning_tokens } };
  return { prompt_tokens: input_tokens, completion_tokens: output_tokens, total_tokens: input_tokens + output_tokens, ...details };
}

const describeCall = ({ id, name, arguments: text }: Extract<ProviderEvent, { type: 'tool_call' }>) => ({ id, type: 'function', function: { name, arguments: text } });

/** Our own events as a stream of OpenAI's (platform.openai.com/docs/api-reference/chat-streaming). */
export class ChunkWriter {
  readonly #head: { id: string; object: string; created: number; model: string };
  readonly #wants_usage: boolean;
  #usage: ProviderUsage | null = null;
  #calls = 0;
  #begun = false;

  constructor(id: string, model: string, wants_usage: boolean) {
    this.#head = { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: nowInSeconds(), model };
    this.#wants_usage = wants_usage;
  }

  write(event: ProviderEvent): Buffer {
    switch (event.type) {
      case 'text':
        return this.#say({ content: event.delta });
      case 'reasoning':
        return this.#say({ reasoning_content: event.delta });
      case 'tool_call':
        return this.#say({ tool_calls: [{ index: this.#calls++, ...describeCall(event) }] });
      case 'finish':
        return this.#say({}, event.reason);
      case 'usage':
        this.#usage = event;
        return nothing;
    }
  }

  end(): Buffer {
    const usage = this.#usage && this.#wants_usage ? this.#chunk([], writeUsage(this.#usage)) : '';
    return Buffer.from(`${usage}data: [DONE]\n\n`);
  }

  #say(delta: object, finish_reason: string | null = null): Buffer {
    const role = this.#begun ? {} : { role: 'assistant' };
    this.#begun = true;
    return Buffer.from(this.#chunk([{ index: 0, delta: { ...role, ...delta }, finish_reason }], null));
  }

  #chunk(choices: object[], usage: object | null): string {
    return `data: ${JSON.stringify({ ...this.#head, choices, ...(this.#wants_usage ? { usage } : {}) })}\n\n`;
  }
}

/** Our own events as one answer of OpenAI's. */
export function writeWhole(id: string, model: string, events: readonly ProviderEvent[]): Buffer {
  const join = (type: 'text' | 'reasoning') => events.map((event) => (event.type === type ? event.delta : '')).join('');
  const calls = events.filter((event) => event.type === 'tool_call').map(describeCall);
  const [usage, reasoning, content] = [events.find((event) => event.type === 'usage'), join('reasoning'), join('text')];
  const message = {
    role: 'assistant',
    content: content === '' && calls.length > 0 ? null : content,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const finish_reason = events.find((event) => event.type === 'finish')?.reason ?? 'stop';
  const body = { id: `chatcmpl-${id}`, object: 'chat.completion', created: nowInSeconds(), model, choices: [{ index: 0, message, finish_reason }], ...(usage ? { usage: writeUsage(usage) } : {}) };
  return Buffer.from(JSON.stringify(body));
}
