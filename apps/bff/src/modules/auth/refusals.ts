import type { Caller } from '../../actor.ts';
import { appendAudit, appendPlatformAudit, type AuditEntry } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';

export interface Refusals {
  /** In the trail of a person's own tenant. */
  record(person: { tenant_id: string; user_id: string }, caller: Caller, reason: string): void;
  /** Keeps why somebody was refused, where the error says so, and throws it. */
  refuse(person: { tenant_id: string; user_id: string }, caller: Caller, error: unknown): never;
  /** In the trail of everybody whom it may have been, looked up behind the answer too. */
  recordFound(find: () => Promise<{ tenant_id: string; user_id: string }[]>, caller: Caller, reason: string): void;
  /** A one-time link that was tried in vain, in its person's trail. */
  recordLink(person: { tenant_id: string; user_id: string }, caller: Caller, link: { purpose: string; reason: string }): void;
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
    refuse(person, caller, error) {
      const reason = reasonOf(error);
      if (reason !== null) write(() => append(person, caller, reason));
      throw error;
    },
    recordFound: (find, caller, reason) => write(async () => Promise.all((await find()).map((person) => append(person, caller, reason)))),
    recordLink: ({ tenant_id, user_id }, caller, details) =>
      write(() => tenancy.withTenant(tenant_id, (db) => appendAudit(db, { actor: null, caller }, { action: 'users.password_chosen', resource_type: 'user', resource_id: user_id, outcome: 'refused', details }))),
    recordNetwork: (network, caller) =>
      write(() => tenancy.withPlatform((db) => appendPlatformAudit(db, { actor: null, caller }, describe('network', network, 'network_locked')))),
    async close() {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}

function reasonOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return null;
  const reason = error.details?.['reason'];
  if (typeof reason === 'string') return reason;
  return error.error_name === 'PASSWORD_INCORRECT' ? 'password_incorrect' : null;
}

function describe(resource_type: string, resource_id: string, reason: string): AuditEntry {
  return { action: 'auth.signed_in', resource_type, resource_id, outcome: 'refused', details: { reason } };
}
