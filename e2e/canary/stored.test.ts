import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../spawn-process.ts';

/** A browser of a journey's own, which nobody watches and whose storage nobody searches; requests without a browser store nothing. */
const bare = /\bbrowser\s*\.|(?<!request)\.newContext\(|\.launch\w*\(/g;
const listBare = (text: string) => text.match(bare) ?? [];

it('a browser that a journey opens itself is found', () => {
  for (const text of ['await browser.newContext()', 'browser\n.newPage()', 'page.context().browser()?.newContext()', 'chromium.launchPersistentContext(dir)']) expect(listBare(text), text).not.toEqual([]);
  for (const text of ['await openBrowser({ userAgent })', 'playwright.request.newContext()', 'await openAs(roles)']) expect(listBare(text), text).toEqual([]);
});

it('every journey opens its browsers by the fixture that keeps what they stored', () => {
  const folder = join(root, 'e2e/tests');
  const specs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(specs.length).toBeGreaterThan(20);
  expect(specs.flatMap((name) => listBare(readFileSync(join(folder, name), 'utf8')).map((found) => `${name}: ${found}: use openBrowser`))).toEqual([]);
});
