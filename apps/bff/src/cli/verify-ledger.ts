import { openDatabase } from '../db/database.ts';
import { createTenancy } from '../db/tenancy.ts';
import { findDifferences } from '../modules/ledger/verify.job.ts';
import { fromNano } from '../nano.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { listWorkspaces } from './repository.ts';

/** Compares what budgets say was spent and is held with the records and the calls that run, of all tenants or of one workspace. Answers 1 where they differ. */
export async function verifyLedger({ app_url }: OpenedDatabase, { workspace }: { workspace?: string | undefined }, say: (line: string) => void): Promise<number> {
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const tenants = (await tenancy.withPlatform(listWorkspaces)).filter((tenant) => workspace === undefined || tenant.workspace === workspace);
    if (workspace !== undefined && tenants.length === 0) return say(`There is no workspace ${workspace}.`), 1;
    let differing = 0;
    for (const tenant of tenants) {
      const differences = await findDifferences(tenancy, tenant.id);
      differing += differences.length;
      for (const { budget_id, period_start, spent_nano, recorded_nano, reserved_nano, held_nano } of differences) {
        const [spent, recorded, reserved, held] = [spent_nano, recorded_nano, reserved_nano, held_nano].map((nano) => fromNano(BigInt(nano)));
        say(`${tenant.workspace}: budget ${budget_id}, period from ${period_start}: spent ${spent}, recorded ${recorded}; held ${reserved}, by calls that run ${held}`);
      }
    }
    say(differing === 0 ? `Nothing is wrong: ${tenants.length} ${tenants.length === 1 ? 'workspace' : 'workspaces'} looked at.` : `${differing} ${differing === 1 ? 'pot differs' : 'pots differ'}: docs/operate.md says what to do.`);
    return differing === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}
