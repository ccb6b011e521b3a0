import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json-text.ts';

const refusal = (reason: RegExp) => expect.objectContaining({ error_name: 'INVALID_FORMAT', details: { reason: expect.stringMatching(reason) } });
const thrownBy = (text: string): unknown => {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return error;
  }
};

describe('parseJson', () => {
  it('reads whatever JSON.parse does, within its rules', () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const outcome = thrownBy(text);
      // What it refuses besides is a text that no column can hold, or a key that is no field.
      if (/\\u0000|\\ud[89a-f]|__proto__/i.test(text)) return;
      expect(outcome).toEqual({ value: JSON.parse(text) });
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('refuses many small parts and deep nesting before it parses anything, however the text goes on', () => {
    expect(thrownBy(`[${'0,'.repeat(20_001)}`)).toEqual(refusal(/parts/));
    expect(thrownBy(`{${Array.from({ length: 20_002 }, (_, n) => `"k${n}":0`).join(',')}}`)).toEqual(refusal(/parts/));
    expect(thrownBy('['.repeat(8 * 1024 * 1024))).toEqual(refusal(/nested/));
    expect(parseJson(JSON.stringify({ text: ',[{'.repeat(100_000) }))).toEqual({ text: ',[{'.repeat(100_000) });
    for (const broken of ['"', '{"a":"b', '["\\"', ']']) expect(thrownBy(broken)).toEqual(refusal(/not JSON/));
  });

  it('sees through quotes, escapes and brackets inside texts', () => {
    for (const value of [{ 'a"b': '}{][,:' }, { '\\': '\\"' }, { '\\\\': { '"': '\\\\"' } }, [{ a: 1 }, { a: 1 }], { a: { a: 1 } }, { 'a,b': 1, c: ['a', 'a'] }]) {
      expect(parseJson(JSON.stringify(value))).toEqual(value);
    }
  });

  it.each([
    ['{"a":1,"a":1}', /twice/],
    ['[{"x":{"a":1,"b":2,"a":3}}]', /twice/],
    ['{"\\u0061":1,"a":2}', /twice/],
    ['{"a\\"":1,"a\\"":2}', /twice/],
    ['{"":1,"":2}', /twice/],
    ['{"__proto__":1}', /__proto__/],
    ['[[{"\\u005f_proto__":1}]]', /__proto__/],
    ['"\\u0000"', /NUL/],
    ['{"a":["\\ud800"]}', /half/],
    ['{"\\udc00":1}', /half/],
    ['"\\udc00\\ud800"', /half/],
    [`${'['.repeat(33)}${']'.repeat(33)}`, /deeper/],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, /deeper|not JSON/],
    ['', /not JSON/],
    ['{a:1}', /not JSON/],
    ['NaN', /not JSON/],
    ['"\t"', /not JSON/],
  ])('refuses %.40s', (text, reason) => {
    expect(thrownBy(text)).toEqual(refusal(reason));
  });

  it('takes an escaped pair, and an escape that spells neither', () => {
    expect(parseJson('"\\ud83d\\ude00\\u0001\\\\u0000"')).toBe('\u{1f600}\u0001\\u0000');
  });

  // Measured against JSON.parse in the same breath, in CPU time: a busy machine slows both.
  it.each([
    ['texts', `{"a":[${`"${'x'.repeat(50)}",`.repeat(19_900)}""]}`],
    ['texts before one escape', `{"a":[${`"${'x'.repeat(50)}",`.repeat(19_900)}"\\u0041"]}`],
    ['escaped quotes', `["${'\\"'.repeat(524_000)}"]`],
    ['backslashes', `["${'\\\\'.repeat(524_000)}"]`],
    ['keys', `{${Array.from({ length: 19_900 }, (_, at) => `"${'k'.repeat(44)}${at}":""`).join()}}`],
  ])('takes time in proportion to 1 MiB of %s', (_what, text) => {
    const native = Math.max(1_000, cpuOf(() => JSON.parse(text)));
    expect(cpuOf(() => parseJson(text)) / native).toBeLessThan(40);
  });
});

/** Microseconds of CPU. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
