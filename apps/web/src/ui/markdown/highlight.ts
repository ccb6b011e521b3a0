import type { GrammarState, HighlighterCore, ThemedToken } from 'shiki/core';
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { languages } from './languages.ts';

/** A piece of a line and the class that colours it; '' is ordinary text. */
export interface Piece {
  text: string;
  tone: string;
}
export type Line = readonly Piece[];

/** Colours code that may still grow: only lines that are new since the last call are read. */
export type Colour = (code: string) => readonly Line[];

const THEME = 'lyss';
// A line of minified code is not worth its regular expressions. In characters, and in ms a line: the first line also compiles the
// grammar, and a line that runs out of time leaves the ones after it in the wrong state.
const MAX_LINE = 1000;
const MAX_LINE_MS = 1000;

let highlighter: Promise<HighlighterCore> | null = null;

function getHighlighter(): Promise<HighlighterCore> {
  const theme = createCssVariablesTheme({ name: THEME, variablePrefix: '--tone-', variableDefaults: {}, fontStyle: false });
  highlighter ??= createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  return highlighter;
}

function toPiece(token: ThemedToken): Piece {
  // The theme's colours are variables named after roles, so both looks share one colouring: var(--tone-token-string) → string.
  return { text: token.content, tone: /^var\(--tone-token-([a-z-]+)/.exec(token.color ?? '')?.[1] ?? '' };
}

function createColour(core: HighlighterCore, lang: string): Colour {
  let done = '';
  let lines: readonly Line[] = [];
  let state: GrammarState | undefined;
  const read = (code: string) => core.codeToTokens(code, { lang, theme: THEME, tokenizeMaxLineLength: MAX_LINE, tokenizeTimeLimit: MAX_LINE_MS, ...(state ? { grammarState: state } : {}) });
  return (code) => {
    if (!code.startsWith(done)) [done, lines, state] = ['', [], undefined];
    const whole = code.lastIndexOf('\n') + 1;
    if (whole > done.length) {
      const result = read(code.slice(done.length, whole - 1));
      lines = [...lines, ...result.tokens.map((line) => line.map(toPiece))];
      state = result.grammarState;
      done = code.slice(0, whole);
    }
    const open = code.slice(done.length);
    return open === '' ? lines : [...lines, (read(open).tokens[0] ?? []).map(toPiece)];
  };
}

/** A colourer for one code block. `lang` is a name of `languages`. Loads the language the first time it is asked for. */
export async function loadColour(lang: string): Promise<Colour> {
  const core = await getHighlighter();
  const load = languages[lang];
  if (load && !core.getLoadedLanguages().includes(lang)) await core.loadLanguage(await load());
  return createColour(core, lang);
}
