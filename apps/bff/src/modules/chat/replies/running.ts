import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplyLog } from '../../../streams/log-writer.ts';
import { runReply, Stopped, type ReplyOrder, type ReplyPorts, type StopReason } from './reply.job.ts';
import type { EndedMessage } from './repository.ts';

export interface RunningReplies {
  start(order: ReplyOrder): void;
  /** Tells a reply of this process to end; false where it runs elsewhere or not at all. */
  stop(reply_id: string, reason?: StopReason): boolean;
  runsHere(reply_id: string): boolean;
  /** Resolves when the reply has ended here; null where it doesn't run here. */
  ended(reply_id: string): Promise<void> | null;
  count(): number;
  /**
   * Waits for what runs; what is left shortly before `seconds` are over is marked interrupted. Where even that can't be
   * written (the database is away), the reply is left to the sweeper of the next start or of another replica.
   */
  close(seconds: number): Promise<void>;
}

interface Running {
  abort: AbortController;
  done: Promise<void>;
}

export interface RunningPorts extends ReplyPorts {
  openLog(tenant_id: string, reply_id: string): ReplyLog;
  /** After a reply has ended, with its status; null where somebody else ended it. */
  onEnded(order: ReplyOrder, status: EndedMessage['status'] | null): void;
}

// Of the time there is to stop, what writing the ends may take; also where there is no time at all.
const ENDING_MS = 2_000;

/** The replies that this process makes: jobs of their own, whoever listens. */
export function createRunningReplies(ports: RunningPorts): RunningReplies {
  const running = new Map<string, Running>();
  const given_up = new AbortController();
  const endedWithin = async (ms: number) => {
    const late = new AbortController();
    const all = Promise.all([...running.values()].map(({ done }) => done));
    await Promise.race([all, sleep(ms, undefined, { signal: late.signal }).catch(() => undefined)]).finally(() => late.abort());
  };
  return {
    start(order) {
      const { id } = order.reply;
      const abort = new AbortController();
      const log = ports.openLog(order.tenant_id, id);
      const done = runReply(ports, order, log, { stop: abort.signal, give_up: given_up.signal }).then((status) => {
        running.delete(id);
        ports.onEnded(order, status);
      });
      running.set(id, { abort, done });
    },
    stop(reply_id, reason = 'stopped') {
      const found = running.get(reply_id);
      found?.abort.abort(new Stopped(reason));
      return found !== undefined;
    },
    runsHere: (reply_id) => running.has(reply_id),
    ended: (reply_id) => running.get(reply_id)?.done ?? null,
    count: () => running.size,
    async close(seconds) {
      await endedWithin(Math.max(0, seconds * 1_000 - ENDING_MS));
      for (const { abort } of running.values()) abort.abort(new Stopped('shutdown'));
      if (!given_up.signal.aborted) await endedWithin(ENDING_MS);
      if (running.size > 0) given_up.abort();
    },
  };
}
