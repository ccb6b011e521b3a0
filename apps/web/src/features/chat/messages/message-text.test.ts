import { expect, test } from 'vitest';
import { listShownParts, textOf } from './message-text.ts';

const content = [
  { type: 'reasoning' as const, text: 'hm', duration_ms: 900 },
  { type: 'text' as const, text: 'First.' },
  { type: 'tool_call' as const, id: 'a', name: 'clock', arguments: '{}' },
  { type: 'tool_call' as const, id: 'b', name: 'search', arguments: '{}' },
  { type: 'tool_result' as const, id: 'b', error: 'no network' },
  { type: 'text' as const, text: 'Second.' },
];

test('copies what was said, without thinking and tools', () => {
  expect(textOf({ content })).toBe('First.\n\nSecond.');
});

test('a call stands once, with its own result or none yet', () => {
  expect(listShownParts(content).map((part) => (part.kind === 'tool' ? [part.call.name, part.result?.error ?? null] : part.kind))).toEqual([
    'reasoning',
    'text',
    ['clock', null],
    ['search', 'no network'],
    'text',
  ]);
});
