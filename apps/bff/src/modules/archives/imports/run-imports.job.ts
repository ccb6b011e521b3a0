import { IMPORT_PIECE_BYTES, listPermissions, tenantPermissions, type ImportReport, type Permission, type ProviderId } from '@lyss/api-types';
import { appendAudit } from '../../../audit/append.ts';
import { pickChanged } from '../../../audit/pick-changed.ts';
import { startSha256 } from '../../../crypto/digest.ts';
import { faultOfRows } from '../../../db/database.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { lockImporting } from '../repository.ts';
import type { Arriving } from './arrive.ts';
import { bringIn } from './bring-in.ts';
import { holdImporter } from './hold-importer.ts';
import { inflate } from './inflate.ts';
import { keepTime } from './keep-time.ts';
import { readEntries } from './read-entries.ts';
import { ArchiveRefused } from './refused.ts';
import * as repository from './repository.ts';
import type { HeldImport } from './repository.ts';

const MOST_ATTEMPTS = 5;
/** What an archive writes besides what its own endpoint's permission says. */
const WRITES: readonly Permission[] = ['settings.write', 'users.write', 'roles.write', 'suppliers.write'];

export interface ImportPorts {
  tenancy: Tenancy;
  instance_id: string;
  isAddressAllowed(provider: ProviderId, base_url: string): boolean;
  /** What an archive may unpack to. */
  unpacked_bytes: number;
  /** How many of them here: each holds a connection, and needs another one now and then. */
  at_once: number;
  onFailure(import_id: string, error: unknown): void;
}

export interface ImportRunner {
  /** Takes up what waits, or what a replica left that is gone, as far as there is room. */
  run(): Promise<void>;
  /** Resolves once nothing runs here: what was begun leaves nothing, and is begun again. */
  close(): Promise<void>;
}

/** Judges archives, and brings in those that were confirmed. */
export function createImportRunner(ports: ImportPorts): ImportRunner {
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let turn: Promise<void> = Promise.resolve();
  async function takeUp(): Promise<void> {
    if (signal.aborted) return;
    for (const { tenant_id, id } of await repository.listRunnable(ports.tenancy)) {
      if (signal.aborted || running.size >= ports.at_once) return;
      if (running.has(id)) continue;
      const held = await ports.tenancy.withTenant(tenant_id, (db) => repository.claimImport(db, id, ports.instance_id));
      if (held) running.set(id, runOne(ports, tenant_id, held, signal).catch((error: unknown) => ports.onFailure(id, error)).finally(() => running.delete(id)));
    }
  }
  return {
    // One turn after the other: room is judged before a claim is waited for.
    run: () => (turn = turn.catch(() => undefined).then(takeUp)),
    async close() {
      stopping.abort(new Error('stopping'));
      await turn.catch(() => undefined);
      await Promise.all(running.values());
    },
  };
}

const GAVE_UP = { state: 'failed', problem: new ArchiveRefused('gave_up').describe() } as const;

/** What a trial wrote goes with its transaction. */
class Judged extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('judged');
    this.report = report;
  }
}

async function runOne(ports: ImportPorts, tenant_id: string, held: HeldImport, signal: AbortSignal): Promise<void> {
  const change = (what: repository.ImportChange) =>
    ports.tenancy.withTenant(tenant_id, async (db) => void ((await repository.isHeld(db, held.id, ports.instance_id)) && (await repository.changeImport(db, held.id, what))));
  // Each of those before ended with its process: this archive may be why.
  if (held.attempts > MOST_ATTEMPTS) return change(GAVE_UP);
  try {
    await ports.tenancy.withTenant(tenant_id, (db) => bringAll(ports, db, held, signal));
  } catch (error) {
    if (error instanceof Judged) return change({ state: 'judged', progress: 1, report: error.report, attempts: 0 });
    const refused = error instanceof ArchiveRefused ? error : describeFault(error);
    if (refused) return change({ state: refused.code === 'took_too_long' ? 'failed' : 'refused', problem: refused.describe() });
    if (!signal.aborted) ports.onFailure(held.id, error);
    // Not to be said where the database is away: then the lease lapses, and somebody tries again.
    const isLast = held.attempts >= MOST_ATTEMPTS && !signal.aborted;
    await change(isLast ? GAVE_UP : {}).catch(() => undefined);
  }
}

