const KEY = 'lyss.reloaded_at';
const AGAIN_MS = 20_000;

/**
 * A page that was open while a new release came asks for files that are gone. It loads itself anew, once: where
 * that does not help, the failure is shown instead of turning in circles.
 */
export function followReleases(reload: () => void = () => location.reload()): () => void {
  function missing(event: Event) {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < AGAIN_MS || !navigator.onLine) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    reload();
  }
  addEventListener('vite:preloadError', missing);
  return () => removeEventListener('vite:preloadError', missing);
}
