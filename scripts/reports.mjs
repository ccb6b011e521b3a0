import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * One counted test. `failure` says why it failed; null: it passed.
 * @typedef {{ file: string, name: string, failure: string | null }} Outcome
 */

/** @param {string} file @param {string} name @param {string} failure @returns {Outcome} */
const fail = (file, name, failure) => ({ file, name, failure });

/**
 * Reads a runner's report. One that is missing, can't be read or counts nothing is a failed test itself.
 * @param {string} path @param {string} runner @param {(report: any) => Outcome[]} collect
 * @returns {Outcome[]}
 */
function readReport(path, runner, collect) {
  let outcomes;
  try {
    outcomes = collect(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return [fail(path, `${runner} writes its report`, error instanceof Error ? error.message : String(error))];
  }
  return outcomes.length > 0 ? outcomes : [fail(path, `${runner} runs something`, 'the report holds no test')];
}

/**
 * @param {string} path vitest's JSON report
 * @param {{ root: string, rooms?: string[], filtered?: boolean }} options `rooms`: folders in each of which something must have
 * run; `filtered`: tests that a --grep leaves out are not counted
 */
export function readVitest(path, { root, rooms = [], filtered = false }) {
  return readReport(path, 'vitest', (report) => {
    const outcomes = report.testResults.flatMap((/** @type {any} */ file) => listFileOutcomes(file, relative(root, file.name), filtered));
    const idle = rooms.filter((room) => !outcomes.some((/** @type {Outcome} */ { file }) => file.startsWith(room)));
    return [...outcomes, ...idle.map((room) => fail(room, 'has tests that ran', `vitest ran nothing in ${room}`))];
  });
}

/** @param {any} file @param {string} name @param {boolean} filtered @returns {Outcome[]} */
function listFileOutcomes(file, name, filtered) {
  /** @type {Outcome[]} */
  const outcomes = file.assertionResults
    .filter((/** @type {any} */ test) => !(filtered && isLeftOut(test.status)))
    .map((/** @type {any} */ test) => ({ file: name, name: test.fullName, failure: explainVitest(test) }));
  // A file that breaks while it loads, or in a hook, fails without a failing test.
  if (file.status === 'failed' && outcomes.every(({ failure }) => failure === null)) outcomes.push(fail(name, 'loads', file.message || 'failed'));
  if (file.assertionResults.length === 0 && outcomes.length === 0) outcomes.push(fail(name, 'has tests', 'the file ran no test'));
  return outcomes;
}

/** @param {string} status */
const isLeftOut = (status) => status === 'skipped' || status === 'pending' || status === 'disabled';

/** @param {any} test @returns {string | null} */
function explainVitest({ status, failureMessages }) {
  if (status === 'passed') return null;
  return status === 'failed' ? failureMessages.join('\n') || 'failed' : `was not run (${status})`;
}

/** @param {string} path Playwright's JSON report @param {{ root: string }} options */
export function readPlaywright(path, { root }) {
  return readReport(path, 'playwright', (report) => [
    ...report.suites.flatMap((/** @type {any} */ suite) => listSpecs(suite, [], relative(root, report.config.rootDir))),
    ...report.errors.map((/** @type {any} */ error) => fail('e2e', 'runs without an error of its own', error.message ?? 'unknown')),
  ]);
}

/** @param {any} suite @param {string[]} titles @param {string} folder @returns {Outcome[]} */
function listSpecs(suite, titles, folder) {
  const specs = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => ({
      file: `${folder}/${spec.file}`,
      name: [...titles, spec.title, ...(test.projectName ? [`[${test.projectName}]`] : [])].join(' › '),
      failure: explainPlaywright(test),
    })),
  );
  return [...specs, ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => listSpecs(inner, [...titles, inner.title], folder))];
}

/** @param {any} test @returns {string | null} */
function explainPlaywright({ status, results }) {
  if (status === 'expected') return null;
  if (status === 'skipped') return 'was not run (skipped)';
  const message = results.map((/** @type {any} */ { error }) => error?.message).find(Boolean) ?? status;
  // Right only the second time: whatever raced will race again.
  return status === 'flaky' ? `failed before it passed: ${message}` : message;
}

/**
 * @param {string} path the json-summary report
 * @param {{ root: string, folders: string[], floor: number }} options `floor`: per cent of lines
 */
export function readCoverage(path, { root, folders, floor }) {
  return readReport(path, 'coverage', (report) => folders.map((folder) => {
    const files = Object.entries(report).filter(([name]) => relative(root, name).startsWith(`${folder}/`));
    const sum = (/** @type {'covered' | 'total'} */ key) => files.reduce((total, [, { lines }]) => total + lines[key], 0);
    const percent = sum('total') === 0 ? 0 : (100 * sum('covered')) / sum('total');
    const failure = percent >= floor ? null : `${percent.toFixed(1)} % of lines, at least ${floor} % are wanted`;
    return { file: folder, name: `coverage (${percent.toFixed(1)} % of ${sum('total')} lines)`, failure };
  }));
}

/** The failures, one line each and the first of what was said; then the sum, which is the last line. @param {Outcome[]} outcomes */
export function formatResult(outcomes) {
  const failed = outcomes.filter(({ failure }) => failure !== null);
  const lines = failed.map(({ file, name, failure }) => `✗ ${file} › ${name}\n    ${firstLines(failure ?? '')}`);
  return [...lines, `${outcomes.length - failed.length} passed, ${failed.length} failed`].join('\n');
}

const SHOWN_LINES = 6;

/** @param {string} text */
function firstLines(text) {
  // eslint-disable-next-line no-control-regex -- colours are control characters, and a log wants none
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '').trim();
  return plain.split('\n').filter((line) => !/^\s+at .*node_modules/.test(line)).slice(0, SHOWN_LINES).join('\n    ');
}
