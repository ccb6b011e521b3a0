/** An unwrapped data key; `bytes` are zeroed the moment it is dropped. */
export interface CachedKey {
  readonly tenant_id: string;
  readonly bytes: Buffer;
  readonly until: number;
}

export interface DataKeyCache {
  find(id: string): CachedKey | null;
  put(id: string, tenant_id: string, bytes: Buffer): void;
  forget(tenant_id: string): void;
  /** Grows with every `forget`: a load that began before one must not end in the cache. */
  generation(): number;
}

/** Unwrapped data keys in memory: at most `max_keys`, each for at most `max_age_ms`, least recently used out first. */
export function createDataKeyCache(options: { max_keys: number; max_age_ms: number; now: () => number }): DataKeyCache {
  const keys = new Map<string, CachedKey>();
  let generation = 0;

  function drop(id: string, key: CachedKey): void {
    key.bytes.fill(0);
    keys.delete(id);
  }

  return {
    generation: () => generation,
    find(id) {
      const key = keys.get(id);
      if (key === undefined) return null;
      if (key.until <= options.now()) {
        drop(id, key);
        return null;
      }
      keys.delete(id);
      keys.set(id, key);
      return key;
    },
    put(id, tenant_id, bytes) {
      const before = keys.get(id);
      if (before !== undefined) drop(id, before);
      keys.set(id, { tenant_id, bytes, until: options.now() + options.max_age_ms });
      for (const [oldId, old] of keys) {
        if (keys.size <= options.max_keys) break;
        drop(oldId, old);
      }
    },
    forget(tenant_id) {
      generation += 1;
      for (const [id, key] of keys) if (key.tenant_id === tenant_id) drop(id, key);
    },
  };
}
