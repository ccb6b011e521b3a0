import type { TokenizerAndRendererExtension } from 'marked';

const between = /^\*\*(?![\s*])([^*\n]{1,400}?)(?<!\s)\*\*(?!\*)/;
const edge = /^\p{P}|\p{P}$/u;
const chinese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/**
 * **粗体：**后文. CommonMark's flanking rule takes Chinese punctuation for the end of a word and leaves the asterisks standing,
 * since Chinese puts no space after it; models write this all the time.
 */
export const cjkStrong: TokenizerAndRendererExtension = {
  name: 'strong',
  level: 'inline',
  tokenizer(source) {
    const match = between.exec(source);
    const text = match?.[1];
    // An odd number of backticks means that one of the marks is inside code.
    if (!match || text === undefined || !edge.test(text) || !chinese.test(text) || text.split('`').length % 2 === 0) return undefined;
    return { type: 'strong', raw: match[0], text, tokens: this.lexer.inlineTokens(text) };
  },
};
