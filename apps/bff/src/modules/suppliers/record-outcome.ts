import type { SupplierFailureKind } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { storeStatus } from './repository.ts';
import { describeOutcome } from './verify-connection.ts';

export interface CallOutcome {
  ok: boolean;
  kind: SupplierFailureKind | null;
  latency_ms: number;
}

// Only what stays wrong until somebody changes the credential. A refused model, a long prompt or a bad minute at the
// supplier would let one member's call take a model away from everybody.
const lasting: readonly (SupplierFailureKind | null)[] = ['authentication_failed', 'quota_exhausted', 'endpoint_not_found', 'address_not_allowed'];

/** What a call through a credential showed: sets its status where that changes, in the caller's own transaction. */
export async function recordOutcome(db: TenantDb, credential_id: string, outcome: CallOutcome): Promise<void> {
  if (!outcome.ok && !lasting.includes(outcome.kind)) return;
  await storeStatus(db, credential_id, describeOutcome(outcome));
}
