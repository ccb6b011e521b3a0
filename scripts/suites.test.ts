import { beforeEach, expect, test, vi } from 'vitest';
import { runCheck, withRunner } from './suites.mjs';

// A planted failure in the log of a green run would be read as a real one.
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

const check = (script: string, saw?: RegExp) => runCheck({ group: 'lint', name: 'planted check', args: ['-e', script], ...(saw ? { saw } : {}) });

test('a check that ends with 0 passes', async () => {
  expect(await check('console.log("on 3 files")', /on [1-9]\d* files/)).toMatchObject({ name: 'planted check', failure: null });
});

test('a check that ends otherwise fails with what it said', async () => {
  const { failure } = await check('console.error("two rules broken"); process.exit(2)');
  expect(failure).toContain('ended with 2\ntwo rules broken');
});

test('a check that looked at nothing fails', async () => {
  expect((await check('console.log("on 0 files")', /on [1-9]\d* files/)).failure).toContain('it looked at nothing');
});

const passed = { file: 'a.test.ts', name: 'a', failure: null };

test('a runner that fails although every test passed is a failure of its own', () => {
  expect(withRunner([passed], 'units', 'ended with 1')).toEqual([passed, expect.objectContaining({ failure: 'ended with 1 although each test passed' })]);
});

test('a runner that fails because a test did is not counted twice', () => {
  const failed = { ...passed, failure: 'no' };
  expect(withRunner([failed], 'units', 'ended with 1')).toEqual([failed]);
  expect(withRunner([passed], 'units', null)).toEqual([passed]);
});
