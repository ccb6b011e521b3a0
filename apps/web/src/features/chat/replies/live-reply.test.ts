import type { ReplyEvent } from '@lyss/api-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleId } from '../test/samples.ts';
import { emptyReply, reduceReply, statusOf, type LiveReply, type NumberedEvent } from './live-reply.ts';

const start = (attempt = 1): ReplyEvent => ({
  event: 'start',
  data: { reply_id: sampleId(1), conversation_id: sampleId(2), message_id: sampleId(3), model: 'demo-chat', supplier: 'demo', attempt },
});
const text = (delta: string): ReplyEvent => ({ event: 'text', data: { delta } });
const reasoning = (delta: string): ReplyEvent => ({ event: 'reasoning', data: { delta } });
const call: ReplyEvent = { event: 'tool_call', data: { id: 'call-1', name: 'clock', arguments: '{}' } };
const result: ReplyEvent = { event: 'tool_result', data: { id: 'call-1', name: 'clock', result: '06:15' } };
const usage: ReplyEvent = {
  event: 'usage',
  data: { input_tokens: 3, output_tokens: 5, cached_tokens: 0, reasoning_tokens: 0, estimated: false, cost: { amount: '0.000100', currency: 'USD' } },
};
const failure: ReplyEvent = { event: 'error', data: { code: '4001', message: 'the supplier failed', details: { kind: 'overloaded' } } };
const end = (finish_reason: 'stop' | 'stopped' | 'error' | 'length'): ReplyEvent => ({
  event: 'end',
  data: { finish_reason, duration_ms: 1_200, time_to_first_token_ms: 90 },
});

const number = (events: ReplyEvent[]): NumberedEvent[] => events.map((event, index) => ({ ...event, id: index + 1, at: 1_000 * (index + 1) }));
const reduce = (events: readonly NumberedEvent[], from: LiveReply = emptyReply) => events.reduce(reduceReply, from);

describe('a live reply', () => {
  test('joins text, folds reasoning with its time, and keeps tools in their place', () => {
    const reply = reduce(number([start(), reasoning('let me '), reasoning('see'), text('It is '), call, result, text('06:15'), text('.')]));
    expect(reply.parts).toEqual([
      { type: 'reasoning', text: 'let me see', duration_ms: 2_000 },
      { type: 'text', text: 'It is ' },
      { type: 'tool_call', id: 'call-1', name: 'clock', arguments: '{}' },
      { type: 'tool_result', id: 'call-1', result: '06:15' },
      { type: 'text', text: '06:15.' },
    ]);
    expect(reply).toMatchObject({ message_id: sampleId(3), model: 'demo-chat', supplier: 'demo', last_id: 8, reasoning_since: null });
  });

  test('ends with usage, times and a status', () => {
    const reply = reduce(number([start(), text('done'), usage, end('stop')]));
    expect(reply).toMatchObject({ finish_reason: 'stop', duration_ms: 1_200, time_to_first_token_ms: 90, usage: usage.data });
    expect(statusOf(reply)).toBe('complete');
    expect(statusOf(reduce(number([start(), end('stopped')])))).toBe('stopped');
    expect(statusOf(reduce(number([start(), text('so far')])))).toBe('running');
  });

  test('keeps the text so far beside an error', () => {
    const reply = reduce(number([start(), text('half an ans'), failure, end('error')]));
    expect(reply.parts).toEqual([{ type: 'text', text: 'half an ans' }]);
    expect(reply.error).toEqual(failure.data);
    expect(statusOf(reply)).toBe('interrupted');
    expect(statusOf(reduce(number([start(), failure, end('error')])))).toBe('failed');
  });

  test('a second attempt begins anew', () => {
    const reply = reduce(number([start(1), text('from the first'), start(2), text('from the second')]));
    expect(reply.parts).toEqual([{ type: 'text', text: 'from the second' }]);
  });

  test('counts an event of a newer server and shows nothing of it', () => {
    const strange = { event: 'citation', data: {}, id: 2, at: 2 } as unknown as NumberedEvent;
    expect(reduce([...number([start()]), strange])).toMatchObject({ parts: [], last_id: 2 });
  });

  test('reads any part of a log any number of times to the same result', () => {
    const events = number([start(), reasoning('hm'), text('a'), text('b'), call, result, text('c'), usage, end('stop')]);
    const cuts = fc.array(fc.tuple(fc.nat(events.length), fc.nat(events.length)), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, (pieces) => {
        let seen = 0;
        const replayed: NumberedEvent[] = [];
        for (const [from, to] of pieces) {
          // A connection begins somewhere in what was read and never skips ahead.
          replayed.push(...events.slice(Math.min(from, seen), Math.max(to, seen)));
          seen = Math.max(seen, to);
        }
        replayed.push(...events.slice(seen));
        expect(reduce(replayed)).toEqual(reduce(events));
      }),
    );
  });
});
