import type { Actor } from '../../../actor.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import type { StreamAnswer } from '../../../http/route.ts';
import { followLog } from '../../../streams/follow-log.ts';
import type { Topics } from '../../../streams/topics.ts';
import * as repository from './repository.ts';
import type { RunningReplies } from './running.ts';

export interface FollowPorts {
  tenancy: Tenancy;
  topics: Topics;
  running: Pick<RunningReplies, 'runsHere'>;
}

/** A reply's events after `last_id`, for its own person; 3007 for anybody else and once its log is removed (24 h after its end). */
export async function followReply(ports: FollowPorts, actor: Actor, reply_id: string, last_id: number): Promise<StreamAnswer> {
  const find = () => ports.tenancy.withTenant(actor.tenant_id, (db) => repository.findReply(db, actor.user_id, reply_id));
  const reply = await find();
  if (!reply || reply.log_removed) throw new AppError('RESOURCE_NOT_FOUND');
  return {
    content_location: `/api/v1/chat/replies/${reply_id}/events`,
    follow: (signal) =>
      followLog(
        {
          readAfter: (seq, limit) => ports.tenancy.withTenant(actor.tenant_id, (db) => repository.listEventsAfter(db, reply_id, seq, limit)),
          isRunning: async () => (await find())?.status === 'running',
          subscription: ports.topics.subscribe(reply_id),
          is_local: ports.running.runsHere(reply_id),
        },
        last_id,
        signal,
      ),
  };
}
