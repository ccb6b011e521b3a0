import type { TenantDb } from '../../../db/tenancy.ts';
import type { Asking, End, Grant, Refusal } from '../../../spending.ts';

/** What chat asks of the ledger: nothing goes to a supplier before `reserve` has let it in. A reply's call has the reply's own id, so that what ends the one ends the other. */
export interface Spending {
  reserve(tenant_id: string, call: Asking): Promise<Grant | Refusal>;
  settle(tenant_id: string, end: End): Promise<boolean>;
  /** In the caller's transaction; what it was charged, or null where it had ended before. */
  settleWithin(db: TenantDb, end: End): Promise<{ cost_nano: bigint | null } | null>;
  release(tenant_id: string, id: string): Promise<boolean>;
}
