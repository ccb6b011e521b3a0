import { AppError } from '../../../errors.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import type { PendingEvent } from '../../../streams/log-writer.ts';
import { describeReplyError } from './failure.ts';
import { finishReply } from './finish-reply.ts';
import { buildHistory } from './history.ts';
import { countDelivered } from './reply.job.ts';
import * as repository from './repository.ts';
import type { Spending } from './spending.ts';
import { createTranscript } from './transcript.ts';

export interface SweepPorts extends Pick<Spending, 'settleWithin'> {
  tenancy: Tenancy;
  instance_id: string;
  isGone(instance_id: string): Promise<boolean>;
  /** Whether this process makes the reply. */
  runsHere(reply_id: string): boolean;
  stop(reply_id: string): void;
  publish(events: PendingEvent[]): void;
  onFailure(reply_id: string, error: unknown): void;
}

const ALL = 1_000_000;
const LOG_KEPT_MS = 24 * 3_600_000;
const LOGS_AT_ONCE = 200;

export interface Sweeper {
  /** One turn; returns how many replies it ended. */
  sweep(): Promise<number>;
}

/**
 * Ends as interrupted, with the text that their log holds, the replies of processes that died and those that this
 * process has lost hold of; stops its own whose person, tenant or another replica wants it so.
 */
export function createSweeper(ports: SweepPorts): Sweeper {
  // Ours, but not running here: between its commit and its job there is a moment, so it takes two turns to be sure.
  let suspects = new Set<string>();
  return {
    async sweep() {
      const [own, others] = partition(await repository.listRunningReplies(ports.tenancy), (reply) => reply.instance_id === ports.instance_id);
      for (const reply of own) if (reply.must_stop) ports.stop(reply.reply_id);
      const lost = own.filter((reply) => !ports.runsHere(reply.reply_id));
      const ending = lost.filter((reply) => suspects.has(reply.reply_id));
      suspects = new Set(lost.map((reply) => reply.reply_id));
      for (const [instance_id, replies] of Map.groupBy(others, (reply) => reply.instance_id)) {
        if (await ports.isGone(instance_id)) ending.push(...replies);
      }
      let ended = 0;
      for (const reply of ending) if (await tryInterrupt(ports, reply)) ended++;
      return ended;
    },
  };
}

function partition<T>(items: T[], isFirst: (item: T) => boolean): [T[], T[]] {
  const groups = Object.groupBy(items, (item) => (isFirst(item) ? 'first' : 'second'));
  return [groups.first ?? [], groups.second ?? []];
}

/** One reply that can't be ended must not keep the others, or a start, waiting. */
async function tryInterrupt(ports: SweepPorts, { tenant_id, reply_id }: { tenant_id: string; reply_id: string }): Promise<boolean> {
  try {
    return await interruptReply(ports, tenant_id, reply_id);
  } catch (error) {
    ports.onFailure(reply_id, error);
    return false;
  }
}

async function interruptReply(ports: SweepPorts, tenant_id: string, reply_id: string): Promise<boolean> {
  const found = await ports.tenancy.withTenant(tenant_id, (db) => repository.readInterrupted(db, reply_id, ALL));
  if (!found) return false;
  const transcript = createTranscript(() => 0);
  for (const { event, data } of found.events) transcript.add(event, data);
  const said = transcript.said();
  const counted = said === '' ? null : await countDelivered(buildHistory(found.path, found.system_prompt, null), said);
  const error = describeReplyError(new AppError('SERVICE_UNAVAILABLE', { details: { reason: 'interrupted' } }), found.locale, found.request_id);
  const events = await ports.tenancy.withTenant(tenant_id, (db) =>
    finishReply(
      ports,
      db,
      reply_id,
      {
        ...{ status: 'interrupted', finish_reason: 'error', parts: transcript.parts(), counted, error, supplier_failure: null, attempt: found.attempt },
        ...{ duration_ms: found.lasted_ms, time_to_first_token_ms: null, next_seq: (found.events.at(-1)?.seq ?? 0) + 1 },
      },
      { request_id: found.request_id, address: '' },
    ),
  );
  if (events) ports.publish(events);
  return events !== null;
}

/** Removes event logs 24 h after their reply's end, all of them; the message itself stays. */
export async function removeExpiredLogs(tenancy: Tenancy): Promise<void> {
  for (;;) {
    const expired = await repository.listExpiredLogs(tenancy, new Date(Date.now() - LOG_KEPT_MS), LOGS_AT_ONCE);
    for (const { tenant_id, reply_id } of expired) await tenancy.withTenant(tenant_id, (db) => repository.removeLog(db, reply_id));
    if (expired.length < LOGS_AT_ONCE) return;
  }
}
