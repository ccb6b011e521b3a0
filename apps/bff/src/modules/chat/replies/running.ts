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
  /** Waits for what runs, at most `seconds`; what is then left is marked interrupted. */
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

/** The replies that this process makes: jobs of their own, whoever listens. */
export function createRunningReplies(ports: RunningPorts): RunningReplies {
  const running = new Map<string, Running>();
  return {
    start(order) {
      const { id } = order.reply;
      const abort = new AbortController();
      const log = ports.openLog(order.tenant_id, id);
      const done = runReply(ports, order, log, abort.signal).then((status) => {
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
      const all = () => Promise.all([...running.values()].map(({ done }) => done));
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1_000)));
      await Promise.race([all(), patience]);
      clearTimeout(timer);
      for (const { abort } of running.values()) abort.abort(new Stopped('shutdown'));
      await all();
    },
  };
}
