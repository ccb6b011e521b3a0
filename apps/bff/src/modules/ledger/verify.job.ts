import { appendPlatformAudit } from '../../audit/append.ts';
import { newId } from '../../crypto/digest.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import * as repository from './repository.ts';
import type { Difference } from './repository.ts';

const DAY_MS = 86_400_000;
/** Periods that ended within it are looked at again: a call may end after the period that it began in. */
const ENDED_MS = 3 * DAY_MS;
const NIGHT_HOUR = 2;
const TOLD_MS = 20 * 3_600_000;
const SHOWN = 20;
const ACTION = 'ledger.difference_found';

export interface VerifyPorts {
  tenancy: Tenancy;
  onDifference(tenant_id: string, differences: readonly Difference[]): void;
  onFailure(tenant_id: string, error: unknown): void;
}

export interface LedgerVerifier {
  /** Looks at every tenant's pots; differences go to the log and the platform's trail, and are mended by nobody but people. */
  verify(): Promise<number>;
  /** `verify` in the first turn of each night (UTC); nothing in the others. */
  verifyAtNight(): Promise<void>;
  /** How many pots differed when this process looked last. */
  count(): number;
}

/** Whatever a tenant's pots say that its records don't, of this period and those that ended within three days. */
export const findDifferences = (tenancy: Tenancy, tenant_id: string): Promise<Difference[]> => tenancy.withTenant(tenant_id, (db) => repository.listDifferences(db, new Date(Date.now() - ENDED_MS)));

export function createLedgerVerifier({ tenancy, onDifference, onFailure }: VerifyPorts): LedgerVerifier {
  let differing = 0;
  let verified_on = '';
  const verify = async () => {
    let found = 0;
    for (const { id } of await tenancy.withPlatform(repository.listTenants)) {
      try {
        const differences = await findDifferences(tenancy, id);
        found += differences.length;
        if (differences.length === 0) continue;
        onDifference(id, differences);
        await tellOperators(tenancy, id, differences);
      } catch (error) {
        onFailure(id, error);
      }
    }
    return (differing = found);
  };
  return {
    verify,
    async verifyAtNight() {
      const now = new Date();
      const today = now.toISOString().slice(0, 10);
      if (verified_on === today || now.getUTCHours() < NIGHT_HOUR) return;
      verified_on = today;
      await verify();
    },
    count: () => differing,
  };
}

/** Once a night, however many replicas look. */
function tellOperators(tenancy: Tenancy, tenant_id: string, differences: readonly Difference[]): Promise<void> {
  return tenancy.withPlatform(async (db) => {
    if (await repository.isDifferenceTold(db, ACTION, tenant_id, new Date(Date.now() - TOLD_MS))) return;
    const details = { pots: differences.length, differences: differences.slice(0, SHOWN) };
    await appendPlatformAudit(db, { actor: null, caller: { request_id: newId(), address: '' } }, { action: 'ledger.difference_found', resource_type: 'tenant', resource_id: tenant_id, outcome: 'failed', details });
  });
}
