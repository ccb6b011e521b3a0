import { createHash, createHmac, hash, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';

type Bytes = string | Buffer;

export function sha256(input: Bytes): Buffer {
  return createHash('sha256').update(input).digest();
}

export function sha256Hex(input: Bytes): string {
  return hash('sha256', input, 'hex');
}

export interface Sha256 {
  add(bytes: Uint8Array): void;
  /** Ends it. */
  hex(): string;
}

/** A SHA-256 over what comes bit by bit. */
export function startSha256(): Sha256 {
  const digest = createHash('sha256');
  return { add: (bytes) => void digest.update(bytes), hex: () => digest.digest('hex') };
}

/** HMAC-SHA-256 (RFC 2104). */
export function hmac(key: Bytes, input: Bytes): Buffer {
  return createHmac('sha256', key).update(input).digest();
}

/** `bytes` random bytes as base64url without padding: 32 make 256 bits in 43 characters. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Compares without telling by its time where, or in what length, the two differ. */
export function equalsConstantTime(a: Bytes, b: Bytes): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** 64 bits by which people tell two stored secrets apart; its own prefix keeps it from being a stored token's hash. */
export function fingerprint(secret: string): string {
  return sha256Hex(`lyss|fingerprint|${secret}`).slice(0, 16);
}

const KNOWN_PREFIXES = ['sk-ant-', 'sk-proj-', 'sk-or-', 'sk-', 'lyss_', 'gsk_', 'xai-', 'hf_', 'AIza'];
const SHOWN_CHARACTERS = 4;
/** At least this much of a key stays hidden, or none of it is shown. */
const MIN_HIDDEN_CHARACTERS = 12;

/** A key as the console may show it: `sk-…c4f2`, or `…` when it is short or not plain ASCII. */
export function keyHint(secret: string): string {
  const prefix = KNOWN_PREFIXES.find((known) => secret.startsWith(known)) ?? '';
  const long = secret.length >= prefix.length + MIN_HIDDEN_CHARACTERS + SHOWN_CHARACTERS;
  return long && /^[\x21-\x7e]+$/.test(secret) ? `${prefix}…${secret.slice(-SHOWN_CHARACTERS)}` : '…';
}

const TIME_DIGITS = 12;

/** A UUIDv7 with the time of another id, and nothing else of it: the same for the same id and salt. */
export function deriveId(id: string, salt: string): string {
  const bytes = Buffer.from(id.replaceAll('-', '').slice(0, TIME_DIGITS) + sha256Hex(`${salt}|${id}`).slice(TIME_DIGITS, 32), 'hex');
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x70;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return formatId(bytes);
}

function formatId(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Random bytes are drawn in bulk: one draw per id costs more than the id. */
const pool = Buffer.alloc(4096);
let poolAt = pool.length;
let lastMs = 0;
let counter = 0;

/** A UUIDv7 (RFC 9562, method 1: a 12-bit counter in rand_a): each sorts after the one before it in this process. */
export function newId(): string {
  if (poolAt === pool.length) poolAt = randomFillSync(pool).length - pool.length;
  const bytes = Buffer.from(pool.subarray(poolAt, poolAt + 16));
  poolAt += 16;
  advanceClock(bytes.readUInt16BE(0) & 0x7ff);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return formatId(bytes);
}

/** A new millisecond starts at a random low count; a full one, or a clock that went back, borrows from the next. */
function advanceClock(seed: number): void {
  const now = Date.now();
  if (now > lastMs || counter === 0xfff) {
    lastMs = Math.max(now, lastMs + 1);
    counter = seed;
  } else {
    counter += 1;
  }
}
