import { FILE_MOST_BYTES } from '@lyss/api-types';
import { startSha256, type Sha256 } from '../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../db/tenancy.ts';
import { AppError } from '../errors.ts';
import { ExportTooLarge, type ExportMaker, type ExportStep } from './maker.ts';
import * as repository from './repository.ts';
import type { HeldExport } from './repository.ts';

const AT_ONCE = 2;
const MOST_ATTEMPTS = 5;
const PIECE_BYTES = 1024 * 1024;
const WAIT_MS = 300;

export interface ExportRunner {
  /** Takes up what waits, or what a replica left that is gone, as far as there is room. */
  run(): Promise<void>;
  /** Resolves once nothing runs here: what was begun is left to others, or to the next start. */
  close(): Promise<void>;
}

interface RunnerPorts {
  tenancy: Tenancy;
  instance_id: string;
  makers: Readonly<Record<string, ExportMaker>>;
  onFailure(export_id: string, error: unknown): void;
}

/** Makes exports step by step, each step with its pieces and its place in one transaction; any number of replicas may do it. */
export function createExportRunner(ports: RunnerPorts): ExportRunner {
  const running = new Map<string, Promise<void>>();
  let isStopped = false;
  const isGoing = () => !isStopped;
  return {
    async run() {
      for (const { tenant_id, id } of await repository.listRunnable(ports.tenancy)) {
        if (isStopped || running.size >= AT_ONCE) return;
        if (running.has(id)) continue;
        const held = await ports.tenancy.withTenant(tenant_id, (db) => repository.claimExport(db, id, ports.instance_id));
        if (held) running.set(id, make(ports, tenant_id, held, isGoing).finally(() => running.delete(id)));
      }
    },
    async close() {
      isStopped = true;
      await Promise.all(running.values());
    },
  };
}

async function make(ports: RunnerPorts, tenant_id: string, held: HeldExport, isGoing: () => boolean): Promise<void> {
  const { tenancy, instance_id } = ports;
  const fail = (failure: NonNullable<repository.ExportChange['failure']>) => tenancy.withTenant(tenant_id, (db) => repository.noteProgress(db, held.id, { state: 'failed', failure }));
  // Each of those before ended with its process: this file may be why.
  if (held.attempts > MOST_ATTEMPTS) return void (await fail('internal'));
  try {
    const digest = await digestPieces(tenancy, tenant_id, held);
    for (;;) {
      const next = isGoing() ? await tenancy.withTenant(tenant_id, (db) => stepOnce(ports, db, { held, digest })) : 'left';
      if (next === 'left') return await tenancy.withTenant(tenant_id, (db) => repository.releaseLease(db, held.id, instance_id));
      if (next === 'ended') return;
      // Between steps others get their turn: an export is in no hurry.
      await new Promise((resolve) => setTimeout(resolve, next === 'waits' ? WAIT_MS : 0));
    }
  } catch (error) {
    // No other try would end otherwise before somebody makes room.
    if (error instanceof AppError && error.error_name === 'QUOTA_EXCEEDED') return await fail('storage_full').catch(() => undefined);
    if (error instanceof ExportTooLarge) return await fail('too_large').catch(() => undefined);
    ports.onFailure(held.id, error);
    // Not to be said where the database is away: then the lease lapses, and somebody tries again.
    if (held.attempts >= MOST_ATTEMPTS) await fail('internal').catch(() => undefined);
  }
}

interface InHand {
  held: HeldExport;
  /** Of the file's bytes so far. */
  digest: Sha256;
}

/** What another replica made is read again: a digest's state cannot be handed over. */
async function digestPieces(tenancy: Tenancy, tenant_id: string, { id, pieces }: HeldExport): Promise<Sha256> {
  const digest = startSha256();
  for (let number = 0; number < pieces; number++) {
    const bytes = await tenancy.withTenant(tenant_id, (db) => repository.findPiece(db, id, number));
    if (bytes) digest.add(bytes);
  }
  return digest;
}

async function stepOnce({ makers, instance_id }: RunnerPorts, db: TenantDb, { held: { id }, digest }: InHand): Promise<'goes on' | 'waits' | 'ended'> {
  const held = await repository.lockHeld(db, id, instance_id);
  if (!held) return 'ended';
  const maker = makers[held.kind];
  if (!maker) throw new Error(`nobody makes exports of ${held.kind}`);
  const step = await maker.step(db, held, held.cursor);
  if (!step) {
    await repository.noteProgress(db, id, {});
    return 'waits';
  }
  return keepStep(db, { held, digest }, step);
}

async function keepStep(db: TenantDb, { held, digest }: InHand, step: ExportStep): Promise<'goes on' | 'ended'> {
  const bytes = Buffer.from(step.content);
  if (held.bytes + bytes.byteLength > FILE_MOST_BYTES) {
    await repository.noteProgress(db, held.id, { state: 'failed', failure: 'too_large' });
    return 'ended';
  }
  digest.add(bytes);
  let pieces = 0;
  for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) await repository.insertPiece(db, held.id, held.pieces + pieces++, bytes.subarray(from, from + PIECE_BYTES));
  const { rows, progress, is_last } = step;
  // A step that was done is a reason to believe in the next: only failures in a row count.
  await repository.noteProgress(db, held.id, { rows, progress, pieces, bytes: bytes.byteLength, cursor: JSON.stringify(step.cursor), attempts: 1, ...(is_last ? { state: 'ready' as const, sha256: digest.hex() } : {}) });
  return is_last ? 'ended' : 'goes on';
}
