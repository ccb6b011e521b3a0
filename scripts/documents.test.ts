import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judgeDocuments } from './documents.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lyss-documents-'));
  write('docs/operate.md', 'Set `PORT`. [Back](../README.md)');
  write('README.md', '[Operate](docs/operate.md#settings) [folder](docs/) [away](https://example.com/x) [here](#top)');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it('passes documents whose links lead somewhere', () => {
  expect(judgeDocuments(root, ['PORT'])).toEqual([]);
});

it('names a link and a picture that lead nowhere, from the page they are on', () => {
  write('docs/adr/1.md', '[map](../map.md) <img src="a.png" alt="">');
  expect(judgeDocuments(root, [])).toEqual(['docs/adr/1.md: points to docs/map.md, which is not there', 'docs/adr/1.md: points to docs/adr/a.png, which is not there']);
});

it('names a setting that the operator’s guide leaves out', () => {
  expect(judgeDocuments(root, ['PORT', 'LYSS_NEW'])).toEqual(['docs/operate.md: says nothing of LYSS_NEW']);
});
