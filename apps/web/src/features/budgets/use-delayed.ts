import { useEffect, useState } from 'react';

const PAUSE_MS = 400;

/** What was typed, once nobody has typed for a moment. */
export function useDelayed<T>(value: T): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
