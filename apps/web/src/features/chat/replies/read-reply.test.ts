import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { StreamEvent } from '../../../api/event-stream.ts';
import { limitSilence, readReply, type ReplyPorts } from './read-reply.ts';

const log: StreamEvent[] = [
  { id: 1, event: 'start', data: {} },
  ...[...'the whole answer'].map((delta, index): StreamEvent => ({ id: index + 2, event: 'text', data: { delta } })),
  { id: 18, event: 'end', data: { finish_reason: 'stop' } },
];

/** A connection gives `count` events (some of which may have been read before) and then breaks or just closes. */
interface Connection {
  count: number;
  overlap: number;
  breaks: boolean;
}

async function* serve(last: number, connection: Connection | undefined): AsyncGenerator<StreamEvent> {
  const from = Math.max(0, last - (connection?.overlap ?? 0));
  const to = connection === undefined ? log.length : last + connection.count;
  yield* log.slice(from, to);
  if (connection?.breaks === true && to < log.length) throw new TypeError('network error');
}

function createPorts(connections: Connection[], more: Partial<ReplyPorts> = {}): ReplyPorts {
  let index = 0;
  return {
    open: (last) => Promise.resolve(serve(last, connections[index++])),
    isFinal: () => false,
    isOver: () => Promise.resolve(false),
    wait: () => Promise.resolve(),
    onConnection: () => {},
    signal: new AbortController().signal,
    ...more,
  };
}

async function collect(ports: ReplyPorts, from = 0): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readReply(ports, from)) events.push(event);
  return events;
}

const textOf = (events: StreamEvent[]) =>
  events
    .filter((event) => event.event === 'text')
    .map((event) => (event.data as { delta: string }).delta)
    .join('');

describe('reading a reply over connections that break', () => {
  test('cut anywhere, any number of times: the same text, nothing doubled, nothing lost', async () => {
    const connection = fc.record({ count: fc.nat(12), overlap: fc.nat(5), breaks: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(connection, { maxLength: 8 }), async (connections) => {
        const events = await collect(createPorts(connections));
        expect(textOf(events)).toBe('the whole answer');
        expect(events.map((event) => event.id)).toEqual(log.map((event) => event.id));
      }),
    );
  });

  test('goes on behind what was read', async () => {
    const events = await collect(createPorts([]), 10);
    expect(events[0]?.id).toBe(11);
  });

  test('says when it reconnects, waits longer each time, and counts anew once something came', async () => {
    const waits: number[] = [];
    const onConnection = vi.fn<(connected: boolean) => void>();
    const refused = { count: 0, overlap: 0, breaks: true };
    const ports = createPorts([{ count: 3, overlap: 0, breaks: true }, refused, refused, { count: 2, overlap: 0, breaks: true }], {
      wait: (failures) => Promise.resolve(void waits.push(failures)),
      onConnection,
    });
    await collect(ports);
    expect(waits).toEqual([1, 2, 3, 1]);
    expect(onConnection.mock.calls.map(([connected]) => connected)).toEqual([true, false, true, false, true, false, true, false, true]);
  });

  test('ends without an end event where the server says that the reply is over', async () => {
    const wait = vi.fn(() => Promise.resolve());
    const ports = createPorts([{ count: 4, overlap: 0, breaks: true }, { count: 0, overlap: 0, breaks: false }], {
      isOver: () => Promise.resolve(true),
      wait,
    });
    expect(textOf(await collect(ports))).toBe('the');
    expect(wait).toHaveBeenCalledTimes(1);
  });

  test('throws what is final and reads on after what is not', async () => {
    const gone = new Error('404');
    const open = vi
      .fn<ReplyPorts['open']>()
      .mockRejectedValueOnce(new Error('503'))
      .mockRejectedValueOnce(gone);
    await expect(collect(createPorts([], { open, isFinal: (failure) => failure === gone }))).rejects.toBe(gone);
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('stops at once when given up', async () => {
    const controller = new AbortController();
    const open = vi.fn<ReplyPorts['open']>(() => {
      controller.abort();
      return Promise.reject(new Error('aborted'));
    });
    expect(await collect(createPorts([], { open, signal: controller.signal }))).toEqual([]);
    expect(open).toHaveBeenCalledTimes(1);
  });
});

describe('a connection that dies without a word', () => {
  test('is left after the silence it is allowed', async () => {
    vi.useFakeTimers();
    const connection = new AbortController();
    async function* silent(): AsyncGenerator<StreamEvent> {
      yield* log.slice(0, 2);
      await new Promise(() => {});
    }
    const read: number[] = [];
    const reading = (async () => {
      for await (const event of limitSilence(silent(), 45_000, connection)) read.push(event.id);
    })();
    const outcome = reading.catch((failure: unknown) => failure);
    await vi.advanceTimersByTimeAsync(44_000);
    expect(connection.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({ message: 'the connection is silent' });
    expect(read).toEqual([1, 2]);
    expect(connection.signal.aborted).toBe(true);
    vi.useRealTimers();
  });
});
