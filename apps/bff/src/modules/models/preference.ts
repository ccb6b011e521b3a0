import type { SupplierCredential } from '@lyss/api-types';

export interface Serving {
  id: string;
  enabled: boolean;
  status: SupplierCredential['status'];
  created_at: string;
}

const order: Record<SupplierCredential['status'], number> = { healthy: 0, untested: 1, failing: 2 };

/** Which of two credentials a call takes: what is on before what is off, then healthy, untested, failing, then the older one. */
export function compareServing(a: Serving, b: Serving): number {
  const byState = Number(b.enabled) - Number(a.enabled) || order[a.status] - order[b.status];
  if (byState !== 0) return byState;
  return compareText(a.created_at, b.created_at) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
