import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNano, toNano } from '../../../nano.ts';
import { costOf } from './cost.ts';

const counted = (input_tokens: number, output_tokens: number, cached_tokens = 0) => ({ input_tokens, output_tokens, cached_tokens, reasoning_tokens: 0, estimated: false });

describe('money', () => {
  it('goes from text to nano-units and back without loss', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (nano) => toNano(fromNano(nano)) === nano));
  });

  it('is written without trailing zeros', () => {
    expect([fromNano(0n), fromNano(1_375_000n), fromNano(2_000_000_000n), fromNano(1n)]).toEqual(['0', '0.001375', '2', '0.000000001']);
  });

  it('costs input, cached input and output at their own prices per million', () => {
    const price = { input: '2', output: '8', cached_input: '0.5', currency: 'USD' };
    expect(fromNano(costOf(counted(1_000_000, 1_000_000), price))).toBe('10');
    expect(fromNano(costOf(counted(1_000_000, 0, 400_000), price))).toBe('1.4');
    expect(fromNano(costOf(counted(1_000, 500), { ...price, cached_input: null }))).toBe('0.006');
  });

  it('rounds a fraction of a nano-unit up, and counts no more cached tokens than there were', () => {
    expect(costOf(counted(1, 0), { input: '0.0001', output: '0', cached_input: null, currency: 'USD' })).toBe(1n);
    expect(costOf(counted(10, 0, 99), { input: '1', output: '0', cached_input: '0', currency: 'USD' })).toBe(0n);
  });
});
