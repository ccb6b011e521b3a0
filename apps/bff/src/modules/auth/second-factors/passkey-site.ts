import type { PasskeySite } from '../../../crypto/passkey.ts';
import { parseIp } from '../../../egress/ip.ts';

/** Where passkeys may be made and used: the public address, by its name. Null for a bare IP address, which WebAuthn ties nothing to. */
export function choosePasskeySite({ public_url, secure_cookies }: { public_url: URL; secure_cookies: boolean }): PasskeySite | null {
  const id = public_url.hostname;
  // Browsers offer WebAuthn over https and on loopback alone.
  if (!secure_cookies || parseIp(id.replace(/^\[|\]$/g, ''))) return null;
  return { id, origins: [public_url.origin] };
}
