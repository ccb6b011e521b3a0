import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Egress } from '../../egress/fetch.ts';
import { createAnthropicProvider } from '../anthropic.ts';
import { createGoogleProvider } from '../google.ts';
import { createOpenAiProvider } from '../openai.ts';
import type { Provider, ProviderConnection, ProviderEvent, ProviderRequest } from '../provider.ts';

export type WireName = 'openai' | 'anthropic' | 'google';

/** One recorded answer: the bytes of a stream, or the text of a whole body. */
export interface Sample {
  name: string;
  wire: WireName;
  stream: Buffer | null;
  whole: string | null;
}

const own = fileURLToPath(new URL('.', import.meta.url));
const transcripts = fileURLToPath(new URL('../../../../../../shared/fixtures/supplier-transcripts/', import.meta.url));

export const createWire: Record<WireName, (egress: Egress) => Provider> = {
  openai: (egress) => createOpenAiProvider(egress),
  anthropic: createAnthropicProvider,
  google: createGoogleProvider,
};

function readWire(name: string): WireName {
  return name.startsWith('anthropic') ? 'anthropic' : name.startsWith('google') ? 'google' : 'openai';
}

export function listOwnSamples(): Sample[] {
  const files = readdirSync(own).filter((file) => /\.(?:sse|json)$/.test(file));
  return files.map((file) => {
    const bytes = readFileSync(join(own, file));
    return { name: file, wire: readWire(file), stream: file.endsWith('.sse') ? bytes : null, whole: file.endsWith('.json') ? bytes.toString() : null };
  });
}

/** The bytes that the transcripts' README says were on the wire: an `event:` line for Anthropic, `[DONE]` for OpenAI's. */
function writeStream(lines: string[], wire: WireName): Buffer {
  const events = lines.map((line) => {
    const type = /^\{"type":"(\w+)"/.exec(line)?.[1];
    return `${wire === 'anthropic' && type ? `event: ${type}\n` : ''}data: ${line}\n\n`;
  });
  return Buffer.from(events.join('') + (wire === 'openai' ? 'data: [DONE]\n\n' : ''));
}

/** Answers recorded from real suppliers, where their folder stands beside the project; it is no part of a clone. */
export function listTranscripts(): Sample[] {
  if (!existsSync(transcripts)) return [];
  const files = readdirSync(transcripts, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:chunks\.txt|json)$/.test(file)).toSorted();
  return files.map((file) => {
    const text = readFileSync(join(transcripts, file), 'utf8');
    const wire = readWire(file);
    const streamed = file.endsWith('.txt');
    return { name: basename(file), wire, stream: streamed ? writeStream(text.split('\n').filter((line) => line.trim() !== ''), wire) : null, whole: streamed ? null : text };
  });
}

/** An egress that answers these bytes, cut as given: for cuts by the hundred thousand, which no socket would keep. */
export function createMemoryEgress(chunks: Iterable<Uint8Array>, type = 'text/event-stream', status = 200): Egress {
  return {
    async fetch() {
      return {
        status,
        headers: { 'content-type': type },
        body: (async function* () {
          yield* chunks;
        })(),
      };
    },
    async close() {},
  };
}

export const localConnection: ProviderConnection = { base_url: 'https://supplier.example/v1', credential: null };

export function ask(signal: AbortSignal = new AbortController().signal): ProviderRequest {
  return { model: 'sample-model', messages: [{ role: 'user', text: 'Hello' }], parameters: {}, signal, request_id: 'req-sample' };
}

export interface Outcome {
  events: ProviderEvent[];
  error: unknown;
}

export async function collect(stream: AsyncIterable<ProviderEvent>): Promise<Outcome> {
  const events: ProviderEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events, error: null };
  } catch (error) {
    return { events, error };
  }
}

export function replayInMemory(sample: Pick<Sample, 'wire'>, chunks: Iterable<Uint8Array>): Promise<Outcome> {
  return collect(createWire[sample.wire](createMemoryEgress(chunks)).stream(localConnection, ask()));
}

/** What an answer comes to, however it was cut into deltas. */
export function assemble(events: ProviderEvent[]) {
  const joinDeltas = (type: 'text' | 'reasoning'): string => events.map((event) => (event.type === type ? event.delta : '')).join('');
  return {
    text: joinDeltas('text'),
    reasoning: joinDeltas('reasoning'),
    tool_calls: events.filter((event) => event.type === 'tool_call').map(({ name, arguments: text }) => ({ name, arguments: JSON.parse(text) as unknown })),
    usage: events.filter((event) => event.type === 'usage'),
    finish: events.filter((event) => event.type === 'finish').map((event) => event.reason),
  };
}

export function* cutBySize(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
