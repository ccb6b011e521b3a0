import type { Permission } from '@lyss/api-types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeStanding, type Actor } from '../actor.ts';
import { writeEventStream } from './event-stream.ts';
import { createOpenStreams } from './open-streams.ts';
import type { LoggedEvent } from './route.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function actor(user_id: string, tenant_id = 'tenant', session_id = user_id): Actor {
  return { user_id, tenant_id, session_id, email: '', name: '', roles: ['end_user'], permissions: new Set(['chat.use']), has_second_factor: false, withheld: 'nothing' };
}
const client = () => new AbortController().signal;
const standing = (permissions: Permission[]) => describeStanding(permissions);
const live = (people: Record<string, Permission[]>) => async () => new Map(Object.entries(people).map(([id, permissions]) => [id, standing(permissions)]));
const tooMany = expect.objectContaining({ error_name: 'RATE_LIMIT_EXCEEDED', details: { limit: 'streams' } });

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('open streams', () => {
  it('are 20 a person, 200 a tenant and 1,500 a process; a closed one makes room', () => {
    const streams = createOpenStreams(live({}), () => false);
    const mine = Array.from({ length: 20 }, () => streams.open(actor('a'), client()));
    expect(thrownBy(() => streams.open(actor('a'), client()))).toEqual(tooMany);
    mine[0]?.close();
    expect(thrownBy(() => streams.open(actor('a'), client()))).toMatchObject({ signal: { aborted: false } });
    for (let person = 0; streams.count() < 200; person++) streams.open(actor(`p${person}`), client());
    expect(thrownBy(() => streams.open(actor('newcomer'), client()))).toEqual(tooMany);
    for (let tenant = 0; streams.count() < 1_500; tenant++) streams.open(actor(`p${tenant}`, `t${tenant}`), client());
    expect(thrownBy(() => streams.open(actor('x', 'elsewhere'), client()))).toMatchObject({ error_name: 'SERVICE_UNAVAILABLE', retry_after_s: 5 });
    streams.stop();
  });

  it('are shed first when the process is overloaded', () => {
    const streams = createOpenStreams(live({}), () => true);
    expect(thrownBy(() => streams.open(actor('a'), client()))).toMatchObject({ error_name: 'SERVICE_UNAVAILABLE' });
    streams.stop();
  });

  it('end within half a second when their session has ended or its permissions are others, when the client leaves, and when the server stops', async () => {
    const streams = createOpenStreams(live({ stays: ['chat.use'], promoted: ['audit.read', 'chat.use'], also: ['chat.use'] }), () => false);
    const leaving = new AbortController();
    const opened = Object.fromEntries(['stays', 'gone', 'promoted'].map((name) => [name, streams.open(actor(name), client())]));
    const left = streams.open(actor('also'), leaving.signal);
    leaving.abort();
    expect(left.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(Object.entries(opened).map(([name, { signal }]) => [name, signal.aborted])).toEqual([['stays', false], ['gone', true], ['promoted', true]]);
    streams.stop();
    expect(opened['stays']?.signal.aborted).toBe(true);
  });

  it('stay open while nobody can say whether their session lives, and are looked at one check at a time', async () => {
    let answer: (value: Map<string, string>) => void = () => undefined;
    const listLive = vi.fn<() => Promise<Map<string, string>>>(() => Promise.reject(new Error('away')));
    const streams = createOpenStreams(listLive, () => false);
    const open = streams.open(actor('a'), client());
    await vi.advanceTimersByTimeAsync(1_000);
    expect([open.signal.aborted, listLive.mock.calls.length]).toEqual([false, 2]);
    listLive.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(listLive).toHaveBeenCalledTimes(3);
    answer(new Map());
    await vi.advanceTimersByTimeAsync(0);
    expect(open.signal.aborted).toBe(true);
    streams.stop();
  });
});

it('streams opened while a check is under way are not judged by its answer', async () => {
  let answer: (value: Map<string, string>) => void = () => undefined;
  const streams = createOpenStreams(() => new Promise((resolve) => (answer = resolve)), () => false);
  const before = streams.open(actor('before'), client());
  await vi.advanceTimersByTimeAsync(500);
  const meanwhile = streams.open(actor('meanwhile'), client());
  answer(new Map([['before', standing(['chat.use'])]]));
  await vi.advanceTimersByTimeAsync(0);
  expect([before.signal.aborted, meanwhile.signal.aborted]).toEqual([false, false]);
  streams.stop();
});

describe('an event stream', () => {
  const event = (seq: number, data: unknown = { delta: 'x' }): LoggedEvent => ({ seq, event: 'text', data });
  const decoder = new TextDecoder();

  /** A source that gives a batch for each call of `push`. */
  function createSource() {
    const waiting: ((result: IteratorResult<LoggedEvent[]>) => void)[] = [];
    const kept: IteratorResult<LoggedEvent[]>[] = [];
    const source: AsyncIterator<LoggedEvent[]> = {
      next: () => {
        const next = kept.shift();
        return next ? Promise.resolve(next) : new Promise((resolve) => waiting.push(resolve));
      },
    };
    const give = (result: IteratorResult<LoggedEvent[]>) => {
      const taker = waiting.shift();
      if (taker) taker(result);
      else kept.push(result);
    };
    return { source, push: (events: LoggedEvent[]) => give({ done: false, value: events }), end: () => give({ done: true, value: undefined }) };
  }

  const written = ({ seq, data }: LoggedEvent) => `id: ${seq}\nevent: text\ndata: ${JSON.stringify(data)}\n\n`;

  it('is written so that no text can forge an event', async () => {
    const { source, push } = createSource();
    const reader = writeEventStream(source, () => undefined).getReader();
    push([event(7, { delta: 'a\n\nevent: end\r\u2028data: {}' })]);
    expect(decoder.decode((await reader.read()).value)).toBe('id: 7\nevent: text\ndata: {"delta":"a\\n\\nevent: end\\r\u2028data: {}"}\n\n');
    await reader.cancel();
  });

  it('sends what is ready together in one write, keeps proxies awake, and closes with its source', async () => {
    const { source, push, end } = createSource();
    const stop = vi.fn();
    const reader = writeEventStream(source, stop).getReader();
    const first = reader.read();
    push([event(1), event(2)]);
    expect(decoder.decode((await first).value)).toBe(written(event(1)) + written(event(2)));
    const second = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(decoder.decode((await second).value)).toBe(': awake\n\n');
    end();
    expect((await reader.read()).done).toBe(true);
    expect(stop).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets a reader go that takes nothing for 30 s, and its source with it', async () => {
    const { source, push } = createSource();
    const stop = vi.fn();
    const reader = writeEventStream(source, stop).getReader();
    push([event(1)]);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(stop).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stop).toHaveBeenCalled();
    await expect(reader.read()).rejects.toThrow('stalled');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends its source when the reader leaves, and fails with it when it fails', async () => {
    const left = vi.fn();
    await writeEventStream(createSource().source, left).cancel();
    expect(left).toHaveBeenCalledOnce();
    const failed = vi.fn();
    const reader = writeEventStream({ next: () => Promise.reject(new Error('the log is away')) }, failed).getReader();
    await expect(reader.read()).rejects.toThrow('the log is away');
    expect(failed).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
