import { describe, expect, it } from 'vitest';
import { readFailure } from './failure.ts';
import { ask, assemble, createMemoryEgress, createWire, listOwnSamples, listTranscripts, localConnection, replayInMemory, type Sample } from './samples/replay.ts';

// A plain reader that shares nothing with ours: it knows these files, not the rules of the wires.
interface Reading {
  text: string;
  reasoning: string;
  tools: string[];
}

// Recorded JSON of three shapes, read here on purpose without our own readers; a wrong guess fails the comparison.
type Json = { [key: string]: Json } & Json[] & string;

function readPayload(payload: Json): Reading {
  const delta = payload['choices']?.[0]?.['delta'] ?? payload['choices']?.[0]?.['message'];
  const parts = payload['candidates']?.[0]?.['content']?.['parts'] ?? [];
  const blocks: Json[] = [...(payload['content'] ?? []), payload['delta'], payload['content_block']].filter((block) => block !== undefined);
  return {
    text: [delta?.['content'], delta?.['refusal'], ...[...parts, ...blocks].map((part) => (part['thought'] ? '' : part['text']))].join(''),
    reasoning: [delta?.['reasoning_content'], ...parts.map((part) => (part['thought'] ? part['text'] : '')), ...blocks.map((block) => block['thinking'])].join(''),
    tools: [
      ...(delta?.['tool_calls'] ?? []).map((call) => call['function']?.['name'] ?? ''),
      ...parts.map((part) => part['functionCall']?.['name'] ?? ''),
      ...blocks.filter((block) => block['type'] === 'tool_use').map((block) => block['name'] ?? ''),
    ].filter((name) => name !== ''),
  };
}

function readPlainly(payloads: Json[]): Reading {
  const readings = payloads.map(readPayload);
  return { text: readings.map((one) => one.text).join(''), reasoning: readings.map((one) => one.reasoning).join(''), tools: readings.flatMap((one) => one.tools) };
}

function listPayloads(sample: Sample): Json[] {
  const lines = sample.whole ? [sample.whole] : (sample.stream?.toString().match(/^data: \{.*$/gm) ?? []).map((line) => line.slice(6));
  return lines.map((line) => JSON.parse(line) as Json); // see above
}

const transcripts = listTranscripts();
const answers = [...listOwnSamples(), ...transcripts].filter((sample) => !/429|-error\./.test(sample.name));
const pairOf = (sample: Sample): string => sample.name.replace(/\.(?:chunks\.txt|sse)$/, '.json');

async function replay(sample: Sample) {
  if (sample.stream) return assemble((await replayInMemory(sample, [sample.stream])).events);
  return assemble(await createWire[sample.wire](createMemoryEgress([Buffer.from(sample.whole ?? '')], 'application/json')).complete(localConnection, ask()));
}

describe('recorded answers', () => {
  for (const sample of answers) {
    it(`${sample.name} comes to what it says`, async () => {
      const ours = await replay(sample);
      const plain = readPlainly(listPayloads(sample));
      expect({ text: ours.text, reasoning: ours.reasoning, tools: ours.tool_calls.map((call) => call.name) }).toEqual(plain);
      expect(ours.finish).toHaveLength(1);
    });
  }
  for (const sample of answers.filter((one) => one.stream && answers.some((other) => other.name === pairOf(one)))) {
    it(`${sample.name} ends as its paired body does`, async () => {
      const paired = answers.find((other) => other.name === pairOf(sample)) ?? sample;
      const [streamed, complete] = [await replay(sample), await replay(paired)];
      expect(streamed.finish).toEqual(complete.finish);
      expect(streamed.tool_calls).toEqual(complete.tool_calls);
    });
  }
  for (const sample of transcripts.filter(({ name }) => name.includes('429'))) {
    it(`${sample.name} says when to come back`, () => {
      expect(readFailure(429, {}, JSON.parse(sample.whole ?? ''))).toMatchObject({ kind: 'rate_limited', retry_after_ms: 34_400 });
    });
  }
  it('bills what each supplier counts, reasoning included', async () => {
    const expected = { 'google-reasoning.sse': [21, 20], 'openai-reasoning.sse': [21, 12], 'xai-text.chunks.txt': [342, 340], 'google-text.chunks.txt': [208, 185], 'deepseek-tool-call.chunks.txt': [83, 39] };
    for (const sample of answers) {
      const [usage] = (await replay(sample)).usage;
      const counts = Object.entries(expected).find(([name]) => name === sample.name)?.[1];
      expect({ name: sample.name, ...usage }).toMatchObject({ name: sample.name, estimated: false, ...(counts && { output_tokens: counts[0], reasoning_tokens: counts[1] }) });
    }
  });
});
