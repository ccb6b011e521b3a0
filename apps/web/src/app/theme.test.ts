import { readFileSync } from 'node:fs';
import { theme as antdTheme } from 'antd';
import { describe, expect, it } from 'vitest';
import { createTheme, tokens } from './theme.ts';
import type { Mode } from './tokens.ts';
import { cssVariables, sharedCssVariables } from './tokens.ts';

const css = readFileSync('apps/web/src/app/tokens.css', 'utf8');
const page = readFileSync('apps/web/index.html', 'utf8');

/** WCAG 2.2 relative luminance of #RRGGBB. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe('tokens', () => {
  it('are the same in tokens.css', () => {
    const declared = (selector: string) => {
      const start = css.indexOf(`${selector} {`);
      return css.slice(start, css.indexOf('}', start)).split('\n').map((line) => line.trim()).filter((line) => line.startsWith('--'));
    };
    expect(declared(':root')).toEqual(sharedCssVariables());
    expect(declared(":root[data-theme='light']")).toEqual(cssVariables('light'));
    expect(declared(":root[data-theme='dark']")).toEqual(cssVariables('dark'));
  });

  it('are the same in the static shell', () => {
    for (const mode of ['light', 'dark'] as const) {
      for (const role of ['canvas', 'ink', 'muted'] as const) expect(page).toContain(tokens[mode][role]);
    }
  });

  it.each(['light', 'dark'] as const)('%s text passes AA on every ground it stands on', (mode: Mode) => {
    const c = tokens[mode];
    const words = [c.ink, c.muted, c.primary, c.ok, c.warn, c.error, c.code_keyword, c.code_string, c.code_constant, c.code_function, c.code_comment];
    for (const ground of [c.canvas, c.card, c.soft]) {
      for (const word of words) expect(contrast(word, ground), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const fill of [c.primary_fill, c.primary_fill_hover, c.primary_fill_active, c.error_fill]) {
      expect(contrast(c.on_fill, fill), `white on ${fill}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('createTheme', () => {
  it.each(['light', 'dark'] as const)('keeps the exact colours that antd would rewrite (%s)', (mode: Mode) => {
    const made = antdTheme.getDesignToken(createTheme(mode));
    const c = tokens[mode];
    expect(made).toMatchObject({ colorPrimary: c.primary, colorSuccess: c.ok, colorWarning: c.warn, colorError: c.error, colorBgContainer: c.card, colorBgLayout: c.canvas, colorTextSecondary: c.muted });
    expect(contrast(made.colorTextPlaceholder, made.colorBgContainer)).toBeGreaterThanOrEqual(4.5);
  });

  it('fills the dark button with a blue that carries white words, and has no hashed class names', () => {
    const theme = createTheme('dark');
    expect(theme.components?.Button).toMatchObject({ colorPrimary: tokens.dark.primary_fill, algorithm: false });
    expect(theme.hashed).toBe(false);
    expect(theme.cssVar).toEqual({ key: 'lyss' });
  });
});

describe('the static shell', () => {
  it('gives every script and style the nonce placeholder and speaks both languages', () => {
    const tags = page.match(/<(?:script|style)\b[^>]*>/g) ?? [];
    expect(tags.length).toBe(3);
    for (const tag of tags) expect(tag).toContain('nonce="__LYSS_NONCE__"');
    expect(page).toMatch(/lang="zh">[^<]*\p{Script=Han}/u);
    expect(page).toMatch(/lang="en">[^<]*\w/);
    expect(page).not.toMatch(/\son\w+=|\sstyle=/);
  });
});

describe('the script before the first frame', () => {
  const source = /<script nonce="__LYSS_NONCE__">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';

  /** Runs the page's own script with a browser made of what it may ask for. */
  function boot(kept: string | null, languages: string[], prefersDark: boolean): [lang: string, theme: string | undefined] {
    const root = { lang: '', theme: undefined as string | undefined, setAttribute: (_name: string, value: string) => (root.theme = value) };
    const scope = {
      document: { documentElement: root, querySelector: () => ({ content: '' }) },
      localStorage: { getItem: () => (kept === 'refused' ? thrown() : kept) },
      matchMedia: () => ({ matches: prefersDark }),
      navigator: { languages },
    };
    // The test is what runs it as a function; the page runs it as a script with a nonce.
    new Function(...Object.keys(scope), source)(...Object.values(scope));
    return [root.lang, root.theme];
  }
  function thrown(): never {
    throw new Error('storage is closed');
  }

  it.each([
    [null, ['en-GB'], false, 'en-US', 'light'],
    [null, ['fr-FR', 'zh-TW', 'en'], true, 'zh-CN', 'dark'],
    [null, ['fr-FR'], false, 'zh-CN', 'light'],
    ['{"theme":"dark","language":"zh-CN"}', ['en-US'], false, 'zh-CN', 'dark'],
    ['{"theme":"light","language":"en-US"}', ['zh-CN'], true, 'en-US', 'light'],
    ['{"theme":"system"}', ['en-US'], true, 'en-US', 'dark'],
    ['not json', ['en-US'], false, 'en-US', 'light'],
    ['null', ['zh-CN'], false, 'zh-CN', 'light'],
    ['{"theme":{},"language":"<b>"}', ['en-US'], false, 'zh-CN', 'light'],
    ['refused', ['en-US'], true, 'en-US', 'dark'],
  ] as const)('kept %j, spoken %j, dark %s → %s %s', (kept, spoken, prefersDark, lang, theme) => {
    expect(boot(kept, [...spoken], prefersDark)).toEqual([lang, theme]);
  });
});
