import type { TokenizerAndRendererExtension } from 'marked';

// Longer ones are no formulas; it also bounds the search for a closing mark.
const MAX_LENGTH = 2000;

// No blank line inside: a formula that could span blocks would change blocks that are already frozen.
const block = new RegExp(String.raw`^ {0,3}(?:\$\$((?:(?!\$\$|\n[ \t]*\n)[\s\S]){1,${MAX_LENGTH}})\$\$|\\\[((?:(?!\\\]|\n[ \t]*\n)[\s\S]){1,${MAX_LENGTH}})\\\])[ \t]*(?:\n|$)`);
const inlineDouble = new RegExp(String.raw`^(?:\$\$((?:(?!\$\$|\n[ \t]*\n)[\s\S]){1,${MAX_LENGTH}})\$\$|\\\[((?:(?!\\\]|\n[ \t]*\n)[\s\S]){1,${MAX_LENGTH}})\\\])`);
const parenthesised = new RegExp(String.raw`^\\\(((?:(?!\\\)|\n[ \t]*\n)[\s\S]){1,${MAX_LENGTH}})\\\)`);
// Pandoc's rule: nothing blank just inside the marks, no digit just after the closing one.
const dollars = new RegExp(String.raw`^\$(?![\s$])((?:\\[^\n]|[^\\$\n\x60]){1,${MAX_LENGTH}}?)(?<!\s)\$(?![\d$])`);

/** "$5 and more, or 10$": an amount of money and words, not a formula. */
function isMoney(tex: string): boolean {
  if (/^\d[\d,.]*(?:\s*[-–/~]\s*|\s*)$/.test(tex) && !/^\d+(?:\.\d+)?$/.test(tex)) return true;
  if (/^[\d.,]+\s*[a-zA-Z]*\s+[a-zA-Z]{2,}/.test(tex) && !tex.includes('\\')) return true;
  // Words of Chinese between two signs are prose; in a formula they stand in \text{…}.
  return /\p{Script=Han}/u.test(tex) && !tex.includes('\\');
}

// marked's own text rule already stops at a backslash; it has to be told of the dollar alone.
function findMark(source: string): number | undefined {
  const found = source.indexOf('$');
  return found === -1 ? undefined : found;
}

/** Formulas between $…$, $$…$$, \(…\) and \[…\] as tokens of type `math` with `tex` and `display`. */
export const math: TokenizerAndRendererExtension[] = [
  {
    name: 'math',
    level: 'block',
    // No `start`: clipping paragraphs at each mark makes the lexer quadratic. In the middle of one the inline rule sees it.
    tokenizer(source) {
      const match = block.exec(source);
      const tex = (match?.[1] ?? match?.[2])?.trim();
      return match && tex ? { type: 'math', raw: match[0], tex, display: true } : undefined;
    },
  },
  {
    name: 'math',
    level: 'inline',
    start: findMark,
    tokenizer(source) {
      const display = inlineDouble.exec(source);
      const match = display ?? parenthesised.exec(source) ?? dollars.exec(source);
      const tex = (match?.[1] ?? match?.[2])?.trim();
      if (!match || !tex || (match[0].startsWith('$') && !display && isMoney(tex))) return undefined;
      return { type: 'math', raw: match[0], tex, display: display !== null };
    },
  },
];
