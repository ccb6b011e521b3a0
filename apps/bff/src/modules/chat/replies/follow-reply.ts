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
  isPassing(error: unknown): boolean;
}

/** A reply's events after `last_id`, for its own person; 3007 for anybody else and once its log is removed (24 h after its end). */
export async function followReply(ports: FollowPorts, actor: Actor, reply_id: string, last_id: number): Promise<StreamAnswer> {
  const reply = await ports.tenancy.withTenant(actor.tenant_id, (db) => repository.findReply(db, actor.user_id, reply_id));
  if (!reply || reply.log_removed) throw new AppError('RESOURCE_NOT_FOUND');
  return follow(ports, actor, reply_id, last_id, false);
}

/** The events of a reply that this process has begun just now: nothing need be read, since nothing is committed yet. */
export function followStarted(ports: FollowPorts, actor: Actor, reply_id: string): StreamAnswer {
  return follow(ports, actor, reply_id, 0, true);
}

function follow(ports: FollowPorts, actor: Actor, reply_id: string, last_id: number, is_fresh: boolean): StreamAnswer {
  // At once, not when the stream is opened: what a fresh reply commits in between would not be heard.
  const subscription = ports.topics.subscribe(reply_id);
  return {
    content_location: `/api/v1/chat/replies/${reply_id}/events`,
    follow: (signal) =>
      followLog(
        {
          read: (seq, limit) => ports.tenancy.withTenant(actor.tenant_id, (db) => repository.readLog(db, actor.user_id, reply_id, seq, limit)),
          subscription,
          isHearing: ports.topics.isHearing,
          is_local: ports.running.runsHere(reply_id),
          is_fresh,
          isPassing: ports.isPassing,
        },
        last_id,
        signal,
      ),
  };
}
