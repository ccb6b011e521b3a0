import { useSyncExternalStore } from 'react';

// Under 760 px a table cannot be used; it becomes two-line cards.
const query = '(max-width: 759.98px)';

function subscribe(changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** Whether the window is phone-wide (under 760 px). */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
