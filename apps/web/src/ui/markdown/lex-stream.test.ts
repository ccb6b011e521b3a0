import fc from 'fast-check';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { lex, normalise } from './lex.ts';
import type { Stream } from './lex-stream.ts';
import { emptyStream, lexStream } from './lex-stream.ts';

const pieces = fc.constantFrom(
  'word ', '粗体', '\n', '\n\n', '- item\n', '1. one\n', '> quote\n', '**bold** ', '*em* ', '`code` ', '```ts\nlet a = 1\n```\n', '```\n', '| a | b |\n|---|---|\n| 1 | 2 |\n', '$x$ ', '$$\ny\n$$\n', '# head\n', '---\n', '[l](https://a.b) ', '<div>', '<!-- ', '    indented\n', '\r\n', '  ', '===\n', '&amp;', '\\', '- [ ] todo\n', '* * *\n', '[never used]: https://a.b\n', '"title"\n', '[open](https://a',
);

function read(text: string, steps: readonly number[]): Stream {
  let stream = emptyStream;
  let at = 0;
  for (const step of steps) {
    at = Math.min(text.length, at + step);
    stream = lexStream(stream, text.slice(0, at));
  }
  return lexStream(stream, text);
}

describe('lexStream', () => {
  it('freezes only what a reading of the whole text finds in the same place', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }), (parts, steps) => {
        const text = parts.join('');
        const { frozen, frozenTokens } = read(text, steps);
        const { tokens: whole, definitions } = lex(normalise(text));
        expect(normalise(text).startsWith(frozen)).toBe(true);
        expect(frozenTokens.map((token) => token.raw).join('')).toBe(frozen);
        const found = whole.slice(0, frozenTokens.length);
        const toShape = (token: Token) => [token.type, token.raw];
        expect(frozenTokens.map(toShape)).toEqual(found.map(toShape));
        // Links by name are found at the end of the stream, when every definition is known; all else is the same already.
        if (definitions === '') expect(frozenTokens).toEqual(found);
      }),
      { numRuns: 600 },
    );
  });

  it('keeps frozen tokens as they are and reads only the rest', () => {
    const first = lexStream(emptyStream, 'one\n\ntwo\n\nthree');
    const second = lexStream(first, 'one\n\ntwo\n\nthree and more\n\nfour');
    expect(first.frozenTokens.length).toBeGreaterThan(0);
    expect(second.tokens[0]).toBe(first.tokens[0]);
  });

  it.each(['[\n\n---\n---\n$$\n\n***\\**word ', '[*\\_[\n```\n![a](b**- ```\n```\n\n\n[*', '---\n$$*[| a |\n|---|\n---\n$$$---\n$$'])('freezes no block that mending changed: %j', (text) => {
    const { frozen } = lexStream(emptyStream, text);
    expect(text.startsWith(frozen)).toBe(true);
  });

  it('starts afresh for another text', () => {
    const first = lexStream(emptyStream, 'one\n\ntwo\n\nthree');
    expect(lexStream(first, 'other').tokens).toMatchObject([{ type: 'paragraph', text: 'other' }]);
  });

  it('closes for the eye what is still open', () => {
    expect(lexStream(emptyStream, 'so **bold').tokens).toMatchObject([{ tokens: [{ text: 'so ' }, { type: 'strong', text: 'bold' }] }]);
    expect(lexStream(emptyStream, 'see [the page](https://a.b/lo').tokens).toMatchObject([{ text: 'see the page' }]);
  });
});
