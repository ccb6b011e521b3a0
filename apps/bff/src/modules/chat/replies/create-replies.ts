import type { SupplierFailureKind } from '@lyss/api-types';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { ProviderError } from '../../../providers/provider.ts';
import { createLogWriter } from '../../../streams/log-writer.ts';
import { createTopics, type Topics } from '../../../streams/topics.ts';
import { describeForLog, type Log } from '../../../telemetry/log.ts';
import { Stopped, type ReplyOrder } from './reply.job.ts';
import * as repository from './repository.ts';
import { createRunningReplies, type RunningReplies } from './running.ts';
import type { Spending } from './spending.ts';
import { nameConversation } from './title.job.ts';

export interface RepliesPorts {
  tenancy: Tenancy;
  log: Log;
  spending: Spending;
  isPassing(error: unknown): boolean;
  recordOutcome(db: TenantDb, credential_id: string, outcome: { ok: boolean; kind: SupplierFailureKind | null; latency_ms: number }): Promise<void>;
  countReply(status: string, supplier: string): void;
}

interface Replies {
  running: RunningReplies;
  topics: Topics;
  /** What another process, or this one, has said on the channel: a reply is to stop, or logs have news. */
  onNotice(payload: string): void;
}

/** The replies of this process with their log, their readers, and what follows a reply's end. */
export function createReplies(ports: RepliesPorts): Replies {
  const { tenancy, log, spending } = ports;
  const topics = createTopics();
  const writer = createLogWriter({
    append: (tenant_id, events, again) => tenancy.withTenant(tenant_id, (db) => repository.appendEvents(db, events, again)),
    onCommitted: (events) => topics.publish(events),
    isPassing: ports.isPassing,
  });
  const quietly = (work: Promise<unknown>, what: string, order: ReplyOrder) =>
    void work.catch((error: unknown) => log.warn(what, { reply_id: order.reply.id, tenant_id: order.tenant_id, error: describeForLog(error) }));
  const running = createRunningReplies({
    tenancy,
    isPassing: ports.isPassing,
    settleWithin: spending.settleWithin,
    publish: (events) => topics.publish(events),
    openLog: (tenant_id, reply_id) => writer.open(tenant_id, reply_id),
    onOutcome(order, error, latency_ms) {
      const { credential_id } = order.reply;
      // Our own reasons to end say nothing of the supplier.
      if (credential_id === null || error instanceof Stopped) return;
      const outcome = { ok: error === null, kind: error instanceof ProviderError ? error.kind : null, latency_ms: Math.max(0, Math.round(latency_ms)) };
      if (error !== null && outcome.kind === null) log.error('reply failed', { reply_id: order.reply.id, error: describeForLog(error) });
      else quietly(tenancy.withTenant(order.tenant_id, (db) => ports.recordOutcome(db, credential_id, outcome)), 'outcome not recorded', order);
    },
    onLost: (order, error) => log.warn('reply not ended here', { reply_id: order.reply.id, tenant_id: order.tenant_id, error: describeForLog(error) }),
    onEnded(order, status) {
      ports.countReply(status ?? 'elsewhere', order.reply.supplier);
      if (status === 'complete' && order.wants_title) quietly(nameConversation({ tenancy, ...spending }, order), 'title not made', order);
    },
  });
  const onNotice = (payload: string) => {
    const [about = '', said = ''] = payload.split(':', 2);
    if (about === 'stop') running.stop(said);
    // Readers of what runs here have had it from memory.
    if (about === 'log') topics.tell(said.split(',').filter((reply_id) => !running.runsHere(reply_id)));
  };
  return { running, topics, onNotice };
}
