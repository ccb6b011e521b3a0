/** 256 bits, the size of an AES-256 key. */
export const MASTER_KEY_BYTES = 32;
/** 32 random bytes hold 30 different values on average; under 16 has a chance of less than 1 in 10^12. */
const MIN_DISTINCT_BYTES = 16;

const ID = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** What is wrong with a key's id, as an order to the operator; null when it is fine. */
export function findIdFault(id: string): string | null {
  return ID.test(id) ? null : 'needs an id of 1–32 letters, digits, "-" or "_", the first a letter, as in "k1:<base64>"';
}

/** Decodes base64 or base64url, padded or not; null when the text is neither. */
export function decodeKey(text: string): Buffer | null {
  return BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** What is wrong with a key's bytes, never quoting them; null when it may guard secrets. */
export function findKeyFault(key: Buffer): string | null {
  if (key.length !== MASTER_KEY_BYTES) return `must decode to exactly ${MASTER_KEY_BYTES} bytes, not ${key.length}`;
  if (key.every((byte) => byte === 0)) return 'is all zeroes';
  if (new Set(key).size < MIN_DISTINCT_BYTES || isProgression(key)) return 'is a pattern, not random';
  // A random key is printable throughout once in 10^13: this one was typed, or copied from a sample.
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'is readable text or a sample, not random';
  return null;
}

function isProgression(key: Buffer): boolean {
  const step = (key.readUInt8(1) - key.readUInt8(0)) & 0xff;
  return key.every((byte, index) => byte === ((key.readUInt8(0) + index * step) & 0xff));
}
