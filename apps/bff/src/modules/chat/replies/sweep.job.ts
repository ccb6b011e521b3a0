import { AppError } from '../../../errors.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import type { PendingEvent } from '../../../streams/log-writer.ts';
import { describeReplyError } from './failure.ts';
import { finishReply } from './finish-reply.ts';
import { buildHistory } from './history.ts';
import { countDelivered } from './reply.job.ts';
import * as repository from './repository.ts';
import { createTranscript } from './transcript.ts';

export interface SweepPorts {
  tenancy: Tenancy;
  instance_id: string;
  isGone(instance_id: string): Promise<boolean>;
  publish(events: PendingEvent[]): void;
}

const ALL = 1_000_000;
const LOG_KEPT_MS = 24 * 3_600_000;
const LOGS_AT_ONCE = 200;

/** Marks replies of processes that died as interrupted, with the text that their log holds. Returns how many. */
export async function sweepReplies(ports: SweepPorts): Promise<number> {
  const others = (await repository.listRunningReplies(ports.tenancy)).filter((reply) => reply.instance_id !== ports.instance_id);
  let ended = 0;
  for (const [instance_id, replies] of Map.groupBy(others, (reply) => reply.instance_id)) {
    if (!(await ports.isGone(instance_id))) continue;
    for (const reply of replies) if (await interruptReply(ports, reply.tenant_id, reply.reply_id)) ended++;
  }
  return ended;
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
      db,
      reply_id,
      {
        ...{ status: 'interrupted', finish_reason: 'error', parts: transcript.parts(), counted, error, attempt: found.attempt },
        ...{ duration_ms: found.lasted_ms, time_to_first_token_ms: null, next_seq: (found.events.at(-1)?.seq ?? 0) + 1 },
      },
      { request_id: found.request_id, address: '' },
    ),
  );
  if (events) ports.publish(events);
  return events !== null;
}

/** Removes event logs 24 h after their reply's end; the message itself stays. */
export async function removeExpiredLogs(tenancy: Tenancy): Promise<void> {
  const expired = await repository.listExpiredLogs(tenancy, new Date(Date.now() - LOG_KEPT_MS), LOGS_AT_ONCE);
  for (const { tenant_id, reply_id } of expired) await tenancy.withTenant(tenant_id, (db) => repository.removeLog(db, reply_id));
}
