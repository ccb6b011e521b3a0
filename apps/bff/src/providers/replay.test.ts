import { describe, expect, it } from 'vitest';
import { ProviderError } from './provider.ts';
import { EventReader, type ServerSentEvent } from './server-sent-events.ts';
import { ask, assemble, collect, createMemoryEgress, createWire, cutBySize, listOwnSamples, listTranscripts, localConnection, replayInMemory, type Sample, type WireName } from './samples/replay.ts';
import { startSupplier, writeChunks } from './samples/supplier.ts';

const transcripts = listTranscripts();
// Straight to the terminal: a reporter would wrap the one line in three.
if (transcripts.length === 0) process.stderr.write('Suppliers’ recorded transcripts are not beside this clone: their suites are left out.\n');
const samples = [...listOwnSamples(), ...transcripts];
// Over this size every cut of the whole would take minutes; those are cut at every byte of each pair of events instead.
const smallBytes = 4096;

interface Streamed extends Sample {
  stream: Buffer;
}
const streams = samples.filter((sample): sample is Streamed => sample.stream !== null);
const whole = samples.filter((sample) => sample.whole !== null);

const endMarkers: Record<WireName, RegExp> = {
  openai: /"finish_reason":"|"refusal":"[^"]|\[DONE\]/,
  anthropic: /"type":"message_stop"/,
  google: /"finishReason":"|"blockReason":"/,
};

function splitEvents(bytes: Buffer): Buffer[] {
  return bytes.toString().split(/(?<=\n\n)/).map((text) => Buffer.from(text));
}

function readAll(chunks: Iterable<Uint8Array>): ServerSentEvent[] {
  const reader = new EventReader();
  return [...chunks].flatMap((chunk) => reader.push(chunk));
}

function* cutEverywhere(bytes: Buffer): Generator<[Buffer, Buffer]> {
  for (let at = 1; at < bytes.length; at += 1) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

function breaksOff(sample: Sample): boolean {
  return /-error\./.test(sample.name);
}

describe.each(streams)('$name', (sample) => {
  it('gives the same events over a socket, in memory, and in chunks of any size', async () => {
    const once = await replayInMemory(sample, [sample.stream]);
    expect(once.error instanceof ProviderError).toBe(breaksOff(sample));
    for (const size of [1, 2, 3, 7, 64, 1000]) expect(await replayInMemory(sample, cutBySize(sample.stream, size))).toEqual(once);
    const sizes = sample.stream.length <= smallBytes ? [1, 13, sample.stream.length] : [997, sample.stream.length];
    for (const size of sizes) {
      const supplier = await startSupplier((_, response) => void writeChunks(response, cutBySize(sample.stream, size)));
      const travelled = await collect(createWire[sample.wire](supplier.egress).stream(supplier.connection, ask()));
      await supplier.close();
      expect(travelled).toEqual(once);
    }
  });

  it('gives the same events wherever it is cut in two', async () => {
    const once = await replayInMemory(sample, [sample.stream]);
    const cuts = sample.stream.length <= smallBytes ? cutEverywhere(sample.stream) : [];
    for (const parts of cuts) expect(await replayInMemory(sample, parts)).toEqual(once);
    const events = splitEvents(sample.stream);
    for (const [index, event] of events.entries()) {
      const pair = Buffer.concat([event, events[index + 1] ?? Buffer.alloc(0)]);
      const expected = readAll([pair]);
      // Compared by hand: a matcher for each of half a million cuts would take longer than the cuts.
      const wrong = [...cutEverywhere(pair)].map(readAll).find((read) => read.length !== expected.length || read.some(({ data }, number) => data !== expected[number]?.data));
      expect(wrong).toBe(undefined);
    }
  });

  it('is never complete when it ends before its end marker', async () => {
    const events = splitEvents(sample.stream);
    const end = events.findIndex((event) => endMarkers[sample.wire].test(event.toString()));
    expect(end === -1).toBe(breaksOff(sample));
    const last = end === -1 ? events.length : end;
    const whole = await replayInMemory(sample, [sample.stream]);
    for (let kept = 0; kept <= last; kept += 1) {
      const { events: seen, error } = await replayInMemory(sample, events.slice(0, kept));
      expect(error).toBeInstanceOf(ProviderError);
      expect(seen).toEqual(whole.events.slice(0, seen.length));
      expect(seen.some((event) => event.type === 'finish')).toBe(false);
    }
  });

  it('gives one usage and one finish, last, and nothing after an error', async () => {
    const { events, error } = await replayInMemory(sample, [sample.stream]);
    const closing = events.filter((event) => event.type === 'usage' || event.type === 'finish');
    expect(closing.map((event) => event.type)).toEqual(error === null ? ['usage', 'finish'] : []);
    expect(events.slice(events.length - closing.length)).toEqual(closing);
  });
});

function replayWhole(sample: Pick<Sample, 'wire' | 'whole'>) {
  return createWire[sample.wire](createMemoryEgress([Buffer.from(sample.whole ?? '')], 'application/json')).complete(localConnection, ask());
}

describe.each(whole.filter((sample) => !/error|429/.test(sample.name)))('$name', (sample) => {
  it('gives the same over a socket as in memory, with one usage and one finish', async () => {
    const supplier = await startSupplier((_, response) => void writeChunks(response, cutBySize(Buffer.from(sample.whole ?? ''), 100), 'application/json'));
    const travelled = await createWire[sample.wire](supplier.egress).complete(supplier.connection, ask());
    await supplier.close();
    expect(travelled).toEqual(await replayWhole(sample));
    expect(travelled.slice(-2).map((event) => event.type)).toEqual(['usage', 'finish']);
  });

  it('is no answer when it is cut short', async () => {
    const text = (sample.whole ?? '').trimEnd();
    for (const at of [0, 1, Math.floor(text.length / 2), text.length - 1]) {
      await expect(replayWhole({ ...sample, whole: text.slice(0, at) })).rejects.toMatchObject({ kind: 'invalid_response' });
    }
  });
});

const expected = {
  text: { text: '你好，世界 🌍! Ünïcode.', reasoning: '', tool_calls: [], finish: ['stop'] },
  reasoning: { text: '4', reasoning: 'Two and two make four.', tool_calls: [], finish: ['stop'] },
  'tool-calls': { reasoning: '', tool_calls: [{ name: 'weather', arguments: { city: 'München' } }, { name: 'clock', arguments: {} }], finish: ['tool_calls'] },
  refusal: { reasoning: '', tool_calls: [], finish: ['content_filter'] },
} as const;
const usage = {
  text: { openai: [11, 9, 4, 0], anthropic: [12, 9, 5, 0], google: [11, 9, 4, 0] },
  reasoning: { openai: [11, 21, 4, 12], anthropic: [12, 21, 0, 0], google: [12, 21, 0, 20] },
} as const;
const wires = ['openai', 'anthropic', 'google'] as const;
const kinds = ['text', 'reasoning', 'tool-calls', 'refusal'] as const;

describe.each(wires.flatMap((wire) => kinds.map((kind) => ({ wire, kind }))))('own sample $wire $kind', ({ wire, kind }) => {
  it('comes to the same answer streamed and not', async () => {
    const find = (file: string): Sample | undefined => samples.find((sample) => sample.name === file);
    const streamed = assemble((await replayInMemory({ wire }, [find(`${wire}-${kind}.sse`)?.stream ?? Buffer.alloc(0)])).events);
    const complete = assemble(await replayWhole({ wire, whole: find(`${wire}-${kind}.json`)?.whole ?? '' }));
    expect(streamed).toMatchObject(expected[kind]);
    expect(complete).toEqual(streamed);
  });
});

describe.each(wires.flatMap((wire) => (['text', 'reasoning'] as const).map((kind) => ({ wire, kind }))))('own sample $wire $kind', ({ wire, kind }) => {
  it('bills what it says', async () => {
    const streamed = assemble((await replayInMemory({ wire }, [samples.find((sample) => sample.name === `${wire}-${kind}.sse`)?.stream ?? Buffer.alloc(0)])).events);
    const [input_tokens, output_tokens, cached_tokens, reasoning_tokens] = usage[kind][wire];
    expect(streamed.usage).toEqual([{ type: 'usage', input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated: false }]);
  });
});
