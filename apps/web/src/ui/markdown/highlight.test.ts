import { describe, expect, it } from 'vitest';
import { loadColour } from './highlight.ts';
import { findLanguage, languages } from './languages.ts';

const code = 'const a: string = `x\n${1 + 1} y`; // done\n/* open\nstill */ let b = 2;\n';

describe('colouring', () => {
  it('knows fourteen languages, under the names people write', () => {
    expect(Object.keys(languages)).toHaveLength(14);
    expect([findLanguage('ts'), findLanguage('TSX title="a"'), findLanguage('c++'), findLanguage('py{1,3}'), findLanguage('mermaid'), findLanguage('constructor'), findLanguage('')]).toEqual(['typescript', 'tsx', 'c', 'python', null, null, null]);
  });

  it('loses no letter and names roles, not colours', async () => {
    const colour = await loadColour('typescript');
    const lines = colour(code);
    expect(lines.map((line) => line.map((piece) => piece.text).join('')).join('\n')).toBe(code.trimEnd());
    expect(new Set(lines.flat().map((piece) => piece.tone))).toContain('keyword');
    for (const { tone } of lines.flat()) expect(tone).toMatch(/^[a-z-]*$/);
  });

  it('colours growing code as it colours the whole, and keeps the lines it has', async () => {
    const [growing, whole] = [await loadColour('typescript'), await loadColour('typescript')];
    for (let end = 1; end < code.length; end += 1) growing(code.slice(0, end));
    expect(growing(code)).toEqual(whole(code));
    const before = growing(code);
    expect(growing(`${code}let c;`)[0]).toBe(before[0]);
  });

  it('loads every language it names', async () => {
    for (const lang of Object.keys(languages)) expect(await loadColour(lang), lang).toBeTypeOf('function');
  }, 30_000);
});
