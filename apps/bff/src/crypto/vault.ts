import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';
import { createDataKeyCache, type DataKeyCache } from './data-key-cache.ts';
import { newId } from './digest.ts';
import type { Keyring } from './keyring.ts';
import { packSealed, placeAad, unpackSealed, type SecretPlace } from './sealed-format.ts';

export type { SecretPlace } from './sealed-format.ts';

export interface WrappedDataKey {
  id: string;
  tenant_id: string;
  master_key_id: string;
  wrapped: Buffer;
}

/** Where wrapped data keys are kept; both look only among the tenant's own. */
export interface DataKeyStore {
  findActive(tenant_id: string): Promise<WrappedDataKey | null>;
  find(tenant_id: string, key_id: string): Promise<WrappedDataKey | null>;
}

export interface Vault {
  /** A new data key, wrapped; the caller inserts it in its own transaction. */
  newDataKey(tenant_id: string): WrappedDataKey;
  /** Seals under the tenant's active data key, or under `key` when it is not committed yet. */
  seal(place: SecretPlace, plaintext: string, key?: WrappedDataKey): Promise<Buffer>;
  /** Opens what was sealed for exactly this place; throws VaultError otherwise. */
  open(place: SecretPlace, sealed: Buffer): Promise<string>;
  /** The same secret under the tenant's active data key, for rotation; null where it is already. Nobody gets to see it. */
  reseal(place: SecretPlace, sealed: Buffer): Promise<Buffer | null>;
  /** The same data key under the active master key, for rotation. */
  rewrapDataKey(key: WrappedDataKey): WrappedDataKey;
  /** Drops and zeroes the tenant's keys from memory, here and now. */
  forget(tenant_id: string): void;
}

export class VaultError extends Error {
  override name = 'VaultError';
  readonly reason: 'no_data_key' | 'not_opened';

  constructor(reason: 'no_data_key' | 'not_opened') {
    super(reason === 'no_data_key' ? 'The tenant has no such data key.' : 'The secret does not open in this place.');
    this.reason = reason;
  }
}

const DATA_KEY_BYTES = 32;
/** A key destroyed by another replica is out of this one's memory after a minute at the latest. */
const DEFAULTS = { max_keys: 1024, max_age_ms: 60_000, now: Date.now };

/** Secrets at rest: AES-256-GCM under tenant data keys, which are wrapped by the master key (NIST SP 800-38D). */
export function createVault(keyring: Keyring, store: DataKeyStore, options: Partial<typeof DEFAULTS> = {}): Vault {
  const cache = createDataKeyCache({ ...DEFAULTS, ...options });
  const withKey = createKeyOpener(keyring, cache);
  const vault: Vault = {
    async seal(place, plaintext, given) {
      // UTF-8 has no lone surrogates: the secret would come back as another one.
      if (!plaintext.isWellFormed()) throw new TypeError('A secret must be well-formed text.');
      const key = given ?? (await store.findActive(place.tenant_id));
      if (key === null) throw new VaultError('no_data_key');
      return withKey(place.tenant_id, key.id, async () => key, (bytes) =>
        packSealed(key.id, encrypt(bytes, placeAad(place, key.id), Buffer.from(plaintext, 'utf8'))));
    },
    async open(place, sealed) {
      const parts = unpackSealed(sealed);
      if (parts === null) throw new VaultError('not_opened');
      const { key_id, box } = parts;
      const opened = await withKey(place.tenant_id, key_id, () => store.find(place.tenant_id, key_id), (bytes) =>
        decrypt(bytes, placeAad(place, key_id), box));
      if (opened === null) throw new VaultError('not_opened');
      return opened.toString('utf8');
    },
    async reseal(place, sealed) {
      const key = await store.findActive(place.tenant_id);
      if (key === null) throw new VaultError('no_data_key');
      return unpackSealed(sealed)?.key_id === key.id ? null : vault.seal(place, await vault.open(place, sealed), key);
    },
    newDataKey: (tenant_id) => wrapKey(keyring, { id: newId(), tenant_id }, randomBytes(DATA_KEY_BYTES)),
    rewrapDataKey: (key) => wrapKey(keyring, key, unwrapKey(keyring, key)),
    forget: cache.forget,
  };
  return vault;
}

type Load = () => Promise<WrappedDataKey | null>;

/** Opens a data key from memory or by `load`. `use` runs in the same tick: later, another load may have zeroed the key. */
function createKeyOpener(keyring: Keyring, cache: DataKeyCache) {
  return async function withKey<T>(tenant_id: string, id: string, load: Load, use: (bytes: Buffer) => T): Promise<T> {
    const known = cache.find(id);
    if (known !== null && known.tenant_id === tenant_id) return use(known.bytes);
    const generation = cache.generation();
    const wrapped = await load();
    if (wrapped === null || wrapped.tenant_id !== tenant_id || wrapped.id !== id) throw new VaultError('no_data_key');
    const bytes = unwrapKey(keyring, wrapped);
    try {
      return use(bytes);
    } finally {
      if (generation === cache.generation()) cache.put(id, tenant_id, bytes);
      else bytes.fill(0);
    }
  };
}

function wrapKey(keyring: Keyring, { id, tenant_id }: { id: string; tenant_id: string }, bytes: Buffer): WrappedDataKey {
  const wrapped = { id, tenant_id, ...keyring.wrap(wrapAad({ id, tenant_id }), bytes) };
  bytes.fill(0);
  return wrapped;
}

function unwrapKey(keyring: Keyring, key: WrappedDataKey): Buffer {
  return keyring.unwrap(wrapAad(key), key.master_key_id, key.wrapped);
}

function wrapAad(key: { id: string; tenant_id: string }): string {
  return `data key|${key.tenant_id}|${key.id}`;
}
