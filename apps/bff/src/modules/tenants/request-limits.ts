import type { Tenancy } from '../../db/tenancy.ts';
import type { TenantLimits } from '../../http/rate-limit.ts';
import { findRequestLimit } from './repository.ts';

// Told at once when it changes (its trigger); the rest is for a notice that was not heard.
const FRESH_MS = 5_000;
const AT_MOST = 20_000;

/** How many requests a minute each tenant may make, as its operator said; null for as many as it likes. */
export function createRequestLimits(tenancy: Tenancy): TenantLimits & { forget(tenant_id: string): void } {
  const known = new Map<string, { limit: Promise<number | null>; read_at: number }>();
  return {
    find(tenant_id) {
      const found = known.get(tenant_id);
      if (found && Date.now() - found.read_at < FRESH_MS) return found.limit;
      if (known.size >= AT_MOST) known.clear();
      const limit = tenancy.withTenant(tenant_id, findRequestLimit);
      known.set(tenant_id, { limit, read_at: Date.now() });
      limit.catch(() => known.delete(tenant_id));
      return limit;
    },
    forget: (tenant_id) => void known.delete(tenant_id),
  };
}
