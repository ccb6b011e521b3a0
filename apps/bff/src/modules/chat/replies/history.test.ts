import { describe, expect, it } from 'vitest';
import { buildHistory } from './history.ts';
import { cleanTitle } from './title.job.ts';
import { createTranscript } from './transcript.ts';

const turn = (role: 'user' | 'assistant', text: string) => ({ role, content: text === '' ? [] : [{ type: 'text' as const, text }] });

describe('what a model is shown', () => {
  it('is the system prompt and the path in order, without empty answers and without reasoning', () => {
    const path = [turn('user', 'one'), { role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'hm', duration_ms: 1 }, { type: 'text' as const, text: 'two' }] }, turn('assistant', ''), turn('user', 'three')];
    expect(buildHistory(path, 'be brief', 1_000).map(({ role, text }) => [role, text])).toEqual([
      ['system', 'be brief'],
      ['user', 'one'],
      ['assistant', 'two'],
      ['user', 'three'],
    ]);
  });

  it('leaves the oldest turns out where the window is small, and never the newest', () => {
    const path = [turn('user', 'a'.repeat(4_000)), turn('assistant', 'b'.repeat(400)), turn('user', 'c'.repeat(400))];
    expect(buildHistory(path, null, 400).map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(buildHistory([turn('user', 'x'.repeat(100_000))], null, 400)).toHaveLength(1);
  });
});

describe('a transcript', () => {
  it('joins deltas into parts, in the order they came', () => {
    let clock = 0;
    const transcript = createTranscript(() => (clock += 10));
    for (const [event, data] of [
      ['start', {}],
      ['reasoning', { delta: 'so ' }],
      ['reasoning', { delta: 'then' }],
      ['text', { delta: 'He' }],
      ['text', { delta: 'llo' }],
      ['tool_call', { id: 'c1', name: 'clock', arguments: '{}' }],
      ['text', { delta: '!' }],
    ] as const) {
      transcript.add(event, data);
    }
    expect(transcript.parts()).toEqual([
      { type: 'reasoning', text: 'so then', duration_ms: 20 },
      { type: 'text', text: 'Hello' },
      { type: 'tool_call', id: 'c1', name: 'clock', arguments: '{}' },
      { type: 'text', text: '!' },
    ]);
    expect(transcript.said()).toBe('so thenHelloclock{}!');
  });
});

describe('a title from a model', () => {
  it.each([
    ['"The weather"', 'The weather'],
    ['**Title.**\n', 'Title'],
    ['「天气」', '天气'],
    ['line one\nline two', 'line one line two'],
    ['a\u202eb\u0000c', 'a b c'],
    ['', ''],
  ])('%j becomes %j', (text, title) => {
    expect(cleanTitle(text)).toBe(title);
  });
});
