import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type WireName = 'openai' | 'anthropic' | 'google';

/** One answer as it was on the wire, cut into its events. */
export interface Transcript {
  name: string;
  wire: WireName;
  events: string[];
}

const own = fileURLToPath(new URL('../../apps/bff/src/providers/samples/', import.meta.url));
const recorded = fileURLToPath(new URL('../../../shared/fixtures/supplier-transcripts/', import.meta.url));

function readWire(name: string): WireName {
  return name.startsWith('anthropic') ? 'anthropic' : name.startsWith('google') ? 'google' : 'openai';
}

/** The project's own samples, which every clone has; `sample-openai-text` and so on. */
export function listSamples(): Transcript[] {
  return readdirSync(own)
    .filter((file) => file.endsWith('.sse'))
    .map((file) => {
      const events = readFileSync(join(own, file), 'utf8').split('\n\n').filter((event) => event.trim() !== '');
      return { name: `sample-${basename(file, '.sse')}`, wire: readWire(file), events: events.map((event) => `${event}\n\n`) };
    });
}

/** Answers recorded from real suppliers, as `recorded-deepseek-text`; none where their folder is not beside the project. */
export function listRecorded(): Transcript[] {
  if (!existsSync(recorded)) return [];
  const files = readdirSync(recorded, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.chunks.txt')).sort();
  return files.map((file) => {
    const wire = readWire(basename(file));
    const payloads = readFileSync(join(recorded, file), 'utf8').split('\n').filter((line) => line.trim() !== '');
    return { name: `recorded-${basename(file, '.chunks.txt')}`, wire, events: writeEvents(payloads, wire) };
  });
}

/** The transcripts' README: an `event:` line on Anthropic's wire, `[DONE]` at the end of OpenAI's, nothing on Google's. */
function writeEvents(payloads: string[], wire: WireName): string[] {
  const events = payloads.map((payload) => {
    const type = /^\{"type":"(\w+)"/.exec(payload)?.[1];
    return `${wire === 'anthropic' && type ? `event: ${type}\n` : ''}data: ${payload}\n\n`;
  });
  return wire === 'openai' ? [...events, 'data: [DONE]\n\n'] : events;
}
