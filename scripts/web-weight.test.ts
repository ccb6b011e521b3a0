import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listTooHeavy, weighPages } from './web-weight.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-weight-'));
  mkdirSync(join(folder, '.vite'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[]; kb: number };

/** A build whose files do not compress, so that they weigh what they are said to. */
function build(extra: Record<string, Chunk> = {}) {
  const texts = ['src/app/i18n', 'src/features/sign-in', 'src/features/users', 'src/features/chat'];
  const chunks: Record<string, Chunk> = {
    'index.html': { file: 'index.js', imports: ['_react.js'], dynamicImports: ['src/app/console.tsx'], kb: 5 },
    '_react.js': { file: 'react.js', kb: 50 },
    'src/app/console.tsx': { file: 'console.js', imports: ['_react.js', '_antd.js'], kb: 20 },
    '_antd.js': { file: 'antd.js', kb: 70 },
    'src/features/sign-in/page.tsx': { file: 'sign-in.js', imports: ['_react.js'], kb: 10 },
    'src/features/users/page.tsx': { file: 'users.js', imports: ['_antd.js'], kb: 10 },
    'src/features/chat/page.tsx': { file: 'chat.js', imports: ['_antd.js'], dynamicImports: ['formula.ts'], kb: 30 },
    'formula.ts': { file: 'formula.js', kb: 300 },
    ...Object.fromEntries(texts.flatMap((place, index) => [[`${place}/texts/zh-CN.ts`, { file: `zh-${index}.js`, kb: 3 }], [`${place}/texts/en-US.ts`, { file: `en-${index}.js`, kb: 1 }]])),
    ...extra,
  };
  for (const { file, kb } of Object.values(chunks)) writeFileSync(join(folder, file), randomBytes(kb * 1000));
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(chunks));
}

describe('the weight of a first visit', () => {
  it('counts each shared file once, one language, and nothing that waits to be asked for', () => {
    build();
    expect(weighPages(folder).map(({ page, kb }) => [page, kb])).toEqual([['sign-in', 71], ['list', 161], ['chat', 181]]);
    expect(listTooHeavy(weighPages(folder))).toEqual([]);
  });

  it('sees what a page has come to import by itself', () => {
    build({ 'src/features/chat/page.tsx': { file: 'chat.js', imports: ['_antd.js', 'formula.ts'], kb: 30 } });
    expect(listTooHeavy(weighPages(folder))).toEqual(['chat: 481 KB of JavaScript, at most 330']);
  });

  it('sees antd on the sign-in page', () => {
    build({ 'src/features/sign-in/page.tsx': { file: 'sign-in.js', imports: ['_antd.js'], kb: 100 } });
    expect(listTooHeavy(weighPages(folder))).toEqual(['sign-in: 231 KB of JavaScript, at most 230']);
  });

  it('does not weigh a page that the build does not have', () => {
    build();
    writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify({ 'index.html': { file: 'index.js' } }));
    expect(() => weighPages(folder)).toThrow(/The build has no src\//);
  });
});
