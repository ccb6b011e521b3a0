/** The calls that this process makes: their leases are renewed, and what is left of them when it stops is ended. */
export interface HeldCalls {
  add(tenant_id: string, id: string): void;
  remove(id: string): void;
  has(id: string): boolean;
  /** Those whose leases are to be renewed, by tenant. */
  listByTenant(): Map<string, string[]>;
}

/** Longer than any call may take: what is older has been forgotten by whoever made it, and its lease runs out. */
const LONGEST_MS = 30 * 60_000;

export function createHeldCalls(now: () => number = () => performance.now()): HeldCalls {
  const held = new Map<string, { tenant_id: string; since: number }>();
  return {
    add: (tenant_id, id) => void held.set(id, { tenant_id, since: now() }),
    remove: (id) => void held.delete(id),
    has: (id) => held.has(id),
    listByTenant() {
      for (const [id, { since }] of held) if (now() - since > LONGEST_MS) held.delete(id);
      const ids = Map.groupBy(held, ([, { tenant_id }]) => tenant_id);
      return new Map([...ids].map(([tenant_id, calls]) => [tenant_id, calls.map(([id]) => id)]));
    },
  };
}
