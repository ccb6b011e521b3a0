import { createDecipheriv, hkdfSync } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface Wrapped {
  master_key_id: string;
  wrapped: Buffer;
  /** What it is bound to. */
  aad: string;
}

/** `k2:<base64>,k1:<base64>` by id. */
export function readMasterKeys(text: string): Map<string, Buffer> {
  return new Map(text.trim().split(',').map((entry) => [entry.slice(0, entry.indexOf(':')), Buffer.from(entry.slice(entry.indexOf(':') + 1), 'base64')]));
}

/** Opens what is sealed under a master key, written anew from the format: it shares no code with what sealed it. Throws where it does not open. */
export function unwrap(masters: ReadonlyMap<string, Buffer>, { master_key_id, wrapped, aad }: Wrapped): Buffer {
  const master = masters.get(master_key_id);
  if (!master) throw new Error(`no master key ${master_key_id}`);
  const key = Buffer.from(hkdfSync('sha256', master, '', 'lyss|v1|wrap', KEY_BYTES));
  const opener = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  opener.setAAD(Buffer.from(`v1|${master_key_id}|${aad}`));
  opener.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
  return Buffer.concat([opener.update(wrapped.subarray(NONCE_BYTES, wrapped.length - TAG_BYTES)), opener.final()]);
}
