const BYTES = 16;

/** A random id for this tab's own use and for Idempotency-Keys. `crypto.randomUUID` is not there on plain http off loopback. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
