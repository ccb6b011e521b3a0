import { asList, asRecord } from './shape.ts';
import { countedCharacters, countTokens, weighText } from './tokens.ts';

/** What an answer on OpenAI's wire has said so far, kept only as far as it can be counted; of the rest its weight. */
export class Said {
  #texts: string[] = [];
  #kept = 0;
  #weight = 0;
  #rest = 0;

  get isEmpty(): boolean {
    return this.#weight === 0;
  }

  /** Tokens by lengths alone, at no cost worth naming. */
  get estimate(): number {
    return Math.ceil(this.#weight);
  }

  add(text: unknown): void {
    if (typeof text !== 'string' || text === '') return;
    const weight = weighText(text);
    this.#weight += weight;
    if (this.#kept >= countedCharacters) {
      this.#rest += weight;
      return;
    }
    this.#texts.push(text);
    this.#kept += text.length;
  }

  /** A message, or the delta of one: text, thoughts, refusals and calls of tools, wherever suppliers put them. */
  addMessage(message: Record<string, unknown>): void {
    this.add(message['content']);
    this.add(message['reasoning_content']);
    if (message['reasoning_content'] === undefined) this.add(message['reasoning']);
    this.add(message['refusal']);
    for (const part of asList(message['content']).map(asRecord)) {
      this.add(part?.['text']);
      for (const thought of asList(part?.['thinking'])) this.add(asRecord(thought)?.['text']);
    }
    for (const call of asList(message['tool_calls'])) {
      const called = asRecord(asRecord(call)?.['function']);
      this.add(called?.['name']);
      this.add(called?.['arguments']);
    }
  }

  async count(): Promise<number> {
    return (await countTokens(this.#texts.join(''))) + Math.ceil(this.#rest);
  }
}
