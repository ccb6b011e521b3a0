import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Tenancy } from '../../../db/tenancy.ts';
import { ProviderError, type Provider } from '../../../providers/provider.ts';
import type { ReplyLog } from '../../../streams/log-writer.ts';
import type { ReplyOrder } from './reply.job.ts';
import { createRunningReplies, type RunningPorts } from './running.ts';

const AWAY = new Error('the database is away');
const STOP_S = 3;

const log: ReplyLog = { push: () => undefined, room: async () => undefined, drain: async () => undefined, refusal: () => undefined, next_seq: () => 1 };

/** Only what a reply that runs asks of its order. */
const order = (stream: Provider['stream']) =>
  ({
    tenant_id: 't',
    reply: { id: 'r', conversation_id: 'c', message_id: 'm', model: 'm', supplier: 'demo', request_id: 'q', credential_id: null },
    ...{ provider: { stream }, messages: [], parameters: {}, locale: 'en-US', address: '', supplier_model: 'm', wants_title: false, api_key_id: null, bound: null },
  }) as unknown as ReplyOrder;

/** Says nothing until it is told to stop. */
const silent: Provider['stream'] = async function* (_connection, { signal }) {
  await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  yield { type: 'finish', reason: 'stop' };
};

function createScene(change: Partial<RunningPorts> = {}) {
  const lost = vi.fn<RunningPorts['onLost']>();
  // The one function of the database's that a reply's end uses.
  const withTenant = vi.fn(() => Promise.reject(AWAY));
  const tenancy = { withTenant } as unknown as Tenancy;
  const ports = { tenancy, publish: () => undefined, isPassing: () => true, onOutcome: () => undefined, onLost: lost, onEnded: () => undefined, openLog: () => log, settleWithin: async () => null };
  return { running: createRunningReplies({ ...ports, ...change }), lost, withTenant };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started_at = performance.now();
  await work();
  return (performance.now() - started_at) / 1_000;
}

afterEach(() => vi.restoreAllMocks());

describe('stopping the process', () => {
  it('lasts no longer than it may while the database is away, and leaves its replies to the next start', async () => {
    const { running, lost, withTenant } = createScene();
    running.start(order(silent));
    expect(await timeOf(() => running.close(STOP_S))).toBeLessThan(STOP_S + 1);
    await expect.poll(() => lost.mock.calls.length).toBe(1);
    const tries = withTenant.mock.calls.length;
    expect(tries).toBeGreaterThan(1);
    // Given up: nobody goes on asking, and closing again waits for nothing.
    expect(await timeOf(() => running.close(0))).toBeLessThan(0.5);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(withTenant.mock.calls).toHaveLength(tries);
  });

  it('lasts no longer where the log can’t be written either', async () => {
    const { running } = createScene({ openLog: () => ({ ...log, drain: () => new Promise(() => undefined) }) });
    running.start(order(silent));
    expect(await timeOf(() => running.close(STOP_S))).toBeLessThan(STOP_S + 1);
  });
});

describe('a reply that is stopped while it waits to ask its supplier again', () => {
  it('ends at once, and asks no second time', async () => {
    let asked = 0;
    const crowded: Provider['stream'] = async function* () {
      asked += 1;
      yield* [];
      throw new ProviderError('rate_limited', { retry_after_ms: 4_000 });
    };
    const { running } = createScene({ isPassing: () => false });
    running.start(order(crowded));
    await expect.poll(() => asked).toBe(1);
    expect(await timeOf(async () => (running.stop('r'), running.ended('r') ?? undefined))).toBeLessThan(1);
    expect(asked).toBe(1);
  });
});

it('a clock that is set back makes no reply’s duration', async () => {
  let wall = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => (wall -= 60_000));
  const latencies: number[] = [];
  const quick: Provider['stream'] = async function* () {
    yield { type: 'text', delta: 'a' };
    yield { type: 'finish', reason: 'stop' };
  };
  const { running } = createScene({ isPassing: () => false, onOutcome: (_order, _error, latency_ms) => void latencies.push(latency_ms) });
  running.start(order(quick));
  await running.ended('r');
  expect(latencies[0]).toBeGreaterThanOrEqual(0);
});
