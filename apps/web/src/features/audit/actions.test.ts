import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listEndpoints } from '@lyss/api-types';
import { expect, it } from 'vitest';
import { keyOf, nouns, resourceTypes, verbs } from './actions.ts';
import english from './texts/en-US.ts';
import chinese from './texts/zh-CN.ts';

const server = join(import.meta.dirname, '../../../../bff/src');
const source = globSync('**/*.ts', { cwd: server, exclude: (path) => path.endsWith('.test.ts') }).map((path) => readFileSync(join(server, path), 'utf8')).join('\n');
const find = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))].toSorted();

it('names every action of the contract, and every other that the server writes, in both languages', () => {
  const declared = listEndpoints().flatMap(([, { audit }]) => audit ?? []);
  const written = find(/action: '([a-z_]+\.[a-z_]+)'/g);
  expect(written.length).toBeGreaterThan(30);
  for (const action of new Set([...declared, ...written])) {
    const key = keyOf(action);
    if (key === undefined) throw new Error(`${action} has no name in features/audit/actions.ts`);
    expect([chinese.action[key], english.action[key]], action).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  }
});

it('names every kind of object', () => {
  expect(resourceTypes).toEqual(expect.arrayContaining(find(/resource_type: '([a-z_]+)'/g)));
});

it('has no name for an action that nobody writes', () => {
  for (const noun of nouns) for (const verb of verbs[noun]) expect(source, `${noun}.${verb}`).toContain(`'${noun}.${verb}'`);
});
