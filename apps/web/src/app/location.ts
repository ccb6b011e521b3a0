import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}

/** The path of the page, for those that live outside the router: sign-in, set-up, invitation. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** Goes to another page outside the router, with a history entry, and tells whoever follows it. `state` goes along, and into no address. */
export function openAddress(address: string, state: unknown = null): void {
  history.pushState(state, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Replaces the address without a new history entry, and tells whoever follows it. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}
