import type { Actor } from '../../actor.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import type { Authenticator } from '../../http/authenticate.ts';
import { touchSessions, type SeenSession } from './repository.ts';

/** When each session was last used: noted in memory with every request, written once a minute, one transaction a tenant. */
export function createLastSeen(tenancy: Tenancy, now: () => Date = () => new Date()) {
  let noted = new Map<string, SeenSession & { tenant_id: string }>();
  const note = ({ tenant_id, user_id, session_id }: Actor) => void noted.set(session_id, { tenant_id, user_id, session_id, at: now() });
  return {
    /** The same authenticator, and whoever it lets in was here. */
    follow: (inner: Authenticator): Authenticator => ({
      async authenticate(token, caller) {
        const actor = await inner.authenticate(token, caller);
        note(actor);
        return actor;
      },
    }),
    /** Writes what was noted since the last time. Throws AggregateError of what failed, after every tenant had its turn. */
    async write(): Promise<void> {
      const written = noted;
      noted = new Map();
      const failures: unknown[] = [];
      for (const [tenant_id, sessions] of Map.groupBy(written.values(), (seen) => seen.tenant_id)) {
        try {
          await tenancy.withTenant(tenant_id, (db) => touchSessions(db, sessions));
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'last seen not written');
    },
  };
}
