import type { Page, Session, SessionsQuery } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit } from '../../../audit/append.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { networkOf } from '../../../http/request-facts.ts';
import type { Actors } from '../actors.ts';
import { lockPerson } from '../repository.ts';
import { describeDevice } from './describe-device.ts';
import * as repository from './repository.ts';

export type SessionService = ReturnType<typeof createSessionService>;

/** A person's own sessions: where they are signed in, and ending that. */
export function createSessionService({ tenancy, actors }: { tenancy: Tenancy; actors: Pick<Actors, 'forget'> }) {
  return {
    async list(actor: Actor, query: SessionsQuery): Promise<Page<Session>> {
      const { items, pagination } = await tenancy.withTenant(actor.tenant_id, (db) => repository.listSessions(db, actor.user_id, query));
      const describe = ({ user_agent, address, ...row }: (typeof items)[number]): Session => ({
        ...row,
        device: describeDevice(user_agent),
        network: networkOf(address),
        is_current: row.id === actor.session_id,
      });
      return { items: items.map(describe), pagination };
    },
    /** Throws 3007 for whatever is not a living session of this very person. */
    async remove(actor: Actor, id: string, caller: Caller): Promise<void> {
      await tenancy.withTenant(actor.tenant_id, async (db) => {
        if (!(await repository.endSession(db, actor.user_id, id))) throw new AppError('RESOURCE_NOT_FOUND');
        await appendAudit(db, { actor, caller }, { action: 'auth.session_ended', resource_type: 'session', resource_id: id });
      });
      actors.forget(id);
    },
    async removeOthers(actor: Actor, caller: Caller): Promise<void> {
      const ended = await tenancy.withTenant(actor.tenant_id, async (db) => {
        await lockPerson(db, actor.user_id);
        const ids = await repository.endOtherSessions(db, actor.user_id, actor.session_id, 'ended_by_person');
        await appendAudit(db, { actor, caller }, { action: 'auth.sessions_ended', resource_type: 'user', resource_id: actor.user_id, details: { sessions: ids.length } });
        return ids;
      });
      for (const id of ended) actors.forget(id);
    },
  };
}
