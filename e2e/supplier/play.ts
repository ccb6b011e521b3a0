import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { paper } from './paper.ts';
import type { Transcript, WireName } from './transcripts.ts';
import { writeDelta, writeRefusal } from './wires.ts';

/** How a stream goes when the model is called so; every other model replays the transcript of its name. */
export const parts = ['paper', 'steady', 'cut', 'hang', 'refuse', 'busy-once', 'echo'] as const;

const PACE_MS = 40;
// Longer than any test looks at it.
const STEADY_WORDS = 600;
const CUT_AFTER = 6;
const busied = new Set<string>();

export interface Part {
  response: ServerResponse;
  wire: WireName;
  model: string;
  /** Who asks: what happens once happens once a key. */
  key: string;
  transcripts: ReadonlyMap<string, Transcript>;
  /** The last message, which `echo` gives back. */
  said: string;
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Streams what the model's name says. */
export async function play({ response, wire, model, key, transcripts, said }: Part): Promise<void> {
  if (model === 'refuse') return sendJson(response, 401, writeRefusal(wire, 401, key));
  if (model === 'busy-once' && !busied.has(key)) {
    busied.add(key);
    return sendJson(response, 429, writeRefusal(wire, 429, key), { 'retry-after': '60' });
  }
  const transcript = transcripts.get(model);
  if (!transcript && !parts.some((name) => name === model)) return sendJson(response, 404, { error: { message: `no model ${model}`, code: 'model_not_found' } });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  if (transcript) return write(response, transcript.events, 1);
  if (model === 'hang') return;
  if (model === 'echo') return write(response, [writeDelta(said), writeDelta(null), 'data: [DONE]\n\n'], 1);
  if (model === 'paper') return write(response, [...paper.split(/(?<=\n\n)/).map(writeDelta), writeDelta(null), 'data: [DONE]\n\n'], 1);
  const words = Array.from({ length: model === 'busy-once' ? CUT_AFTER : STEADY_WORDS }, (_, at) => writeDelta(`word${at + 1} `));
  await write(response, model === 'cut' ? words.slice(0, CUT_AFTER) : [...words, writeDelta(null), 'data: [DONE]\n\n'], PACE_MS, model !== 'cut');
  if (model === 'cut') response.destroy();
}

async function write(response: ServerResponse, events: string[], pace_ms: number, ends = true): Promise<void> {
  for (const event of events) {
    if (response.destroyed) return;
    response.write(event);
    await wait(pace_ms);
  }
  if (ends) response.end();
}
