import { createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';
import { decodeKey, findIdFault, findKeyFault, MASTER_KEY_BYTES } from './master-key.ts';

export interface WrappedSecret {
  master_key_id: string;
  wrapped: Buffer;
}

/** The operator's master keys, newest first. Keys never leave it. */
export interface Keyring {
  readonly active_id: string;
  readonly ids: readonly string[];
  /** HKDF-SHA-256 (RFC 5869) of one master key, the active one unless named; one purpose, one result. */
  deriveBytes(purpose: string, length: number, master_key_id?: string): Buffer;
  /** AES-256-GCM under the active key, bound to `aad`. */
  wrap(aad: string, plaintext: Buffer): WrappedSecret;
  /** Opens what `wrap` made; throws KeyringError for an unknown key, another aad or a changed byte. */
  unwrap(aad: string, master_key_id: string, wrapped: Buffer): Buffer;
}

export class KeyringError extends Error {
  override name = 'KeyringError';
}

const HOW = 'Make one with `npm run lyss -- keys generate`, or set LYSS_MASTER_KEYS=k1:$(openssl rand -base64 32).';

/** Reads `k2:<base64>,k1:<base64>`, the first one active; throws KeyringError naming every fault and no key. */
export function parseKeyring(text: string): Keyring {
  const entries = text.split(',').map((entry) => entry.trim());
  if (text.trim() === '') throw new KeyringError(`LYSS_MASTER_KEYS is missing. ${HOW}`);
  const keys = new Map<string, Buffer>();
  const faults = entries.map((entry, index) => readEntry(entry, `key ${index + 1}`, keys)).filter((fault) => fault !== null);
  if (faults.length > 0) throw new KeyringError(`LYSS_MASTER_KEYS: ${faults.join('; ')}. ${HOW}`);
  return createKeyring(keys);
}

/** The text of a new keyring with one random key, for the data folder of a first start. */
export function generateKeyringText(): string {
  return `k1:${randomBytes(MASTER_KEY_BYTES).toString('base64')}`;
}

/** A value to store beside the data: it proves which key sealed it and tells nothing about the key. */
export function makeCheckValue(keyring: Keyring): string {
  return `${keyring.active_id}:${checkBytes(keyring, keyring.active_id).toString('base64url')}`;
}

/** Whether this keyring still holds the very key that `stored` was made with. */
export function verifyCheckValue(keyring: Keyring, stored: string): boolean {
  const [id = '', value = ''] = stored.split(':');
  if (!keyring.ids.includes(id)) return false;
  const expected = checkBytes(keyring, id);
  const given = Buffer.from(value, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function readEntry(entry: string, place: string, keys: Map<string, Buffer>): string | null {
  const colon = entry.indexOf(':');
  const id = entry.slice(0, Math.max(colon, 0));
  const idFault = findIdFault(id);
  // The place, not the text: without a colon the whole entry may be the key.
  if (idFault !== null) return `${place} ${idFault}`;
  const key = decodeKey(entry.slice(colon + 1));
  if (key === null) return `${place} (${id}) is not base64`;
  const fault = findKeyFault(key);
  if (fault !== null) return `${place} (${id}) ${fault}`;
  if (keys.has(id)) return `${place} repeats the id ${id}`;
  if ([...keys.values()].some((other) => other.equals(key))) return `${place} (${id}) repeats the key of another id`;
  keys.set(id, key);
  return null;
}

function createKeyring(raw: Map<string, Buffer>): Keyring {
  const masters = new Map([...raw].map(([id, key]) => [id, createSecretKey(key)]));
  for (const key of raw.values()) key.fill(0);
  const wrappers = new Map([...masters].map(([id, master]) => [id, createSecretKey(derive(master, 'wrap', MASTER_KEY_BYTES))]));
  const ids = [...masters.keys()];
  const active_id = ids[0] ?? '';

  return {
    active_id,
    ids,
    deriveBytes: (purpose, length, id = active_id) => derive(pick(masters, id), `derive|${purpose}`, length),
    wrap: (aad, plaintext) => ({ master_key_id: active_id, wrapped: encrypt(pick(wrappers, active_id), wrapAad(active_id, aad), plaintext) }),
    unwrap(aad, id, wrapped) {
      const opened = decrypt(pick(wrappers, id), wrapAad(id, aad), wrapped);
      if (opened === null) throw new KeyringError(`Master key ${id} does not open this secret: another key, another place, or changed bytes.`);
      return opened;
    },
  };
}

function pick(keys: Map<string, KeyObject>, id: string): KeyObject {
  const key = keys.get(id);
  if (key === undefined) throw new KeyringError(`LYSS_MASTER_KEYS holds no key with the id ${JSON.stringify(id)}: put it back, after the active one.`);
  return key;
}

function derive(master: KeyObject, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `lyss|v1|${purpose}`, length));
}

function wrapAad(id: string, aad: string): string {
  return `v1|${id}|${aad}`;
}

function checkBytes(keyring: Keyring, id: string): Buffer {
  return keyring.deriveBytes('check value', MASTER_KEY_BYTES, id);
}
