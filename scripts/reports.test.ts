import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatResult, readCoverage, readPlaywright, readVitest } from './reports.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function plant(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const last = (outcomes: Parameters<typeof formatResult>[0]): string | undefined => formatResult(outcomes).split('\n').at(-1);

function vitestFile(statuses: string[], extra: object = {}): object {
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status, failureMessages: status === 'failed' ? ['expected 1 to be 2'] : [] }));
  return { name: '/project/apps/bff/src/a.test.ts', status: statuses.includes('failed') ? 'failed' : 'passed', message: '', assertionResults, ...extra };
}
const vitest = (files: object[], options: object = {}) => readVitest(plant({ testResults: files }), { root: '/project', ...options });

test('what passed is counted as passed', () => {
  expect(last(vitest([vitestFile(['passed', 'passed'])]))).toBe('2 passed, 0 failed');
});

test('a failing test is named with its file and its reason', () => {
  const result = formatResult(vitest([vitestFile(['passed', 'failed'])]));
  expect(result).toContain('✗ apps/bff/src/a.test.ts › test 1\n    expected 1 to be 2');
  expect(result.split('\n').at(-1)).toBe('1 passed, 1 failed');
});

test.each(['skipped', 'pending', 'todo', 'disabled'])('a test that is %s counts as failed', (status) => {
  expect(last(vitest([vitestFile(['passed', status])]))).toBe('1 passed, 1 failed');
});

test('with a grep, tests left out are not counted, but a todo is', () => {
  expect(last(vitest([vitestFile(['passed', 'skipped', 'todo'])], { filtered: true }))).toBe('1 passed, 1 failed');
});

test('a file that breaks while loading counts as failed though no test of it ran', () => {
  expect(formatResult(vitest([vitestFile([], { status: 'failed', message: 'Cannot find module' })]))).toContain('Cannot find module\n0 passed, 1 failed');
});

test('a file without a test counts as failed', () => {
  expect(last(vitest([vitestFile([])]))).toBe('0 passed, 1 failed');
});

test('a room in which nothing ran counts as failed', () => {
  const result = formatResult(vitest([vitestFile(['passed'])], { rooms: ['apps/bff/', 'apps/web/'] }));
  expect(result).toContain('vitest ran nothing in apps/web/');
  expect(result).toContain('1 passed, 1 failed');
});

test.each([['missing', null], ['empty', ''], ['cut off', '{"testResults": ['], ['of another shape', '{}'], ['without a test', '{"testResults": []}']])(
  'a vitest report that is %s is a failure',
  (_how, content) => {
    const path = content === null ? join(folder, 'nowhere.json') : plant(content);
    expect(last(readVitest(path, { root: '/project' }))).toBe('0 passed, 1 failed');
  },
);

function playwrightReport(statuses: string[], errors: object[] = []): object {
  const specs = statuses.map((status) => ({
    title: status,
    file: 'chat.spec.ts',
    tests: [{ projectName: 'desktop', status, results: status === 'expected' ? [{}] : [{ error: { message: 'locator not found' } }] }],
  }));
  return { config: { rootDir: '/project/e2e/tests' }, suites: [{ title: 'tests/chat.spec.ts', specs: [], suites: [{ title: 'chat', specs }] }], errors };
}

test('Playwright: expected passes; unexpected, flaky and skipped fail', () => {
  const outcomes = readPlaywright(plant(playwrightReport(['expected', 'unexpected', 'flaky', 'skipped'])), { root: '/project' });
  expect(last(outcomes)).toBe('1 passed, 3 failed');
  expect(outcomes[1]).toEqual({ file: 'e2e/tests/chat.spec.ts', name: 'chat › unexpected › [desktop]', failure: 'locator not found' });
});

test('an error of Playwright itself is a failure beside passing tests', () => {
  expect(last(readPlaywright(plant(playwrightReport(['expected'], [{ message: 'no such config' }])), { root: '/project' }))).toBe('1 passed, 1 failed');
});

test.each([['missing', null], ['empty', ''], ['without a test', '{"suites": [], "errors": []}'], ['of another shape', '[]']])(
  'a Playwright report that is %s is a failure',
  (_how, content) => {
    expect(last(readPlaywright(content === null ? join(folder, 'nowhere.json') : plant(content), { root: '/project' }))).toBe('0 passed, 1 failed');
  },
);

const lines = (covered: number, total: number) => ({ lines: { covered, total } });
const coverage = (report: unknown) =>
  readCoverage(plant(report), { root: '/project', folders: ['apps/bff/src', 'packages/api-types/src'], floor: 85 });

test('coverage is summed per folder and must reach the floor in each', () => {
  const report = { total: lines(999, 999), '/project/apps/bff/src/a.ts': lines(80, 90), '/project/apps/bff/src/b.ts': lines(5, 10), '/project/packages/api-types/src/a.ts': lines(84, 100) };
  const outcomes = coverage(report);
  expect(last(outcomes)).toBe('1 passed, 1 failed');
  expect(outcomes[1]?.failure).toBe('84.0 % of lines, at least 85 % are wanted');
});

test('a folder that nothing measured has no coverage, not full coverage', () => {
  expect(last(coverage({ total: lines(0, 0) }))).toBe('0 passed, 2 failed');
});
