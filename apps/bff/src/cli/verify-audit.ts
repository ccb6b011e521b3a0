import type { AuditVerification } from '@lyss/api-types';
import { openDatabase } from '../db/database.ts';
import { createTenancy } from '../db/tenancy.ts';
import type { TrailDb } from '../modules/audit/repository.ts';
import { verifyStretch } from '../modules/audit/verify-trail.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { listWorkspaces } from './repository.ts';

type Within = (work: (db: TrailDb) => Promise<AuditVerification>) => Promise<AuditVerification>;

/** Checks the chains of all tenants and of the platform, or one workspace's, `step` seals at a time. Answers 1 where a fault was found. */
export async function verifyAudit({ app_url }: OpenedDatabase, { workspace }: { workspace?: string | undefined }, say: (line: string) => void, step?: number): Promise<number> {
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const tenants = (await tenancy.withPlatform(listWorkspaces)).filter((tenant) => workspace === undefined || tenant.workspace === workspace);
    if (workspace !== undefined && tenants.length === 0) return say(`There is no workspace ${workspace}.`), 1;
    let faults = 0;
    for (const tenant of tenants) faults += await verifyTrail(tenant.workspace, (work) => tenancy.withTenant(tenant.id, work), say, step);
    if (workspace === undefined) faults += await verifyTrail('(platform)', (work) => tenancy.withPlatform(work), say, step);
    say(faults === 0 ? 'Nothing is wrong.' : `${faults} ${faults === 1 ? 'fault' : 'faults'} found: docs/audit.md says what each kind means.`);
    return faults === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

async function verifyTrail(name: string, within: Within, say: (line: string) => void, step?: number): Promise<number> {
  let [after_seq, checked, faults] = [0, 0, 0];
  for (;;) {
    const from = after_seq;
    const stretch = await within((db) => verifyStretch(db, { after_seq: from }, step));
    checked += stretch.checked;
    faults += stretch.faults.length;
    for (const { kind, seq, entry_id, at } of stretch.faults) say(`${name}: ${kind}${seq === null ? '' : ` at seal ${seq}`}${entry_id === null ? '' : `, entry ${entry_id}`}${at === null ? '' : ` of ${at}`}`);
    if (stretch.next_seq === null) {
      const removed = stretch.begins_after === 0 ? '' : `, ${stretch.begins_after} removed by retention`;
      say(`${name}: ${checked} checked${removed}, head ${stretch.head ? `${stretch.head.seq} ${stretch.head.hash}` : 'none'}`);
      return faults;
    }
    after_seq = stretch.next_seq;
  }
}
