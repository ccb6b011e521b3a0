/** The console's policy (security.md): scripts only by nonce, no raw HTML sinks, nothing from another origin. */
export function consolePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const YEAR_S = 31_536_000;

/** Sets what every answer carries; a policy that the answer brought itself stays. `trusted`: https, or loopback, which browsers trust as much. */
export function setSecurityHeaders(headers: Headers, { https, trusted }: { https: boolean; trusted: boolean }): void {
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', apiPolicy);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'no-referrer');
  // Elsewhere browsers ignore it, and write an error into every page's console.
  if (trusted) headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()');
  if (https) headers.set('strict-transport-security', `max-age=${YEAR_S}; includeSubDomains`);
}
