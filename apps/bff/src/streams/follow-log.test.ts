import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followLog, type LogEvent } from './follow-log.ts';
import { createTopics, type Topics } from './topics.ts';

const REPLY = 'r';

function listEvents(count: number): LogEvent[] {
  return Array.from({ length: count }, (_, index) => ({ seq: index + 1, event: index === count - 1 ? 'end' : 'text', data: { delta: `${index}` } }));
}

async function collect(log: AsyncGenerator<LogEvent[]>): Promise<number[]> {
  const seen: number[] = [];
  for await (const batch of log) seen.push(...batch.map(({ seq }) => seq));
  return seen;
}

const usual = { is_fresh: false, isHearing: () => true, isPassing: () => false };

describe('following a log', () => {
  it('gives every event once and in order, wherever the reader begins and however commits fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 700 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }),
        fc.nat(100),
        fc.boolean(),
        async (count, cuts, from, is_local) => {
          const events = listEvents(count);
          const last_id = Math.min(from, count - 1);
          const topics = createTopics();
          let committed = 0;
          let turn = 0;
          const commit = () => {
            const batch = events.slice(committed, committed + (cuts[turn++ % cuts.length] ?? 1));
            committed += batch.length;
            if (is_local) topics.publish(batch.map((event) => ({ reply_id: REPLY, ...event })));
            else topics.tell([REPLY]);
          };
          const commits = (async () => {
            for (let more = true; more; more = committed < count) {
              await new Promise((resolve) => setImmediate(resolve));
              commit();
            }
          })();
          const log = followLog(
            {
              read: async (seq, limit) => ({ events: events.slice(0, committed).filter((event) => event.seq > seq).slice(0, limit), is_running: committed < count }),
              subscription: topics.subscribe(REPLY),
              is_local,
              ...usual,
            },
            last_id,
            AbortSignal.timeout(20_000),
          );
          const seen = await collect(log);
          await commits;
          expect(seen).toEqual(events.slice(last_id).map(({ seq }) => seq));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends when its reader leaves', async () => {
    const abort = new AbortController();
    const topics = createTopics();
    const log = followLog({ read: async () => ({ events: [], is_running: true }), subscription: topics.subscribe(REPLY), is_local: true, ...usual }, 0, abort.signal);
    setTimeout(() => abort.abort(), 20);
    expect(await collect(log)).toEqual([]);
  });

  it.each([
    ['told of news', (topics: Topics) => topics.tell([REPLY])],
    ['told that something may have been missed', (topics: Topics) => topics.setHearing(true)],
  ])('elsewhere asks nothing until it is %s, and then at once', async (_name, tell) => {
    const topics = createTopics();
    let [reads, committed] = [0, 0];
    const read = async (seq: number) => {
      reads++;
      return { events: listEvents(3).slice(seq, committed), is_running: committed < 3 };
    };
    const seen = collect(followLog({ ...usual, read, subscription: topics.subscribe(REPLY), is_local: false }, 0, AbortSignal.timeout(20_000)));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(reads).toBe(1);
    committed = 3;
    const told_at = performance.now();
    tell(topics);
    expect(await seen).toEqual([1, 2, 3]);
    expect(performance.now() - told_at).toBeLessThan(500);
  });

  it('elsewhere loses no news that come while it reads', async () => {
    const topics = createTopics();
    let committed = 1;
    const read = async (seq: number) => {
      const events = listEvents(3).slice(seq, committed);
      // Committed and told after the read's snapshot, before its answer.
      if (committed < 3) topics.tell([REPLY]);
      committed = 3;
      return { events, is_running: events.at(-1)?.seq !== 3 };
    };
    const started_at = performance.now();
    expect(await collect(followLog({ ...usual, read, subscription: topics.subscribe(REPLY), is_local: false }, 0, AbortSignal.timeout(20_000)))).toEqual([1, 2, 3]);
    expect(performance.now() - started_at).toBeLessThan(1_000);
  });

  it('ends for a reply that ended without an end event in the log', async () => {
    const topics = createTopics();
    const log = followLog({ read: async () => ({ events: [], is_running: false }), subscription: topics.subscribe(REPLY), is_local: false, ...usual }, 3, AbortSignal.timeout(5_000));
    expect(await collect(log)).toEqual([]);
  });

  it('of a reply begun here just now asks the database nothing', async () => {
    const topics = createTopics();
    const refuse = async () => Promise.reject(new Error('was asked'));
    const log = followLog({ read: refuse, subscription: topics.subscribe(REPLY), is_local: true, ...usual, is_fresh: true }, 0, AbortSignal.timeout(5_000));
    const seen = collect(log);
    for (const event of listEvents(3)) topics.publish([{ reply_id: REPLY, ...event }]);
    expect(await seen).toEqual([1, 2, 3]);
  });

  it('waits while the database is away, and fails with anything else', async () => {
    const topics = createTopics();
    let failures = 2;
    const read = async () => (failures-- > 0 ? Promise.reject(new Error('away')) : { events: listEvents(2), is_running: true });
    const ports = { ...usual, read, subscription: topics.subscribe(REPLY), is_local: false };
    expect(await collect(followLog({ ...ports, isPassing: () => true }, 0, AbortSignal.timeout(5_000)))).toEqual([1, 2]);
    failures = 1;
    await expect(collect(followLog({ ...ports, isPassing: () => false }, 0, AbortSignal.timeout(5_000)))).rejects.toThrow('away');
  });
});
