const KEY = 'lyss.reloaded_at';
const AGAIN_MS = 20_000;

// Where nothing can be noted, every page would look like the first: better the failure than a circle.
function noteReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < AGAIN_MS) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

/**
 * A page that was open while a new release came asks for files that are gone. It loads itself anew, once: where
 * that does not help, the failure is shown instead of turning in circles.
 */
export function followReleases(reload: () => void = () => location.reload()): () => void {
  function missing(event: Event) {
    if (!navigator.onLine || !noteReload()) return;
    event.preventDefault();
    reload();
  }
  addEventListener('vite:preloadError', missing);
  return () => removeEventListener('vite:preloadError', missing);
}
