import type { Tenancy } from './db/tenancy.ts';
import { createLedger, type Ledger } from './modules/ledger/ledger.ts';
import { createCallSweeper, type CallSweeper } from './modules/ledger/sweep.job.ts';
import { createLedgerVerifier, type LedgerVerifier } from './modules/ledger/verify.job.ts';
import { describeForLog, type Log } from './telemetry/log.ts';

interface Foundations {
  instance_id: string;
  log: Log;
  tenancy: Tenancy;
}

/** The ledger that every module spends through, and what watches over it. */
export interface LedgerRoom {
  ledger: Ledger;
  verifier: LedgerVerifier;
  createSweeper(isGone: (instance_id: string) => Promise<boolean>): CallSweeper;
  /** What this process still holds is charged as far as it came, or given back, before its connections close. */
  endCalls(): Promise<void>;
}

export function composeLedger({ instance_id, log, tenancy }: Foundations): LedgerRoom {
  const ledger = createLedger(tenancy, instance_id);
  const verifier = createLedgerVerifier({
    tenancy,
    onDifference: (tenant_id, differences) => log.error('budgets differ from their records', { tenant_id, count: differences.length }),
    onFailure: (tenant_id, error) => log.error('ledger not verified', { tenant_id, error: describeForLog(error) }),
  });
  const createSweeper = (isGone: (instance_id: string) => Promise<boolean>) =>
    createCallSweeper({ tenancy, instance_id, isGone, holds: ledger.holds, onFailure: (id, error) => log.error('call not ended', { kind: id, error: describeForLog(error) }) });
  return {
    ...{ ledger, verifier, createSweeper },
    async endCalls() {
      await ledger.close();
      await createSweeper(async () => false)
        .endOwn()
        .catch((error: unknown) => log.warn('calls left to their leases', { error: describeForLog(error) }));
    },
  };
}
