import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @typedef {Record<string, { file: string, imports?: string[] }>} Manifest */
/** @typedef {{ page: string, kb: number, floor: number, goal: number }} Weight */

const LANGUAGES = ['zh-CN', 'en-US'];
const BYTES_PER_KB = 1000;

// What a first visit to each page fetches: the entry, what it imports by itself, and the page's own parts. Limits in KB, gzip.
const pages = [
  { page: 'sign-in', parts: ['src/features/sign-in/page.tsx'], texts: ['src/app/i18n', 'src/features/sign-in'], floor: 230, goal: 95 },
  { page: 'list', parts: ['src/app/console.tsx', 'src/features/users/page.tsx'], texts: ['src/app/i18n', 'src/features/users'], floor: 390, goal: 300 },
  { page: 'chat', parts: ['src/app/console.tsx', 'src/features/chat/page.tsx'], texts: ['src/app/i18n', 'src/features/chat'], floor: 330, goal: 245 },
];

/** @param {string} folder the built console @returns {Weight[]} JavaScript of a first visit, in the heavier language */
export function weighPages(folder) {
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  const weigh = (/** @type {string} */ file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  return pages.map(({ page, parts, texts, floor, goal }) => {
    const sums = LANGUAGES.map((language) => {
      const wanted = ['index.html', ...parts, ...texts.map((place) => `${place}/texts/${language}.ts`)];
      return [...listFiles(manifest, wanted)].reduce((sum, file) => sum + weigh(file), 0);
    });
    return { page, kb: Math.round(Math.max(...sums) / BYTES_PER_KB), floor, goal };
  });
}

/** @param {Manifest} manifest @param {string[]} wanted @returns {Set<string>} */
function listFiles(manifest, wanted) {
  const seen = new Set();
  const waiting = [...wanted];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build has no ${key}: scripts/web-weight.mjs names what a page loads`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    waiting.push(...(chunk.imports ?? []));
  }
  return seen;
}

/** @param {Weight[]} weights @returns {string[]} */
export function listTooHeavy(weights) {
  return weights.filter(({ kb, floor }) => kb > floor).map(({ page, kb, floor }) => `${page}: ${kb} KB of JavaScript, at most ${floor}`);
}
