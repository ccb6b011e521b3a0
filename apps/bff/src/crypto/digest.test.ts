import { afterEach, describe, expect, it, vi } from 'vitest';
import { equalsConstantTime, fingerprint, hmac, keyHint, newId, randomToken, sha256, sha256Hex } from './digest.ts';

afterEach(() => vi.useRealTimers());

describe('digests', () => {
  it('agree with the published vectors', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('abc').toString('hex')).toBe(sha256Hex('abc'));
    // RFC 4231, case 2.
    expect(hmac('Jefe', 'what do ya want for nothing?').toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('compare texts of any length', () => {
    expect(equalsConstantTime('abc', Buffer.from('abc'))).toBe(true);
    for (const other of ['abd', 'ab', 'abcd', '']) expect(equalsConstantTime('abc', other)).toBe(false);
  });

  it('make tokens of 256 bits, none twice', () => {
    expect(randomToken()).toMatch(/^[\w-]{43}$/);
    expect(new Set(Array.from({ length: 100 }, () => randomToken())).size).toBe(100);
    expect(Buffer.from(randomToken(16), 'base64url')).toHaveLength(16);
  });
});

describe('newId', () => {
  it('is a UUIDv7 of this moment', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const ms = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('only ever grows: within a millisecond, past a full counter, and when the clock goes back', () => {
    vi.useFakeTimers({ now: Date.now() + 1_000 });
    const ids = Array.from({ length: 20_000 }, () => newId());
    vi.setSystemTime(Date.now() - 3_600_000);
    ids.push(...Array.from({ length: 100 }, () => newId()));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what people see of a secret', () => {
  it.each([
    ['sk-abcdefghijklmnopqrstc4f2', 'sk-…c4f2'],
    ['sk-ant-api03-abcdefghijklmnop9Zx_', 'sk-ant-…9Zx_'],
    ['AIzaSyA1234567890abcdefghij', 'AIza…ghij'],
    ['0123456789abcdef01234567', '…4567'],
    ['sk-short', '…'],
    ['sk-abcdefghijkc4f2', '…'],
    ['', '…'],
    ['sk-abcdefghijklmnopqrst\n\u202ef2', '…'],
  ])('hint of %j is %j', (secret, hint) => expect(keyHint(secret)).toBe(hint));

  it('is a fingerprint that tells keys apart and is no stored hash', () => {
    expect(fingerprint('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint('a')).not.toBe(fingerprint('b'));
    expect(sha256Hex('a').startsWith(fingerprint('a'))).toBe(false);
  });
});