/** The same in both states; judging, its end is thrown away. */
async function bringAll(ports: ImportPorts, db: TenantDb, held: HeldImport, signal: AbortSignal): Promise<void> {
  await lockImporting(db);
  const importer = await repository.findImporter(db, held.user_id);
  if (!importer) throw new ArchiveRefused('importer_inactive');
  if ((await repository.listFilled(db, held.user_id)).length > 0) throw new ArchiveRefused('tenant_not_empty');
  const may = listPermissions(importer.roles, importer.granted);
  const to: Arriving = {
    ...{ tenant_id: db.tenant_id, instance_id: ports.instance_id, isAddressAllowed: ports.isAddressAllowed },
    importer: { user_id: held.user_id, email: importer.email },
    permissions: new Set<Permission>(tenantPermissions.filter((permission) => held.permissions.includes(permission) && may.includes(permission))),
    same_person: null,
  };
  const needs = WRITES.filter((permission) => !to.permissions.has(permission));
  if (needs.length > 0) throw new ArchiveRefused('beyond_own_permissions', { needs });
  await repository.deleteFounding(db);
  const before = await repository.readSettings(db);
  const report = await bringIn(db, keepTime(readEntries(inflate(readPieces(ports, db.tenant_id, held, signal), ports.unpacked_bytes)), held.bytes, signal), to);
  if (held.state === 'judging') throw new Judged(report);
  await holdImporter(db, to);
  await finish(ports, db, held, { report, name: importer.name, settings: pickChanged(before, await repository.readSettings(db)) });
}

async function finish({ instance_id }: ImportPorts, db: TenantDb, held: HeldImport, { report, name, settings }: { report: ImportReport; name: string; settings: object }): Promise<void> {
  if (!(await repository.isHeld(db, held.id, instance_id))) throw new Error('the import’s lease was lost');
  await repository.changeImport(db, held.id, { state: 'done', progress: 1, report });
  const who = { actor: { user_id: held.user_id, name }, caller: { request_id: held.id, address: '' } };
  const { rows, tenant, made_at, audit_head } = report;
  await appendAudit(db, who, { action: 'tenant.imported', resource_type: 'import', resource_id: held.id, details: { from: tenant, made_at, sha256: held.sha256, rows, audit_head, ...settings } });
}

/** The archive as it was sent, each piece in a short transaction of its own, in which the lease is renewed. Its sum must be the one that was announced. */
async function* readPieces({ tenancy, instance_id }: ImportPorts, tenant_id: string, { id, bytes, sha256 }: HeldImport, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const digest = startSha256();
  const count = Math.ceil(bytes / IMPORT_PIECE_BYTES);
  for (let number = 0; number < count; number++) {
    signal.throwIfAborted();
    const piece = await tenancy.withTenant(tenant_id, async (db) => ((await repository.noteProgress(db, id, instance_id, number / count)) ? repository.findPiece(db, id, number) : null));
    if (!piece) throw new Error('the import was taken away');
    digest.add(piece);
    yield piece;
  }
  if (digest.hex() !== sha256) throw new ArchiveRefused('damaged');
}

/** What PostgreSQL found wrong with the rows. */
function describeFault(error: unknown): ArchiveRefused | null {
  if (error instanceof AppError && error.error_name === 'QUOTA_EXCEEDED') return new ArchiveRefused('plan_exceeded', {}, error);
  const fault = faultOfRows(error);
  return fault && new ArchiveRefused(fault.kind, { file: fault.table, field: fault.column }, error);
}
