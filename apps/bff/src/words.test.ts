import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listGivenUpWords } from '@lyss/api-types/words';
import { expect, it } from 'vitest';

const root = import.meta.dirname;
// Comments are found too, so that an apostrophe in one begins no text.
const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const han = /\p{Script=Han}/u;

/** What a file says to people: literals of more than one word, each in its language. */
function listTexts(source: string): { text: string; language: 'zh-CN' | 'en-US' }[] {
  const literals = [...source.matchAll(tokens)].map(([token]) => token).filter((token) => !token.startsWith('/'));
  return literals.filter((text) => han.test(text) || / /.test(text)).map((text) => ({ text, language: han.test(text) ? 'zh-CN' : 'en-US' }));
}

// Where one of them speaks Chinese, all that it says is for people; the demo's English has a file of its own.
const files = globSync('**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts') && (file.endsWith('topics-en.ts') || han.test(readFileSync(join(root, file), 'utf8'))));

it.each(files)('%s has one word for one thing, as the console', (file) => {
  const wrong = listTexts(readFileSync(join(root, file), 'utf8')).flatMap(({ text, language }) => listGivenUpWords(text, language).map((word) => `say “${word}” in ${text}`));
  expect(wrong).toEqual([]);
});

it('looks at what people are told by failures, letters and the demo', () => {
  for (const file of ['error-texts.ts', 'account-texts.ts', 'issue-texts.ts', 'modules/users/letters.ts', 'providers/demo/topics-zh.ts']) expect(files).toContain(file);
  const source = `// Don't look here: administrator\nconst texts = { 'zh-CN': '联系管理员', 'en-US': 'Ask an administrator' };`;
  expect(listTexts(source).flatMap(({ text, language }) => listGivenUpWords(text, language))).toEqual(['租户管理员', 'tenant admin']);
});
