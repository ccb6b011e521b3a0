import { canonicalize } from '../../crypto/canonical-json.ts';
import { sha256 } from '../../crypto/digest.ts';

/** What is sealed of an entry: all of it. `tenant_id` is null in the platform's trail. */
export interface SealedEntry {
  tenant_id: string | null;
  id: string;
  at: string;
  actor_user_id: string | null;
  actor_name: string | null;
  action: string;
  resource_type: string;
  resource_id: string | null;
  outcome: string;
  request_id: string;
  address: string;
  details: unknown;
}

export interface Seal {
  seq: number;
  digest: Buffer;
  hash: Buffer;
}

/** What the first seal of a chain follows. */
export const CHAIN_START: Pick<Seal, 'seq' | 'hash'> = { seq: 0, hash: Buffer.alloc(32) };

/** SHA-256 of the entry in canonical JSON (RFC 8785), its fields as the console API names them and `tenant_id`. */
export function digestEntry(entry: SealedEntry): Buffer {
  const { tenant_id, id, at, actor_user_id, actor_name, action, resource_type, resource_id, outcome, request_id, address, details } = entry;
  const actor = actor_user_id === null ? null : { user_id: actor_user_id, name: actor_name };
  return sha256(canonicalize({ tenant_id, id, at, actor, action, resource_type, resource_id, outcome, request_id, address, details }));
}

/** The next link: SHA-256 over the hash before it, its own number (eight bytes, big endian) and the entry's digest. */
export function sealNext(previous: Pick<Seal, 'seq' | 'hash'>, digest: Buffer): Seal {
  const seq = previous.seq + 1;
  return { seq, digest, hash: linkHash(previous.hash, seq, digest) };
}

export function linkHash(previous: Buffer, seq: number, digest: Buffer): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return sha256(Buffer.concat([previous, number, digest]));
}
