import { appendPlatformAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../../db/tenancy.ts';
import * as repository from './repository.ts';
import type { Erasure } from './repository.ts';
import { KEY_TABLE, orderTables } from './order-tables.ts';
import { findTenant } from '../repository.ts';

/** As many as one statement has time for, several times over. */
const AT_ONCE = 1_000;

interface EraserPorts {
  tenancy: Tenancy;
  instance_id: string;
  onFailure(tenant_id: string, error: unknown): void;
  at_once?: number;
}

export interface Eraser {
  /** Erases every tenant whose day has come, or goes on where a replica that is gone left one. */
  run(): Promise<void>;
  /** No further step is begun: the next start, or another replica, goes on. */
  stop(): void;
}

/**
 * Erases tenants: their keys first, then every table that the catalogue has, in small transactions which each note what
 * they removed, so that whoever takes it up after a crash counts right; at last the tenant itself, with its certificate.
 */
export function createEraser(ports: EraserPorts): Eraser {
  let isStopped = false;
  return {
    async run() {
      for (const id of await ports.tenancy.withPlatform(repository.listDue)) {
        if (isStopped) return;
        await erase(ports, id, () => !isStopped).catch((error: unknown) => ports.onFailure(id, error));
      }
    },
    stop() {
      isStopped = true;
    },
  };
}

async function erase(ports: EraserPorts, id: string, isGoing: () => boolean): Promise<void> {
  const { tenancy, instance_id } = ports;
  const held = await tenancy.withPlatform((db) => repository.claimErasure(db, id, instance_id));
  if (!held) return;
  let next: 'goes on' | 'ended' = held.begun_at === null ? await begin(ports, id) : 'goes on';
  while (next === 'goes on' && isGoing()) next = await step(ports, id, (platform, db) => eraseSome(platform, db, id, ports.at_once ?? AT_ONCE));
  if (next === 'goes on') await tenancy.withPlatform((db) => repository.releaseErasure(db, id, instance_id));
}

/** One transaction, as long as the lease is ours. */
function step({ tenancy, instance_id }: EraserPorts, id: string, work: (platform: PlatformDb, db: TenantDb, erasure: Erasure) => Promise<'goes on' | 'ended'>) {
  return tenancy.withPlatformAndTenant(id, async (platform, db): Promise<'goes on' | 'ended'> => {
    const erasure = await repository.renewLease(platform, id, instance_id);
    return erasure ? work(platform, db, erasure) : 'ended';
  });
}

/** Destroys the keys, before anything else: from this commit on no secret of the tenant opens, whatever is left of it. */
function begin(ports: EraserPorts, id: string): Promise<'goes on' | 'ended'> {
  return step(ports, id, async (platform, db, { asked_by, asked_at }) => {
    const key_ids = await repository.listKeyIds(db);
    await repository.markBegun(platform, id, key_ids);
    await repository.noteRemoved(platform, id, KEY_TABLE, await repository.eraseRows(db, KEY_TABLE, key_ids.length));
    await appendPlatformAudit(platform, job(), { action: 'tenants.erasure_begun', resource_type: 'tenant', resource_id: id, details: { asked_by, asked_at, key_ids } });
    await repository.tellErased(db);
    return 'goes on';
  });
}

async function eraseSome(platform: PlatformDb, db: TenantDb, id: string, at_once: number): Promise<'goes on' | 'ended'> {
  let left = at_once;
  for (const table of orderTables(await repository.listTenantTables(db))) {
    const removed = await repository.eraseRows(db, table, left);
    if (removed > 0) await repository.noteRemoved(platform, id, table, removed);
    left -= removed;
    if (left === 0) return 'goes on';
  }
  await certify(platform, id);
  await repository.eraseTenant(db);
  await repository.tellErased(db);
  return 'ended';
}

/** What is known of it for ever: counts, keys, times, who asked and why; nobody's name and nothing of what it held. */
async function certify(platform: PlatformDb, id: string): Promise<void> {
  const tenant = await findTenant(platform, id);
  const erasure = await repository.lockErasure(platform, id);
  if (!tenant || !erasure) throw new Error('a tenant that is erased has gone missing');
  const { asked_by, reason, asked_at, due_at, begun_at, key_ids, removed, rows_removed } = erasure;
  const details = { workspace: tenant.workspace, asked_by, reason, asked_at, due_at, begun_at, finished_at: new Date().toISOString(), key_ids, rows: removed, rows_removed };
  await appendPlatformAudit(platform, job(), { action: 'tenants.erased', resource_type: 'tenant', resource_id: id, details });
}

const job = () => ({ actor: null, caller: { request_id: newId(), address: '' } });
