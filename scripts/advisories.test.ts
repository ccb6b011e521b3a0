import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBefore, listBelowFloor, listMoving, listUntrusted, readFloors } from './advisories.mjs';
import { root } from './programs.mjs';

const good = { version: '7.30.2', integrity: 'sha512-abc' };
const locked = (path: string, entry: object = {}) => ({ packages: { '': {}, [path]: { ...good, ...entry } } });

describe('floors', () => {
  const floors = readFloors(readFileSync(join(root, 'docs/advisories.md'), 'utf8'));

  it('are read from the page, those that have a version', () => {
    expect(floors).toContainEqual({ name: 'undici', fixed_in: '7.29.0', major: 7 });
    expect(floors).toContainEqual({ name: 'kysely', fixed_in: '0.28.17', major: null });
    expect(floors.every(({ fixed_in }) => /^\d/.test(fixed_in))).toBe(true);
  });

  it.each(['node_modules/undici', 'apps/bff/node_modules/undici', 'node_modules/a/node_modules/undici'])('catch an old version wherever it lies: %s', (path) => {
    expect(listBelowFloor(locked(path), floors)).toEqual([]);
    expect(listBelowFloor(locked(path, { version: '7.28.9' }), floors)).toEqual([`${path}: 7.28.9 has a known weakness, mended in 7.29.0`]);
    expect(listBelowFloor(locked(path, { version: '7.29.0-rc.1' }), floors)).toHaveLength(1);
  });

  it('leave other majors and packages of a longer name alone', () => {
    expect(listBelowFloor(locked('node_modules/undici', { version: '6.1.0' }), floors)).toEqual([]);
    expect(listBelowFloor(locked('node_modules/undici-types', { version: '7.1.0' }), floors)).toEqual([]);
  });

  it.each([['1.2.3', '1.2.4', true], ['1.2.10', '1.2.9', false], ['1.10.0', '1.9.9', false], ['2.0.0', '10.0.0', true], ['1.2.3', '1.2.3', false], ['1.2.3-beta', '1.2.3', true], ['1.2.4-beta', '1.2.3', false]])(
    'compare numbers, not texts: %s before %s is %s',
    (a, b, expected) => expect(isBefore(a, b)).toBe(expected),
  );
});

describe('what may move by itself', () => {
  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.0.0', 'github:a/b', 'https://example.com/a.tgz', 'npm:other@^1.0.0'])('is named: %s', (version) => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
      expect(listMoving([{ path: 'package.json', manifest: { [kind]: { a: version } } }])).toEqual([`package.json: a ${version} is not one exact version`]);
    }
  });

  it('is neither an exact version nor a workspace of ours', () => {
    expect(listMoving([{ path: 'package.json', manifest: { dependencies: { a: '1.2.3', b: '18.4.0-beta.17', '@lyss/api-types': '0.1.0' } } }])).toEqual([]);
  });
});

describe('what the lock file may hold', () => {
  it('is named where its digest is missing or weak', () => {
    expect(listUntrusted({ packages: { 'node_modules/a': { version: '1.0.0' } } }, {})).toEqual(['node_modules/a: 1.0.0 has no SHA-512 in the lock file']);
    expect(listUntrusted(locked('node_modules/a', { integrity: 'sha1-abc' }), {})).toHaveLength(1);
  });

  it('is named where it comes from somewhere else', () => {
    expect(listUntrusted(locked('node_modules/a', { resolved: 'https://registry.npmjs.org/a/-/a-1.tgz' }), {})).toEqual([]);
    expect(listUntrusted(locked('node_modules/a', { resolved: 'git+ssh://git@example.com/a.git' }), {})).toEqual(['node_modules/a: comes from git+ssh://git@example.com/a.git']);
  });

  it('is named where it wants to run a script that nobody judged', () => {
    expect(listUntrusted(locked('node_modules/a', { hasInstallScript: true }), { a: false })).toEqual([]);
    expect(listUntrusted(locked('node_modules/a', { hasInstallScript: true }), {})).toEqual([
      'node_modules/a: wants to run an install script; allowScripts in package.json says nothing of it',
    ]);
  });

  it('is a workspace without a digest', () => {
    expect(listUntrusted({ packages: { '': {}, 'node_modules/@lyss/bff': { link: true }, 'apps/bff': { version: '0.1.0' } } }, {})).toEqual([]);
  });
});
