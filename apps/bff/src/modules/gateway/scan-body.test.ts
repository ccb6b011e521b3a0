import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanBody } from './scan-body.ts';

const scan = (text: string) => scanBody(Buffer.from(text));
const refusal = (text: string | Buffer) => {
  try {
    scanBody(Buffer.from(text));
    return null;
  } catch (error) {
    return (error as { details?: { reason: string } }).details?.reason;
  }
};

/** What the scanner says of a body's members, parsed. */
function readMembers(text: string): Record<string, unknown> {
  const bytes = Buffer.from(text);
  return Object.fromEntries([...scanBody(bytes).members].map(([name, { start, end }]) => [name, JSON.parse(bytes.toString('utf8', start, end)) as unknown]));
}

const shallow = fc.object({ maxDepth: 6, withNullPrototype: false }).filter((value) => !JSON.stringify(value).includes('__proto__'));
// Past the length up to which bodies are parsed as well.
const padding = ' '.repeat(5_000);

describe('scanBody', () => {
  it('finds the members that JSON.parse finds, with their values, however they are spaced', () => {
    fc.assert(
      fc.property(shallow, fc.constantFrom(undefined, 1, '\t'), fc.boolean(), (value, indent, is_long) => {
        const text = JSON.stringify(value, null, indent) + (is_long ? padding : '');
        expect(readMembers(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes no text for structure: quotes, braces and keys in strings, escaped in every way', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', '\\', '{', '}', '"model":', ',', '\\"', '中', '\u{1f600}', 'x'), { maxLength: 30 }), (pieces) => {
        const value = { before: pieces.join(''), model: 'right', after: [pieces.join('')] };
        expect(readMembers(JSON.stringify(value) + padding)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every body that JSON.parse refuses for its structure, at any length', () => {
    fc.assert(
      fc.property(shallow, fc.nat(), fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '1', 'e', '-', 'x', '.'), (value, at, piece) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        // One character is replaced, taken out or put in.
        const broken = text.slice(0, place) + piece + text.slice(place + (at % 2));
        const is_json = (() => {
          try {
            const parsed: unknown = JSON.parse(broken);
            return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
          } catch {
            return false;
          }
        })();
        const reason = refusal(broken + padding);
        if (is_json) expect([null, 'a key stands twice in one object']).toContain(reason);
        // What stands inside a string isn't looked at: escapes that no parser takes change no structure.
        else if (!/\\[^"\\/bfnrtu]|\\u(?![\da-fA-F]{4})/.test(broken)) expect(reason).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['the same key twice, spelled in two ways', '{"model":"a","mod\\u0065l":"b"}', 'a key stands twice in one object'],
    ['the same key twice further inside', '{"a":[{"b":1,"b":2}]}', 'a key stands twice in one object'],
    ['__proto__', '{"a":{"__proto__":1}}', 'the key __proto__ is not accepted'],
    ['__proto__ spelled otherwise', '{"\\u005f_proto__":1}', 'the key __proto__ is not accepted'],
    ['33 levels', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'nested deeper than 32'],
    ['a million levels', `{"a":${'['.repeat(1_000_000)}`, 'nested deeper than 32'],
    ['a list', '[1]', 'not an object'],
    ['nothing', '', 'not an object'],
    ['two bodies', '{}{}', 'not JSON'],
    ['a string that does not end', `{"a":"${'\\'.repeat(9_999)}"`, 'not JSON'],
  ])('refuses %s', (_, text, reason) => expect(refusal(text)).toBe(reason));

  it('refuses bytes that are no UTF-8', () => expect(refusal(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe('not UTF-8'));

  it('weighs addresses that hold a file apart, and counts pictures', () => {
    const { inline_bytes, images } = scan(JSON.stringify({ messages: [{ content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(9_000)}` } }] }] }));
    expect([inline_bytes, images]).toEqual([9_022, 1]);
  });

  it('reads 8 MiB of the worst in less time than a person notices', () => {
    const began = performance.now();
    for (const text of [`{"a":[${'1,'.repeat(4_000_000)}1]}`, `{"a":"${'\\"'.repeat(4_000_000)}"}`, `{"a":[${'{"b":1},'.repeat(1_000_000)}1]}`]) expect(refusal(text)).toBeNull();
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
