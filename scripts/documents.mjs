import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LINK = /\]\(([^)\s]+)\)|<img[^>]*\ssrc="([^"]+)"/g;
const ELSEWHERE = /^(?:[a-z]+:|#)/i;

/** @param {string} root @param {string[]} settings @returns {string[]} what the documents say that isn't so */
export function judgeDocuments(root, settings) {
  const pages = listPages(root);
  const operate = pages.find(({ path }) => path === 'docs/operate.md')?.text ?? '';
  return [...pages.flatMap((page) => listBrokenLinks(root, page)), ...settings.filter((name) => !operate.includes(`\`${name}\``)).map((name) => `docs/operate.md: says nothing of ${name}`)];
}

/** @param {string} root @returns {{ path: string, text: string }[]} */
export function listPages(root) {
  const read = (/** @type {string} */ folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)) : [];
  const names = [...readdirSync(root), ...read('docs'), ...read('bench'), ...read('deploy')].filter((name) => name.endsWith('.md') && !name.includes('node_modules'));
  return names.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** @param {string} root @param {{ path: string, text: string }} page @returns {string[]} */
function listBrokenLinks(root, { path, text }) {
  const targets = [...text.matchAll(LINK)].map(([, link, image]) => link ?? image ?? '').filter((target) => !ELSEWHERE.test(target));
  return targets
    .map((target) => join(root, dirname(path), target.split('#')[0] ?? ''))
    .filter((target) => !existsSync(target))
    .map((target) => `${path}: points to ${relative(root, target)}, which is not there`);
}
