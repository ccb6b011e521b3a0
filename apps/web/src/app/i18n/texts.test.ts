// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flatten, judgePair, judgeSpacing, judgeUses, listUnused, type Texts } from './judge-texts.ts';
import { judgeWords } from './judge-words.ts';
import { readUses, type TextUse } from './read-texts.ts';

const root = join(import.meta.dirname, '../..');
const folders = globSync('{ui,app/i18n,app/access,features/*}/texts', { cwd: root }).toSorted();

function nameSpace(folder: string): string {
  if (folder === 'app/i18n/texts') return 'app';
  if (folder === 'app/access/texts') return 'access';
  return folder.startsWith('ui/') ? 'ui' : (folder.split('/')[1] ?? '');
}

function ownNamespace(file: string): string {
  return file.startsWith('features/') ? (file.split('/')[1] ?? '') : (file.split('/')[0] ?? '');
}

async function loadTexts(folder: string, language: string): Promise<Texts> {
  const file = (await import(join(root, folder, `${language}.ts`))) as { default: object };
  return flatten(file.default);
}

const sources = globSync('**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.includes('.test.') && !file.includes('/texts/'));
const uses: TextUse[] = sources.flatMap((file) => readUses(file, readFileSync(join(root, file), 'utf8')));
const usesOf = (name: string) => uses.filter((use) => (use.namespace ?? ownNamespace(use.file)) === name);

describe.each(folders)('texts in %s', (folder) => {
  const name = nameSpace(folder);
  it('say the same in both languages', async () => {
    expect(judgePair(await loadTexts(folder, 'zh-CN'), await loadTexts(folder, 'en-US'))).toEqual([]);
  });
  it('are there where they are used, with all that they need', async () => {
    expect(judgeUses(await loadTexts(folder, 'zh-CN'), usesOf(name))).toEqual([]);
  });
  it('are all used', async () => {
    expect(listUnused(await loadTexts(folder, 'zh-CN'), usesOf(name))).toEqual([]);
  });
  it.each(['zh-CN', 'en-US'] as const)('have one word for one thing in %s', async (language) => {
    expect(judgeWords(await loadTexts(folder, language), language)).toEqual([]);
  });
  it('keep a space between Chinese and Latin letters or digits', async () => {
    expect(judgeSpacing(await loadTexts(folder, 'zh-CN'))).toEqual([]);
  });
});

describe('the judges themselves', () => {
  const texts = flatten({ title: '标题', count_other: '共 {{count}} 人', states: { on: '开' } });
  const use = (path: string, given: TextUse['given'] = null): TextUse => ({ file: 'f', line: 1, namespace: null, path, given });
  it('find what differs between the languages', () => {
    expect(judgePair(texts, flatten({ title: 'Title', count_one: '{{count}}', count_other: '{{total}}', more: 'x' }))).toEqual([
      'count_other: other placeholders in en-US',
      'states.on: missing in en-US',
      'more: missing in zh-CN',
    ]);
  });
  it('find a missing text, an omitted argument and a text nobody uses', () => {
    expect(judgeUses(texts, [use('nope'), use('count'), use('count', ['count']), use('title')])).toEqual(['f:1: no text nope', 'f:1: count is not given count']);
    expect(listUnused(texts, [use('title'), use('states.*')])).toEqual(['count_other']);
  });
  it('find a missing space, and leave names alone', () => {
    expect(judgeSpacing(flatten({ a: '使用API密钥', b: '共{{count}}人', c: '你好{{name}}', d: '使用 API 密钥' }))).toHaveLength(2);
  });
  it('find a word that was given up, and leave the right one alone', () => {
    const zh = flatten({ a: '联系管理员', b: '联系租户管理员', c: '与模型对话', d: '删除对话', e: '这个租户已被停用', f: '账号已被停用' });
    expect(judgeWords(zh, 'zh-CN').map((fault) => fault[0])).toEqual(['a', 'd', 'e']);
    const en = flatten({ a: 'Ask an admin', b: 'Ask a tenant admin', c: 'The platform’s operator', d: 'The operator', e: 'Request id' });
    expect(judgeWords(en, 'en-US').map((fault) => fault[0])).toEqual(['a', 'c', 'e']);
  });
  it('read uses out of a file, whatever the variable is called', () => {
    const text = `const words = useTexts('app');\nconst x = words(($) => $.a.b, { n: 1 });\nconst y = (t: T) => t(($) => $.states[s]);`;
    expect(readUses('x.tsx', text)).toEqual([
      { file: 'x.tsx', line: 2, namespace: 'app', path: 'a.b', given: ['n'] },
      { file: 'x.tsx', line: 3, namespace: null, path: 'states.*', given: null },
    ]);
  });
});

it('has texts of every feature that has a page', () => {
  const pages = globSync('features/*/page.tsx', { cwd: root }).map((file) => join(dirname(file), 'texts'));
  expect(pages.filter((folder) => !folders.includes(folder)).map((folder) => relative(root, join(root, folder)))).toEqual([]);
});
