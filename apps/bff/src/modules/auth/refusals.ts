import type { Caller } from '../../actor.ts';
import { appendAudit, appendPlatformAudit, type AuditEntry } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';

export interface Refusals {
  /** In the trail of a person's own tenant. */
  record(person: { tenant_id: string; user_id: string }, caller: Caller, reason: string): void;
  /** In the trail of everybody who has the address. */
  recordLocked(find: () => Promise<{ tenant_id: string; user_id: string }[]>, caller: Caller): void;
  /** In the platform's trail: a network is nobody's. */
  recordNetwork(network: string, caller: Caller): void;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

/** Writes refused sign-ins behind the answer: waiting for it would tell a known address from an unknown one. */
export function createRefusals(tenancy: Tenancy, onError: (error: unknown) => void): Refusals {
  const writing = new Set<Promise<void>>();
  const write = (work: () => Promise<unknown>) => {
    const turn = work().then(() => undefined, onError).finally(() => writing.delete(turn));
    writing.add(turn);
  };
  const append = ({ tenant_id, user_id }: { tenant_id: string; user_id: string }, caller: Caller, reason: string) =>
    tenancy.withTenant(tenant_id, (db) => appendAudit(db, { actor: null, caller }, describe('user', user_id, reason)));
  return {
    record: (person, caller, reason) => write(() => append(person, caller, reason)),
    recordLocked: (find, caller) => write(async () => Promise.all((await find()).map((person) => append(person, caller, 'account_locked')))),
    recordNetwork: (network, caller) =>
      write(() => tenancy.withPlatform((db) => appendPlatformAudit(db, { actor: null, caller }, describe('network', network, 'network_locked')))),
    async close() {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}

function describe(resource_type: string, resource_id: string, reason: string): AuditEntry {
  return { action: 'auth.signed_in', resource_type, resource_id, outcome: 'refused', details: { reason } };
}
