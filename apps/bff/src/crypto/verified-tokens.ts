/** Claims of tokens that were verified a moment ago, by SHA-256; never longer than `max_age_ms`. */
export interface VerifiedTokens<Claims> {
  find(digest: string): Claims | null;
  put(digest: string, claims: Claims): void;
}

export function createVerifiedTokens<Claims>(options: { max_tokens: number; max_age_ms: number; now: () => number }): VerifiedTokens<Claims> {
  const tokens = new Map<string, { claims: Claims; until: number }>();
  return {
    find(digest) {
      const entry = tokens.get(digest);
      if (entry === undefined) return null;
      tokens.delete(digest);
      if (entry.until <= options.now()) return null;
      tokens.set(digest, entry);
      return entry.claims;
    },
    put(digest, claims) {
      tokens.delete(digest);
      tokens.set(digest, { claims, until: options.now() + options.max_age_ms });
      const oldest = tokens.keys().next();
      if (tokens.size > options.max_tokens && !oldest.done) tokens.delete(oldest.value);
    },
  };
}
