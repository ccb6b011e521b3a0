import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateKeyringText, KeyringError, makeCheckValue, parseKeyring, verifyCheckValue } from './keyring.ts';

const first = randomBytes(32).toString('base64');
const second = randomBytes(32).toString('base64');

function refusal(text: string): string {
  try {
    parseKeyring(text);
  } catch (error) {
    expect(error).toBeInstanceOf(KeyringError);
    return (error as KeyringError).message;
  }
  throw new Error(`accepted ${text}`);
}

describe('parseKeyring', () => {
  it('takes the first key as the active one and keeps the rest', () => {
    const keyring = parseKeyring(` k2:${second}, k1:${first}`);
    expect(keyring.active_id).toBe('k2');
    expect(keyring.ids).toEqual(['k2', 'k1']);
  });

  it('takes what generateKeyringText made, a new key each time, and base64url without padding', () => {
    expect(parseKeyring(generateKeyringText()).active_id).toBe('k1');
    expect(generateKeyringText()).not.toBe(generateKeyringText());
    expect(parseKeyring(`k1:${randomBytes(32).toString('base64url')}`).active_id).toBe('k1');
  });

  it.each([
    ['', 'missing'],
    ['   ', 'missing'],
    [first, 'needs an id'],
    [`:${first}`, 'needs an id'],
    [`k1:${first},`, 'key 2 needs an id'],
    ['k1:', 'not base64'],
    ['k1:CHANGE ME', 'not base64'],
    ['k1:CHANGE_ME', '32 bytes'],
    [`k1:${randomBytes(31).toString('base64')}`, '32 bytes'],
    [`k1:${randomBytes(33).toString('base64')}`, '32 bytes'],
    [`k1:${Buffer.alloc(32).toString('base64')}`, 'all zeroes'],
    [`k1:${Buffer.alloc(32, 7).toString('base64')}`, 'pattern'],
    [`k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64')}`, 'pattern'],
    [`k1:${Buffer.concat([randomBytes(8), Buffer.alloc(24)]).toString('base64')}`, 'pattern'],
    [`k1:${Buffer.from('this-is-a-sample-master-key-0123').toString('base64')}`, 'sample'],
    [`k1:${first},k1:${second}`, 'repeats the id'],
    [`k1:${first},k2:${first}`, 'repeats the key'],
  ])('refuses %#: %s', (text, reason) => {
    const message = refusal(text);
    expect(message).toContain(reason);
    expect(message).toContain('Make one with');
  });

  it('names every fault at once and quotes no key', () => {
    const short = randomBytes(20).toString('base64');
    const message = refusal(`k1:${short},${second},k3:${first},k3:${second}`);
    expect(message).toMatch(/key 1 .*key 2 .*key 4 /);
    for (const key of [short, first, second]) expect(message).not.toContain(key.slice(0, 8));
  });
});

describe('a keyring', () => {
  const keyring = parseKeyring(`k1:${first}`);
  const rotated = parseKeyring(`k2:${second},k1:${first}`);

  it('derives the same bytes for a purpose, and others for another purpose or key', () => {
    expect(keyring.deriveBytes('database role', 32)).toEqual(parseKeyring(`k1:${first}`).deriveBytes('database role', 32));
    expect(keyring.deriveBytes('database role', 32)).not.toEqual(keyring.deriveBytes('other', 32));
    expect(keyring.deriveBytes('database role', 32)).not.toEqual(rotated.deriveBytes('database role', 32));
    expect(keyring.deriveBytes('database role', 32)).toEqual(rotated.deriveBytes('database role', 32, 'k1'));
    expect(keyring.deriveBytes('database role', 48)).toHaveLength(48);
  });

  it('opens what it wrapped, after a rotation too, and never the same bytes twice', () => {
    const one = keyring.wrap('signing key|1', Buffer.from('secret'));
    const two = keyring.wrap('signing key|1', Buffer.from('secret'));
    expect(one.wrapped).not.toEqual(two.wrapped);
    expect(rotated.unwrap('signing key|1', one.master_key_id, one.wrapped).toString()).toBe('secret');
    expect(rotated.wrap('x', Buffer.from('y')).master_key_id).toBe('k2');
  });

  it('does not open under another aad, key, id, nor with any byte flipped', () => {
    const { wrapped } = keyring.wrap('a', Buffer.from('secret'));
    expect(() => keyring.unwrap('b', 'k1', wrapped)).toThrow(KeyringError);
    expect(() => rotated.unwrap('a', 'k2', wrapped)).toThrow(KeyringError);
    expect(() => keyring.unwrap('a', 'k9', wrapped)).toThrow(/"k9"/);
    expect(() => keyring.unwrap('a', 'k1', Buffer.alloc(5))).toThrow(KeyringError);
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => keyring.unwrap('a', 'k1', changed), `byte ${at}`).toThrow(KeyringError);
    }
  });

  it('finds a wrong key by its check value, and takes the right one after a rotation', () => {
    const stored = makeCheckValue(keyring);
    expect(verifyCheckValue(keyring, stored)).toBe(true);
    expect(verifyCheckValue(rotated, stored)).toBe(true);
    expect(verifyCheckValue(parseKeyring(`k1:${second}`), stored)).toBe(false);
    expect(verifyCheckValue(parseKeyring(`k2:${second}`), stored)).toBe(false);
    expect(verifyCheckValue(keyring, '')).toBe(false);
    expect(verifyCheckValue(keyring, 'k1:')).toBe(false);
    expect(stored).not.toContain(first.slice(0, 8));
  });
});
