import { GCM_OVERHEAD_BYTES } from './aes-gcm.ts';

/** Where a secret lives and where it may be sent: all of it is bound to the ciphertext. */
export interface SecretPlace {
  tenant_id: string;
  table: string;
  column: string;
  row_id: string;
  /** `https://api.openai.com`: the only origin it may be sent to; '' for a secret that is never sent. */
  origin: string;
}

const VERSION = 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const KEY_ID_END = 17;

/** `v1|tenant|table|column|row|key id|origin`; throws where a part could be read as two. */
export function placeAad(place: SecretPlace, key_id: string): string {
  const parts = [place.tenant_id, place.table, place.column, place.row_id, key_id];
  if (parts.some((part) => part === '' || part.includes('|'))) throw new TypeError('A part of a secret\'s place is empty or holds "|".');
  return ['v1', ...parts, place.origin].join('|');
}

/** One version byte, the data key's id in 16 bytes, then nonce, ciphertext and tag. */
export function packSealed(key_id: string, box: Buffer): Buffer {
  if (!UUID.test(key_id)) throw new TypeError('A data key\'s id must be a lower-case UUID.');
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(key_id.replaceAll('-', ''), 'hex'), box]);
}

/** The parts of `packSealed`, or null for another version or too few bytes. */
export function unpackSealed(sealed: Buffer): { key_id: string; box: Buffer } | null {
  if (sealed.length < KEY_ID_END + GCM_OVERHEAD_BYTES || sealed[0] !== VERSION) return null;
  const hex = sealed.toString('hex', 1, KEY_ID_END);
  const key_id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { key_id, box: sealed.subarray(KEY_ID_END) };
}
