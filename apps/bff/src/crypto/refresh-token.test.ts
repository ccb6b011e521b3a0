import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { randomToken } from './digest.ts';
import { createRefreshTokens } from './refresh-token.ts';

const tokens = createRefreshTokens(randomBytes(32));
const SESSION = '01930000-0000-7000-8000-000000000001';
const ANOTHER = '01930000-0000-7000-8000-000000000002';

it('are 256 bits, new each time, with one successor each', () => {
  const made = new Set(Array.from({ length: 100 }, () => tokens.make(SESSION)));
  expect(made.size).toBe(100);
  for (const token of made) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(tokens.succeed(SESSION, token)).toBe(tokens.succeed(SESSION, token));
    expect(made).not.toContain(tokens.succeed(SESSION, token));
  }
  expect(new Set([...made].map((token) => tokens.succeed(SESSION, token))).size).toBe(100);
});

it('say whose they are, along the whole chain, to whoever has the key', () => {
  const first = tokens.make(SESSION);
  const mark = tokens.findMark(first);
  expect(mark).not.toBeNull();
  for (const token of [tokens.make(SESSION), tokens.succeed(SESSION, first), tokens.succeed(SESSION, tokens.succeed(SESSION, first))]) expect(tokens.findMark(token)).toBe(mark);
  expect(tokens.findMark(tokens.make(ANOTHER))).not.toBe(mark);
  expect(createRefreshTokens(randomBytes(32)).findMark(first)).toBeNull();
});

it('are known by every bit: chance, garbage, another character, an ambiguous last one', () => {
  const token = tokens.make(SESSION);
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A';
    expect(tokens.findMark(token.slice(0, at) + other + token.slice(at + 1)), `character ${at}`).toBeNull();
  }
  const same = Buffer.from(token, 'base64url');
  const ambiguous = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].map((last) => token.slice(0, -1) + last).filter((each) => each !== token && Buffer.from(each, 'base64url').equals(same));
  expect(ambiguous.length).toBeGreaterThan(0);
  for (const text of [...ambiguous, '', 'x', `${token}=`, `${token}A`, token.slice(1), randomToken(), 'A'.repeat(4000)]) expect(tokens.findMark(text)).toBeNull();
});
