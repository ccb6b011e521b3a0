import { hash as argon2 } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswordHasher, PasswordBusyError } from './password.ts';

const PASSWORD = 'plum tractor orbit ninety';

describe('password hasher', () => {
  const hasher = createPasswordHasher();

  it('makes argon2id hashes of the chosen cost that only the password opens', async () => {
    const stored = await hasher.hash(PASSWORD);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(stored, PASSWORD)).toBe(true);
    expect(await hasher.verify(stored, `${PASSWORD} `)).toBe(false);
    expect(await hasher.hash(PASSWORD)).not.toBe(stored);
    expect(hasher.needsRehash(stored)).toBe(false);
  });

  it('reads every character: nothing is cut off, NUL and the 256th included', async () => {
    const long = `${'ü'.repeat(255)}a`;
    const stored = await hasher.hash(long);
    expect(await hasher.verify(stored, `${'ü'.repeat(255)}b`)).toBe(false);
    expect(await hasher.verify(await hasher.hash('before\0after'), 'before\0other')).toBe(false);
  });

  it('takes two spellings of one character for the same', async () => {
    expect(await hasher.verify(await hasher.hash('caf\u00e9 au lait, deux'), 'cafe\u0301 au lait, deux')).toBe(true);
  });

  it('asks for a rehash when the cost was another', async () => {
    expect(hasher.needsRehash(await argon2(PASSWORD, { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(hasher.needsRehash(await argon2(PASSWORD, { memoryCost: 19_456, timeCost: 3, parallelism: 1 }))).toBe(true);
    expect(hasher.needsRehash('$2b$12$abcdefghijklmnopqrstuv')).toBe(true);
  });

  it('does the same work for nobody as for somebody', async () => {
    const stored = await hasher.hash(PASSWORD);
    const cpu = { nobody: 0, somebody: 0 };
    for (let round = 0; round < 8; round += 1) {
      for (const who of ['nobody', 'somebody'] as const) {
        const start = process.cpuUsage();
        expect(await hasher.verify(who === 'nobody' ? null : stored, 'wrong password, really')).toBe(false);
        cpu[who] += process.cpuUsage(start).user;
      }
    }
    expect(cpu.nobody / cpu.somebody).toBeGreaterThan(0.5);
    expect(cpu.nobody / cpu.somebody).toBeLessThan(2);
  });

  it('lets 2 in and 16 wait, refuses the rest at once, and then goes on', async () => {
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => hasher.verify(null, PASSWORD)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(40 - 18);
    expect(refused.every(({ reason }) => reason instanceof PasswordBusyError && reason.retry_after_s > 0)).toBe(true);
    expect(await hasher.verify(null, PASSWORD)).toBe(false);
  });

  it('gives its place back when a hash fails', async () => {
    for (let round = 0; round < 4; round += 1) await expect(hasher.verify('no hash', PASSWORD)).rejects.toThrow();
    expect(await hasher.verify(null, PASSWORD)).toBe(false);
  });
});
