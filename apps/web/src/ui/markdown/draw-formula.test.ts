import { describe, expect, it, vi } from 'vitest';
import { drawFormula } from './draw-formula.ts';

// KaTeX looks at the document once, when it is loaded; the test's one has no doctype.
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }));

describe('drawFormula', () => {
  it('builds nodes with the source for screen readers inside', () => {
    const drawn = drawFormula('\\frac{a}{b}', true);
    expect(drawn.querySelector('math annotation')?.textContent).toBe('\\frac{a}{b}');
  });

  it('sets no style attribute, which the CSP would refuse, and keeps what it says', () => {
    const set = vi.spyOn(Element.prototype, 'setAttribute');
    for (const tex of ['\\vec{x}', '\\overbrace{a+b}^{n}', '\\underline{x}', '\\sqrt{x}', '\\widehat{abc}', '\\pmb{x}', '\\fcolorbox{red}{blue}{x}', '\\color{red}x', '\\xrightarrow{abc}', '\\cancel{x}', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}']) {
      const drawn = drawFormula(tex, true);
      expect(drawn.querySelectorAll('[data-held-style]'), tex).toHaveLength(0);
    }
    // happy-dom's CSSOM writes through setAttribute, always with a closing semicolon; KaTeX's own attributes have none.
    expect(set.mock.calls.filter(([name, value]) => name === 'style' && !value.endsWith(';'))).toEqual([]);
    set.mockRestore();
    expect(drawFormula('\\vec{x}', true).querySelector<SVGElement>('svg')?.style.width).toMatch(/em$/);
  });

  it.each(['\\href{javascript:alert(1)}{x}', '\\url{https://evil.example}', '\\includegraphics{https://evil.example/x.png}', '\\htmlClass{shell}{x}', '\\htmlId{root}{x}', '\\htmlStyle{position:fixed}{x}', '\\htmlData{a=b}{x}'])('trusts nothing of %s', (tex) => {
    let drawn: HTMLElement | null = null;
    try {
      drawn = drawFormula(tex, false);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
    expect(drawn?.querySelector('a, img, [href], [src], #root, .shell, [data-a]') ?? null).toBeNull();
  });

  it('refuses what grows without end', () => {
    for (const tex of ['\\def\\a{\\a\\a}\\a', '\\newcommand{\\b}{\\b x}\\b', 'x'.repeat(2001), '{'.repeat(2000), '\\frac']) expect(() => drawFormula(tex, false), tex.slice(0, 20)).toThrow();
  });
});
