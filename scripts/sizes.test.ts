import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgeSizes, listFunctionSizes } from './sizes.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lyss-sizes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, lines: number, text = 'const x = 1;') {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `${Array.from({ length: lines }, () => text).join('\n')}\n`);
}

describe('sizes of files', () => {
  it('passes a house of small files', () => {
    plant('apps/bff/src/a.ts', 60);
    plant('scripts/b.mjs', 10);
    expect(judgeSizes(root)).toEqual({ files: 2, median: 10, p95: 60, faults: [] });
  });

  it.each(['apps/bff/src/a.ts', 'apps/web/src/a.css', 'e2e/pages/a.ts', 'bench/a.mjs', 'packages/api-types/src/a.ts'])('names a file of more than 300 lines: %s', (path) => {
    plant(path, 301);
    for (let other = 0; other < 40; other++) plant(`scripts/${other}.mjs`, 1);
    expect(judgeSizes(root).faults).toEqual([`${path}: 301 lines, at most 300`]);
  });

  it('lets a test have 400 lines and no more', () => {
    plant('apps/bff/src/a.test.ts', 400);
    expect(judgeSizes(root).faults).toEqual([]);
    plant('e2e/tests/b.spec.ts', 401);
    expect(judgeSizes(root).faults).toEqual(['e2e/tests/b.spec.ts: 401 lines, at most 400']);
  });

  it('counts neither what is generated nor what is built', () => {
    plant('apps/bff/src/db/schema.gen.ts', 900);
    plant('apps/bff/dist/main.mjs', 900);
    plant('apps/bff/node_modules/x/a.ts', 900);
    plant('scripts/a.mjs', 1);
    expect(judgeSizes(root)).toMatchObject({ files: 1, faults: [] });
  });

  it('fails where half of the files are long, or too many are very long', () => {
    for (const name of ['a', 'b', 'c']) plant(`scripts/${name}.mjs`, 61);
    expect(judgeSizes(root).faults).toEqual(['half of all files have more than 60 lines: 61']);
    for (let other = 0; other < 10; other++) plant(`scripts/${other}.mjs`, 1);
    plant('scripts/long.mjs', 201);
    expect(judgeSizes(root).faults).toEqual(['the longest twentieth of the files begins at 201 lines, at most 200 are wanted']);
  });
});

describe('sizes of functions', () => {
  const body = (lines: number) => Array.from({ length: lines }, () => '  x();').join('\n');
  const sizesOf = (text: string) => listFunctionSizes('a.ts', text).map(({ name, lines }) => [name, lines]);

  it.each([
    [`function a() {\n${body(39)}\n}`, 'a'],
    [`const b = () => {\n${body(39)}\n};`, 'b'],
    [`class C {\n  d() {\n${body(39)}\n  }\n}`, 'd'],
    [`const o = { e: async function () {\n${body(39)}\n} };`, 'e'],
    [`x(() => {\n${body(39)}\n});`, 'a function without a name'],
  ])('measures every kind: %#', (text, name) => {
    expect(sizesOf(text)).toEqual([[name, 41]]);
  });

  it('measures a function inside another by itself', () => {
    expect(sizesOf(`function outer() {\n  const inner = () => {\n${body(41)}\n  };\n  return inner;\n}`)).toEqual([['inner', 43], ['outer', 5]]);
  });

  it('names the long one with its place', () => {
    plant('apps/bff/src/a.ts', 1, `const x = 1;\nexport function grow() {\n${body(40)}\n}`);
    expect(judgeSizes(root).faults).toEqual(['apps/bff/src/a.ts:2 grow: 42 lines of its own, at most 40']);
  });

  it('leaves tests their lists of cases', () => {
    plant('apps/bff/src/a.test.ts', 1, `describe('a', () => {\n${body(80)}\n});`);
    expect(judgeSizes(root).faults).toEqual([]);
  });
});
