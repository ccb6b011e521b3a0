import { fingerprint, keyHint } from '../../crypto/digest.ts';
import { placeOfClientSecret } from '../../crypto/sealed-places.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { OutgoingCredential } from '../../egress/fetch.ts';
import type { SealedSecret } from './connection/repository.ts';
import { providerProblem } from './provider/failure.ts';

interface SecretPlaced {
  id: string;
  issuer: string;
  token_origin: string;
}

/** Seals a client secret for a row, its issuer and its token endpoint's origin. Before the transaction: the vault reads on a connection of its own. */
export async function sealSecret(vault: Pick<Vault, 'seal'>, tenant_id: string, { id, issuer, token_origin }: SecretPlaced, secret: string): Promise<SealedSecret> {
  const sealed_secret = await vault.seal(placeOfClientSecret(tenant_id, id, issuer, token_origin), secret);
  return { sealed_secret, secret_hint: keyHint(secret), secret_fingerprint: fingerprint(secret) };
}

/** The stored secret as HTTP Basic (RFC 6749 §2.3.1), opened by the vault when the socket asks for it, and for its origin alone. */
export function secretFor(vault: Pick<Vault, 'open'>, tenant_id: string, row: SecretPlaced & { client_id: string; sealed_secret: Buffer }): OutgoingCredential {
  const { id, issuer, token_origin, client_id, sealed_secret } = row;
  return {
    id,
    async revealFor(origin) {
      if (origin !== token_origin) throw providerProblem('sso_endpoint_moved');
      return vault.open(placeOfClientSecret(tenant_id, id, issuer, token_origin), sealed_secret);
    },
    headers: (secret) => ({ authorization: `Basic ${Buffer.from(`${encodePart(client_id)}:${encodePart(secret)}`).toString('base64')}` }),
  };
}

/** application/x-www-form-urlencoded, which the standard asks for in front of the base64. */
const encodePart = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
