import { useEffect, useState } from 'react';

const STALE_AFTER_MS = 60_000;

/** Whether what was fetched at `at` (ms since 1970; 0 for never) is older than a minute. */
export function useStale(at: number): boolean {
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    if (at === 0) return undefined;
    const timer = setTimeout(() => setStale(true), Math.max(0, at + STALE_AFTER_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return stale;
}
