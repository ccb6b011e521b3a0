import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { showProgress } from './progress.mjs';
import { getDataDir, getProgram, node24, root, runLogged } from './programs.mjs';

const SOURCES = [
  'package-lock.json', 'vite.config.ts', 'tsconfig.base.json', 'packages/api-types/src', 'packages/api-types/package.json',
  'apps/bff/src', 'apps/bff/scripts', 'apps/bff/package.json',
  'apps/web/src', 'apps/web/public', 'apps/web/index.html', 'apps/web/package.json',
];
const PRODUCTS = ['apps/bff/dist/main.js', 'apps/web/dist/index.html'];
// Beside what it describes: whoever removes the build removes the claim that there is one.
const STAMP = join(root, 'apps/bff/dist/sources.sha256');

/** Builds server and console, unless the last build was of the same sources. Throws CommandFailure. */
export async function ensureBuilt() {
  const digest = digestSources(root, SOURCES);
  if (PRODUCTS.every((path) => existsSync(join(root, path))) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  await showProgress('Building server and console', 'Server and console built', runBuild);
  writeFileSync(STAMP, digest);
}

async function runBuild() {
  // turbo puts back what it built before, beside what lies there: files of another state must not survive.
  for (const path of PRODUCTS) rmSync(join(root, dirname(path)), { recursive: true, force: true });
  const turbo = [getProgram('turbo'), 'run', 'build', '--output-logs=errors-only', '--no-color', '--ui=stream'];
  await runLogged(node24, turbo, { log_path: join(getDataDir(), 'logs', 'build.log') });
  const missing = PRODUCTS.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`The build made no ${missing.join(' and no ')}`);
}

/**
 * One digest over names and contents, tests left out; times don't count, since git sets them as it likes.
 * @param {string} base @param {string[]} paths
 */
export function digestSources(base, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((name) => listFiles(base, name))) {
    hash.update(`${path}\0`).update(readFileSync(join(base, path))).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} base @param {string} path @returns {string[]} */
function listFiles(base, path) {
  const found = statSync(join(base, path), { throwIfNoEntry: false });
  if (found?.isDirectory()) return readdirSync(join(base, path)).sort().flatMap((name) => listFiles(base, `${path}/${name}`));
  return found === undefined || /\.test\.tsx?$/.test(path) ? [] : [path];
}
