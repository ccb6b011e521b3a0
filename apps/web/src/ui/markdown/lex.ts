import type { Token, TokensList } from 'marked';
import { Lexer, Marked, Tokenizer } from 'marked';
import { cjkStrong } from './cjk-strong.ts';
import { math } from './math.ts';

// Nobody reads deeper; each level costs the lexer another pass over what is inside.
const MAX_DEPTH = 16;
// Text beyond this is shown as it is, in UTF-16 units.
const MAX_TEXT = 200_000;
// Each line can be an element or more; this many are drawn in well under a second.
const MAX_LINES = 6000;
// Emphasis and links are searched from each mark to the end of their run, so marks × length bounds the work.
const MAX_INLINE_WORK = 20_000_000;
// marked looks for the end of a run of spaces from each of them.
const LONG_BLANK = / {200}/;
const PLAIN_PIECE = 20_000;

/** Text that is not read as Markdown any more. */
function plain(text: string): Token {
  return { type: 'plain', raw: text, text };
}

// Chinese prose puts its full stop right behind an address, and GFM would take it along.
const proseAfterAddress = /[\u3000-\u303F\uFF00-\uFFEF‘’“”…—]/;

class PatientTokenizer extends Tokenizer {
  override url(source: string) {
    const token = super.url(source);
    const end = token ? token.raw.search(proseAfterAddress) : -1;
    return end === -1 ? token : super.url(source.slice(0, end));
  }

  // One tilde is a range (20~25), not a deletion.
  override del(source: string, masked: string, before?: string) {
    return source.startsWith('~~') ? super.del(source, masked, before) : undefined;
  }
}

/** marked's lexer with a bound on depth and on the work of one run; what is over it stays plain text. */
class BoundedLexer extends Lexer {
  #depth = 0;

  #within<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], clipped = false): Token[] {
    if (this.#depth < MAX_DEPTH) return this.#within(() => super.blockTokens(source, tokens, clipped));
    tokens.push(plain(source));
    return tokens;
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const marks = source.length < 1000 ? 0 : (source.match(/[*_~`[\]<!\\$&@:]|www\./g)?.length ?? 0);
    if (this.#depth < MAX_DEPTH && marks * source.length < MAX_INLINE_WORK && !LONG_BLANK.test(source)) return this.#within(() => super.inlineTokens(source, tokens));
    tokens.push(plain(source));
    return tokens;
  }
}

const reader = new Marked({ gfm: true, breaks: true }, { extensions: [...math, cjkStrong] });
const options = { ...reader.defaults, tokenizer: new PatientTokenizer() };

/** What a text is made of, and what its link definitions were, so that a change of those can be told. */
export interface Lexed {
  tokens: Token[];
  definitions: string;
}

/** marked reads line ends as \n alone; doing it here keeps positions in text and tokens the same. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Where Markdown stops being read: at the end, or at a line's end before there is too much of it. */
export function findLimit(text: string): number {
  let at = 0;
  for (let line = 0; line < MAX_LINES; line += 1) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0 || next > MAX_TEXT) return text.length <= MAX_TEXT ? text.length : at || MAX_TEXT;
    at = next;
  }
  return at;
}

/** Markdown to marked's tokens, never to HTML. `text` is normalised. Never throws: what can't be read is plain text. */
export function lex(text: string): Lexed {
  const cut = findLimit(text);
  const tokens: Token[] = [];
  let definitions = '';
  try {
    const list = new BoundedLexer(options).lex(text.slice(0, cut));
    const links = Object.entries(list.links);
    definitions = links.length === 0 ? '' : JSON.stringify(links);
    // Not spread: a long text has more tokens than a call may have arguments.
    for (const token of list) tokens.push(token);
  } catch {
    tokens.push(plain(text.slice(0, cut)));
  }
  for (let at = cut; at < text.length; at += PLAIN_PIECE) tokens.push(plain(text.slice(at, at + PLAIN_PIECE)));
  return { tokens, definitions };
}
