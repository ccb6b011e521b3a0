import { listForms } from './forms.ts';

/** Something that must lie nowhere. */
export interface Secret {
  kind: string;
  bytes: Buffer;
}

export interface Finding {
  secret: Secret;
  form: string;
  /** Bytes from the beginning of what was searched. */
  at: number;
}

interface Needle {
  secret: Secret;
  form: string;
  bytes: Buffer;
}

/** Of a secret that is shorter nobody could tell whether it is one or chance. */
export const LEAST_BYTES = 12;
const BASE = 0x01_00_01_93;
const FILTER_BITS = 24;
const OUT = power(BASE, LEAST_BYTES - 1);

function power(base: number, exponent: number): number {
  return exponent === 0 ? 1 : Math.imul(base, power(base, exponent - 1));
}

function hashStart(bytes: Buffer): number {
  let hash = 0;
  for (let index = 0; index < LEAST_BYTES; index += 1) hash = (Math.imul(hash, BASE) + (bytes[index] ?? 0)) | 0;
  return hash;
}

const place = (hash: number) => hash >>> (32 - FILTER_BITS);

/** Looks for every form of every secret in one pass (Rabin and Karp, 1987). Throws for a secret that is too short. */
export function createSearch(secrets: readonly Secret[]): (text: Buffer) => Finding[] {
  const starts = new Map<number, Needle[]>();
  const filter = new Uint8Array(2 ** FILTER_BITS);
  for (const secret of secrets) {
    if (secret.bytes.length < LEAST_BYTES) throw new RangeError(`a ${secret.kind} of ${secret.bytes.length} bytes cannot be told from chance`);
    for (const { form, bytes } of listForms(secret.bytes)) {
      const hash = hashStart(bytes);
      const started = starts.get(hash);
      if (started) started.push({ secret, form, bytes });
      else starts.set(hash, [{ secret, form, bytes }]);
      filter[place(hash)] = 1;
    }
  }
  return (text) => [...scan(text, filter, starts)];
}

function* scan(text: Buffer, filter: Uint8Array, starts: ReadonlyMap<number, Needle[]>): Generator<Finding> {
  if (text.length < LEAST_BYTES) return;
  let hash = hashStart(text);
  for (let at = 0; ; at += 1) {
    if (filter[place(hash)] === 1) {
      for (const { secret, form, bytes } of starts.get(hash) ?? []) {
        if (text.compare(bytes, 0, bytes.length, at, Math.min(at + bytes.length, text.length)) === 0) yield { secret, form, at };
      }
    }
    if (at + LEAST_BYTES >= text.length) return;
    hash = (Math.imul(hash - Math.imul(text[at] ?? 0, OUT), BASE) + (text[at + LEAST_BYTES] ?? 0)) | 0;
  }
}
