import type { AuditEntry, AuditQuery, VerifyAuditInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit, appendPlatformAudit } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import * as repository from './repository.ts';
import { verifyStretch } from './verify-trail.ts';

export type AuditService = ReturnType<typeof createAuditService>;

/** A tenant's trail for its admins, and the platform's for operators: read and proved, never written here. */
export function createAuditService({ tenancy }: { tenancy: Tenancy }) {
  return {
    list: (actor: Actor, query: AuditQuery) => tenancy.withTenant(actor.tenant_id, (db) => repository.listEntries(db, query)),
    read: async (actor: Actor, id: string) => found(await tenancy.withTenant(actor.tenant_id, (db) => repository.findEntry(db, id))),
    verify: (actor: Actor, input: VerifyAuditInput, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        if (input.after_seq === 0) await appendAudit(db, { actor, caller }, describeCheck(actor.tenant_id));
        return verifyStretch(db, input);
      }),
    listPlatform: (query: AuditQuery) => tenancy.withPlatform((db) => repository.listEntries(db, query)),
    readPlatform: async (id: string) => found(await tenancy.withPlatform((db) => repository.findEntry(db, id))),
    verifyPlatform: (actor: Actor, input: VerifyAuditInput, caller: Caller) =>
      tenancy.withPlatform(async (db) => {
        if (input.after_seq === 0) await appendPlatformAudit(db, { actor, caller }, describeCheck(null));
        return verifyStretch(db, input);
      }),
  };
}

function found(entry: AuditEntry | null): AuditEntry {
  if (!entry) throw new AppError('RESOURCE_NOT_FOUND');
  return entry;
}

const describeCheck = (tenant_id: string | null) => ({ action: 'audit.verified', resource_type: 'audit', resource_id: tenant_id });
