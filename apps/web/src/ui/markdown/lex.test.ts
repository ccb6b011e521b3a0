import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { lex } from './lex.ts';

function find(tokens: readonly Token[], type: string): Token[] {
  return tokens.flatMap((token) => {
    const inside = 'tokens' in token && token.tokens ? find(token.tokens, type) : [];
    const items = token.type === 'list' ? find(token['items'] as Token[], type) : [];
    return [...(token.type === type ? [token] : []), ...inside, ...items];
  });
}

const formulas = (text: string) => find(lex(text).tokens, 'math').map((token) => ('tex' in token ? token['tex'] : null));

describe('formulas', () => {
  it.each([
    ['Euler: $e^{i\\pi}+1=0$.', ['e^{i\\pi}+1=0']],
    ['令$x$为$y$的平方', ['x', 'y']],
    ['\\(a+b\\) and \\[c+d\\]', ['a+b', 'c+d']],
    ['$$\n\\int_0^1 x\\,dx\n$$', ['\\int_0^1 x\\,dx']],
    ['before\n$$x$$\nafter', ['x']],
    ['- item\n\n  $$x^2$$', ['x^2']],
    ['$\\text{成本} = 5$', ['\\text{成本} = 5']],
    ['$5$ is a number', ['5']],
  ])('%j holds %j', (text, expected) => expect(formulas(text)).toEqual(expected));

  it.each(['It costs $5 and $10.', 'US$5–US$10', '$5/$10', 'from $5 to 10$', '价格 $5，优惠后 $3', '价格$5，优惠后$3元', '100$和200$', '`$a$`', '```\n$$x$$\n```', '\\$a\\$', '$ a $', '$a', '$$', '$5M or more$ is a lot'])('%j holds none', (text) => {
    expect(formulas(text)).toEqual([]);
  });
});

describe('emphasis and ranges', () => {
  it('ends bold at Chinese punctuation, as models write it', () => {
    for (const text of ['**粗体：**后文', '前文**“引号”**后文', '**注意（重要）**后文']) expect(find(lex(text).tokens, 'strong'), text).toHaveLength(1);
    expect(find(lex('**a `**` b').tokens, 'strong')).toHaveLength(0);
  });

  it('takes one tilde for a range and two for a deletion', () => {
    expect(find(lex('20~25 或 30~35').tokens, 'del')).toHaveLength(0);
    expect(find(lex('~~gone~~').tokens, 'del')).toHaveLength(1);
  });
});

describe('bare addresses', () => {
  it('end where Chinese prose goes on', () => {
    const hrefs = (text: string) => find(lex(text).tokens, 'link').map((token) => ('href' in token ? token['href'] : null));
    expect(hrefs('见 https://a.b/c。另见（https://d.e/f），以及 https://zh.wikipedia.org/wiki/北京')).toEqual(['https://a.b/c', 'https://d.e/f', 'https://zh.wikipedia.org/wiki/北京']);
  });
});

describe('bounds', () => {
  const long = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));
  const nested = Array.from({ length: 1400 }, (_line, depth) => `${'  '.repeat(depth)}- a`).join('\n');

  it.each(
    Object.entries({
      quotes: long('>'), 'quotes apart': long('> '), brackets: long('['), links: long('[a]('), images: long('![['), emphasis: long('*a '), 'mixed emphasis': long('*_~`[<!$'), bold: long('**粗：'),
      backticks: long('`a'), tags: long('<a '), dollars: long('$$\n'), formulas: long('\\[a\n'), blanks: `a${long(' ')}a`, 'blanks under the limit': `a${' '.repeat(190_000)}a`, paragraphs: long('a\n\n'), nested,
    }),
  )('a lot of %s is read without hanging and without losing a letter', (_name, text) => {
    const start = performance.now();
    const { tokens } = lex(text);
    // 10 ms here when alone; a quadratic reading takes minutes, so the bound is wide on purpose.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(tokens.map((token) => token.raw).join('').length).toBeGreaterThanOrEqual(text.trimEnd().length - 1);
  });

  it('shows what is over the limit as plain text', () => {
    const { tokens } = lex(`${'word '.repeat(40_000)}\n# not a heading`);
    expect(tokens.at(-1)).toMatchObject({ type: 'plain' });
    expect(find(tokens, 'heading')).toHaveLength(0);
  });

  it('shows what is over six thousand lines as plain text, whole lines only', () => {
    const { tokens } = lex('# a\n'.repeat(20_000));
    expect(find(tokens, 'heading')).toHaveLength(6000);
    expect(tokens.map((token) => token.raw).join('')).toBe('# a\n'.repeat(20_000));
  });

  it('stops at sixteen levels of quotes', () => {
    expect(find(lex('> '.repeat(100) + 'deep').tokens, 'blockquote').length).toBeLessThanOrEqual(16);
  });
});
