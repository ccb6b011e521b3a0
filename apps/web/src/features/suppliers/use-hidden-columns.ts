import { useState } from 'react';

const KEY = 'lyss.columns.suppliers';

function readHidden(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** The columns that somebody switched off on this device. */
export function useHiddenColumns(): [hidden: string[], hide: (hidden: string[]) => void] {
  const [hidden, setHidden] = useState(readHidden);
  const hide = (next: string[]) => {
    setHidden(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // A browser without storage forgets the choice; nothing else depends on it.
    }
  };
  return [hidden, hide];
}
