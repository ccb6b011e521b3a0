import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestSources } from './build.mjs';
import { matchesLock, suggestRemedy } from './install.mjs';

const entry = (version: string) => ({ version, integrity: `sha512-${version}` });
const lock = {
  packages: {
    '': { version: '0.1.0' }, 'apps/bff': { version: '0.1.0' }, 'node_modules/@lyss/bff': { link: true },
    'node_modules/hono': entry('4.13.18'), 'node_modules/fsevents': { ...entry('2.3.3'), optional: true },
  },
};

test('what is installed matches when every package that is not optional is there as locked', () => {
  expect(matchesLock(lock, { packages: { 'node_modules/hono': entry('4.13.18') } })).toBe(true);
});

test.each([
  ['another version', entry('4.13.17')],
  ['another content of the same version', { version: '4.13.18', integrity: 'sha512-other' }],
])('%s does not match', (_how, found) => {
  expect(matchesLock(lock, { packages: { 'node_modules/hono': found } })).toBe(false);
});

test('a package that is missing does not match', () => {
  expect(matchesLock(lock, { packages: {} })).toBe(false);
});

test.each([
  ['npm error code ENOTFOUND', 'registry could not be reached'],
  ['npm error code ENOSPC', 'disk is full'],
  ['npm error code EACCES', 'belongs to somebody else'],
  ['npm error code EUSAGE', 'package-lock.json differ'],
  ['npm error something else', 'the log says why'],
])('after "%s" it says what to do', (output, remedy) => {
  expect(suggestRemedy(output)).toContain(remedy);
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-sources-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a.ts'), 'one');
  writeFileSync(join(folder, 'lock.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));
const digest = (): string => digestSources(folder, ['lock.json', 'src', 'not-there']);

test('a build is stale when a source changes, appears or is renamed', () => {
  const seen = [digest()];
  writeFileSync(join(folder, 'src/deep/a.ts'), 'two');
  seen.push(digest());
  writeFileSync(join(folder, 'src/b.ts'), '');
  seen.push(digest());
  rmSync(join(folder, 'src/b.ts'));
  writeFileSync(join(folder, 'src/c.ts'), '');
  seen.push(digest());
  expect(new Set(seen).size).toBe(4);
});

test('a test or a new time of change makes no build stale', () => {
  const before = digest();
  writeFileSync(join(folder, 'src/a.test.ts'), 'new');
  utimesSync(join(folder, 'lock.json'), 1, 1);
  expect(digest()).toBe(before);
});
