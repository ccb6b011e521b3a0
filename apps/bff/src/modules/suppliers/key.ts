import { fingerprint, keyHint } from '../../crypto/digest.ts';
import { placeOfSupplierKey } from '../../crypto/sealed-places.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { ProviderConnection } from '../../providers/provider.ts';
import { originOf } from './address.ts';
import type { SealedKey, StoredCredential } from './repository.ts';

/** Seals a key for a row and its host. Before the transaction: the vault reads its data key on a connection of its own. */
export async function sealKey(vault: Pick<Vault, 'seal'>, tenant_id: string, row: { id: string; base_url: string }, api_key: string): Promise<SealedKey> {
  const sealed_key = await vault.seal(placeOfSupplierKey(tenant_id, row.id, originOf(row.base_url)), api_key);
  return { sealed_key, key_hint: keyHint(api_key), key_fingerprint: fingerprint(api_key) };
}

/** A connection with a key that is not stored yet, revealed to its own origin alone. */
export function connectWith(row: { id: string; base_url: string }, api_key: string | null): ProviderConnection {
  const { id, base_url } = row;
  if (api_key === null) return { base_url, credential: null };
  const revealFor = async (origin: string): Promise<string> => {
    if (origin !== originOf(base_url)) throw new Error('this key is for another origin');
    return api_key;
  };
  return { base_url, credential: { id, revealFor } };
}

/** A connection with the stored key, opened by the vault when the socket asks for it. */
export function connectStored(vault: Pick<Vault, 'open'>, tenant_id: string, row: Pick<StoredCredential, 'id' | 'sealed_key'>, base_url: string): ProviderConnection {
  const { id, sealed_key } = row;
  if (sealed_key === null) return { base_url, credential: null };
  return { base_url, credential: { id, revealFor: (origin) => vault.open(placeOfSupplierKey(tenant_id, id, origin), sealed_key) } };
}
