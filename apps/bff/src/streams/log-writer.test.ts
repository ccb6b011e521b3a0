import { describe, expect, it, vi } from 'vitest';
import { createLogWriter, type PendingEvent } from './log-writer.ts';

function createScene(append: (tenant_id: string, events: PendingEvent[], again: boolean) => Promise<void> = async () => undefined, isPassing = () => false) {
  const committed: PendingEvent[] = [];
  const writes: PendingEvent[][] = [];
  const writer = createLogWriter({
    append: async (tenant_id, events, again) => {
      await append(tenant_id, events, again);
      writes.push(events);
    },
    onCommitted: (events) => committed.push(...events),
    isPassing,
  });
  return { writer, committed, writes };
}

describe('the log writer', () => {
  it('tells readers nothing before the commit', async () => {
    let commit: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (commit = resolve));
    const { writer, committed } = createScene(() => gate);
    const log = writer.open('t', 'r');
    log.push('start', {});
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(committed).toHaveLength(0);
    commit();
    await log.drain();
    expect(committed.map(({ seq }) => seq)).toEqual([1]);
  });

  it('numbers from 1 without a gap and joins unwritten deltas without losing a character', async () => {
    const { writer, committed } = createScene();
    const log = writer.open('t', 'r');
    log.push('start', {});
    for (const letter of 'abcdef') log.push('text', { delta: letter });
    log.push('reasoning', { delta: 'x' });
    log.push('text', { delta: 'g' });
    await log.drain();
    log.push('text', { delta: 'h' });
    await log.drain();
    expect(committed.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    const text = committed.filter(({ event }) => event === 'text').map(({ data }) => (data as { delta: string }).delta);
    expect(text.join('')).toBe('abcdefgh');
    expect(log.next_seq()).toBe(6);
  });

  it('writes what gathered during one write with the next, for all replies of a tenant at once', async () => {
    const { writer, writes } = createScene();
    const logs = Array.from({ length: 50 }, (_, index) => writer.open('t', `r${index}`));
    for (const log of logs) log.push('text', { delta: 'a' });
    await Promise.all(logs.map((log) => log.drain()));
    expect(writes).toHaveLength(1);
    expect(writes[0]).toHaveLength(50);
  });

  it('joins no two words that come 50 ms apart, though a commit takes nearly as long: what waited for it has gathered enough', async () => {
    vi.useFakeTimers();
    try {
      const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
      const { writer, committed } = createScene(() => wait(45));
      const speak = async (index: number) => {
        const log = writer.open('t', `r${index}`);
        await wait(index);
        for (let word = 0; word < 40; word++, await wait(50)) log.push('text', { delta: 'word ' });
        await log.drain();
      };
      const spoken = Promise.all(Array.from({ length: 50 }, (_, index) => speak(index)));
      await vi.advanceTimersByTimeAsync(5_000);
      await spoken;
      expect(committed).toHaveLength(50 * 40);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tries again while the database is away, and loses nothing', async () => {
    let failures = 3;
    const { writer, committed } = createScene(async () => {
      if (failures-- > 0) throw new Error('away');
    }, () => true);
    const log = writer.open('t', 'r');
    log.push('text', { delta: 'kept' });
    await log.drain();
    expect(committed.map(({ data }) => data)).toEqual([{ delta: 'kept' }]);
  });

  it('refuses one reply without taking its neighbours with it', async () => {
    const { writer, committed } = createScene(async (_tenant, events) => {
      if (events.some(({ reply_id }) => reply_id === 'gone')) throw new Error('no such reply');
    });
    const gone = writer.open('t', 'gone');
    const fine = writer.open('t', 'fine');
    gone.push('text', { delta: 'a' });
    fine.push('text', { delta: 'b' });
    await expect(gone.drain()).rejects.toThrow('no such reply');
    await fine.drain();
    expect(committed.map(({ reply_id }) => reply_id)).toEqual(['fine']);
  });

  it('counts a commit whose answer was lost as written', async () => {
    const kept = new Set<number>();
    let answers = 0;
    const { writer, committed } = createScene(async (_tenant, events, again) => {
      for (const { seq } of events) {
        if (kept.has(seq) && !again) throw new Error('duplicate key');
        kept.add(seq);
      }
      if (answers++ === 0) throw new Error('connection lost after the commit');
    }, () => true);
    const log = writer.open('t', 'r');
    log.push('text', { delta: 'once' });
    await log.drain();
    expect(committed).toHaveLength(1);
    expect([...kept]).toEqual([1]);
  });

  it('lets a reply end while its neighbours go on talking', async () => {
    const { writer } = createScene();
    const loud = writer.open('t', 'loud');
    const talk = setInterval(() => loud.push('tool_call', {}), 1);
    const quiet = writer.open('t', 'quiet');
    quiet.push('text', { delta: 'short' });
    await quiet.drain();
    clearInterval(talk);
    await loud.drain();
    expect(quiet.next_seq()).toBe(2);
  });

  it('makes a fast supplier wait while much is unwritten', async () => {
    let commit: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (commit = resolve));
    const { writer } = createScene(() => gate);
    const log = writer.open('t', 'r');
    log.push('text', { delta: 'x'.repeat(300 * 1024) });
    let waited = true;
    const room = log.room().then(() => (waited = false));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(waited).toBe(true);
    commit();
    await room;
    expect(waited).toBe(false);
  });
});
