import type { LanguageRegistration } from 'shiki/core';

type Load = () => Promise<{ default: LanguageRegistration[] }>;

/** The fourteen languages that are coloured, each loaded when it is first met. */
export const languages: Record<string, Load> = {
  typescript: () => import('shiki/langs/typescript.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  css: () => import('shiki/langs/css.mjs'),
};

const aliases: Record<string, string> = {
  ts: 'typescript', mts: 'typescript', cts: 'typescript', jsx: 'tsx', js: 'javascript', mjs: 'javascript', cjs: 'javascript', node: 'javascript', py: 'python', python3: 'python',
  jsonc: 'json', json5: 'json', bash: 'shellscript', sh: 'shellscript', shell: 'shellscript', zsh: 'shellscript', console: 'shellscript', postgresql: 'sql', mysql: 'sql', sqlite: 'sql',
  yml: 'yaml', golang: 'go', rs: 'rust', 'c++': 'c', cpp: 'c', h: 'c', htm: 'html', xml: 'html', svg: 'html', vue: 'html', scss: 'css', less: 'css',
};

/** The language of a fence's info string, or null where it is not coloured. */
export function findLanguage(info: string): string | null {
  const name = info.trim().split(/[\s{:,]/, 1)[0]?.toLowerCase() ?? '';
  const language = Object.hasOwn(aliases, name) ? aliases[name] : name;
  return language !== undefined && Object.hasOwn(languages, language) ? language : null;
}
