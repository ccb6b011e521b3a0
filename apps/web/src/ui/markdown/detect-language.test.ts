import { describe, expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';

describe('the language of a text', () => {
  test.each([
    ['多租户是指一套软件同时服务多个组织。', 'zh-CN'],
    ['使用 PostgreSQL 的 row-level security 来隔离租户。', 'zh-CN'],
    ['It can’t be “done”, said the supplier’s agent.', 'en'],
    ['The word 多租户 means multi-tenant.', 'en'],
    ['好', 'zh-CN'],
    ['下面是代码：\n```ts\nconst answer = await ask(question, { model, signal, budget, parent, retries });\n```', 'zh-CN'],
    ['运行 `npm run build && node apps/bff/dist/main.js --with many words` 即可', 'zh-CN'],
    ['```\nnothing but code\n```', null],
    ['42 + 1 = 43', null],
    ['', null],
  ])('%j is %j', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  test('asks no more of a long text than of a short one', () => {
    expect(detectLanguage(`${'word '.repeat(200)}${'字'.repeat(100_000)}`)).toBe('en');
  });
});
