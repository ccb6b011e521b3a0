import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNano, toNano } from './nano.ts';
import { affordableOutput, clampCounted, costOf, worstCostOf } from './price.ts';

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

describe('what a call may cost', () => {
  const decimal = fc.integer({ min: 0, max: 2_000_000 }).map((thousandths) => (thousandths / 1_000).toFixed(3));
  const price = fc.record({ input: decimal, output: decimal, cached_input: fc.option(decimal), currency: fc.constant('USD') });
  const tokens = fc.integer({ min: 0, max: 2_000_000 });

  it('is never passed by what it is charged, whatever its supplier says', () => {
    fc.assert(
      fc.property(price, tokens, tokens, fc.nat(), fc.nat(), fc.nat(), (at, input_tokens, output_tokens, saidInput, saidOutput, saidCached) => {
        const charged = clampCounted(counted(saidInput, saidOutput, saidCached), { input_tokens, output_tokens });
        return costOf(charged, at) <= worstCostOf(input_tokens, output_tokens, at);
      }),
    );
  });

  it('buys so many output tokens that the whole fits what was granted, and one more would not', () => {
    fc.assert(
      fc.property(price, tokens, fc.bigInt({ min: 0n, max: 10n ** 15n }), (at, input_tokens, granted) => {
        const bought = affordableOutput(granted, input_tokens, at);
        if (bought === Number.POSITIVE_INFINITY) return toNano(at.output) === 0n;
        const fits = bought === 0 || worstCostOf(input_tokens, bought, at) <= granted;
        return fits && worstCostOf(input_tokens, bought + 2, at) > granted;
      }),
    );
  });

  it('marks what was cut off', () => {
    expect(clampCounted(counted(100, 50, 100), { input_tokens: 10, output_tokens: 60 })).toEqual({ input_tokens: 27, output_tokens: 50, cached_tokens: 27, reasoning_tokens: 0, estimated: true });
    expect(clampCounted(counted(11, 50), { input_tokens: 10, output_tokens: 50 })).toMatchObject({ estimated: false });
  });
});
