import { expect, it } from 'vitest';
import { hashRecoveryCode, newRecoveryCode } from './recovery-code.ts';

it('makes codes of sixteen characters that nobody mistakes, each another', () => {
  const codes = Array.from({ length: 200 }, newRecoveryCode);
  for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

it('reads a code as people type it, and as one person’s alone', () => {
  const hash = hashRecoveryCode('ada', '0k1m-2n3p-4q5r-6s7t');
  for (const typed of ['0K1M-2N3P-4Q5R-6S7T', '0k1m 2n3p 4q5r 6s7t', 'ok1m2n3p4q5r6s7t', 'oklm2n3p4q5r6s7t', 'OKIM2N3P4Q5R6S7T']) expect(hashRecoveryCode('ada', typed)).toEqual(hash);
  for (const other of ['0k1m-2n3p-4q5r-6s7v', '0k1m-2n3p-4q5r']) expect(hashRecoveryCode('ada', other)).not.toEqual(hash);
  expect(hashRecoveryCode('ben', '0k1m-2n3p-4q5r-6s7t')).not.toEqual(hash);
});
