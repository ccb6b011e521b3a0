import type { Tenancy } from '../../db/tenancy.ts';
import { CHAIN_START, digestEntry, sealNext, type Seal, type SealedEntry } from './chain.ts';
import * as repository from './repository.ts';
import type { TrailDb } from './repository.ts';

const AT_ONCE = 500;
/** The longest that a transaction with an entry lives; every so often everything since the last seals is looked at besides. */
const RECENT_MS = 60_000;

export interface Sealer {
  /** Seals what is not sealed yet, in every trail; once a second is soon enough. Throws AggregateError of what failed, after every trail had its turn. */
  seal(): Promise<void>;
}

/** Chains the entries of each tenant's trail, and of the platform's, by SHA-256. Any number of replicas may do it at once. */
export function createSealer(tenancy: Tenancy): Sealer {
  let whole_at = 0;
  return {
    async seal() {
      const isDue = Date.now() - whole_at >= RECENT_MS;
      const since = isDue ? null : new Date(Date.now() - RECENT_MS);
      const failures: unknown[] = [];
      const trySealing = (within: Within) => drain(within).catch((error: unknown) => void failures.push(error));
      for (const tenant_id of await repository.listTenantsToSeal(tenancy, since)) await trySealing((work) => tenancy.withTenant(tenant_id, work));
      await trySealing((work) => tenancy.withPlatform(work));
      if (failures.length > 0) throw new AggregateError(failures, 'trails not sealed');
      if (isDue) whole_at = Date.now();
    },
  };
}

type Within = (work: (db: TrailDb) => Promise<number>) => Promise<number>;

async function drain(within: Within): Promise<void> {
  let sealed = AT_ONCE;
  while (sealed === AT_ONCE) sealed = await within(sealSome);
}

async function sealSome(db: TrailDb): Promise<number> {
  if (!(await repository.lockTrail(db))) return 0;
  const entries = await repository.listUnsealed(db, AT_ONCE);
  if (entries.length === 0) return 0;
  let previous = (await repository.findLastSeal(db)) ?? (await repository.findChainStart(db)) ?? CHAIN_START;
  const seals: (Seal & { entry: SealedEntry })[] = [];
  for (const entry of entries) {
    const seal = sealNext(previous, digestEntry(entry));
    seals.push({ ...seal, entry });
    previous = seal;
  }
  await repository.insertSeals(db, seals);
  return entries.length;
}
