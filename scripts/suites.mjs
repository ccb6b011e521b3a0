import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBuilt } from './build.mjs';
import { getChromium } from './browser.mjs';
import { listChecks } from './checks.mjs';
import { CommandFailure, getProgram, node24, root, runLogged } from './programs.mjs';
import { readCoverage, readPlaywright, readVitest } from './reports.mjs';

/** @typedef {import('./reports.mjs').Outcome} Outcome */

const REPORTS = join(root, 'reports');
const MINUTE = 60_000;
const COVERAGE_FLOOR = 85;
const MEASURED = ['apps/bff/src', 'packages/api-types/src'];
const ROOMS = ['packages/api-types/', 'apps/bff/', 'apps/web/', 'scripts/'];

/** @param {string} name @param {() => Promise<unknown>} work @returns {Promise<Outcome>} */
async function judge(name, work) {
  const began = performance.now();
  const failure = await work().then(() => null, (error) => (error instanceof CommandFailure ? `${error.message}\n${error.output.trim()}` : String(error)));
  process.stdout.write(`${failure === null ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
  if (failure !== null) process.stdout.write(`${failure}\n`);
  return { file: 'npm test', name, failure };
}

/** @param {import('./checks.mjs').Check} check @returns {Promise<Outcome>} */
export function runCheck({ name, args, saw }) {
  return judge(name, async () => {
    const log_path = join(REPORTS, 'logs', `${name.replace(/\W+/g, '-')}.log`);
    const output = await runLogged(node24, args, { log_path, timeout_ms: 10 * MINUTE });
    if (saw && !saw.test(output)) throw new CommandFailure('it looked at nothing', output, log_path);
  });
}

/** Checks of the chosen groups, two at a time: that many cores are always there. @param {(group: string) => boolean} isChosen */
export async function runChecks(isChosen) {
  const waiting = listChecks().filter(({ group }) => isChosen(group));
  /** @type {Outcome[]} */
  const outcomes = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) outcomes.push(await runCheck(check));
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

// Left alone, vitest keeps a core for itself and has one worker on two; the tests wait for PostgreSQL half of their time.
const listWorkers = () => (availableParallelism() === 2 ? ['--maxWorkers=2'] : []);

/** Units and integration, with coverage. @param {string | null} grep */
export async function runUnits(grep) {
  const report = join(REPORTS, 'vitest.json');
  const args = [
    // A snapshot that is missing has been reviewed by nobody: vitest would write it and be content.
    getProgram('vitest'), 'run', '--config', 'vite.config.ts', '--update=none', ...listWorkers(), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
    ...(grep ? ['-t', grep] : ['--coverage.enabled', '--coverage.reporter=json-summary', '--coverage.reportOnFailure', `--coverage.reportsDirectory=${join(REPORTS, 'coverage')}`]),
  ];
  const ended = await runRunner('units', args, {});
  const outcomes = readVitest(report, { root, rooms: grep ? [] : ROOMS, filtered: grep !== null });
  const coverage = grep ? [] : readCoverage(join(REPORTS, 'coverage', 'coverage-summary.json'), { root, folders: MEASURED, floor: COVERAGE_FLOOR });
  return withRunner([...outcomes, ...coverage], 'units', ended);
}

export async function runBuildCheck() {
  return [await judge('build: server and console', ensureBuilt)];
}

/** Journeys in a real browser against the built app. @param {string | null} grep */
export async function runJourneys(grep) {
  const report = join(REPORTS, 'playwright.json');
  let env;
  const browser = await judge('a Chromium for the journeys', async () => {
    const { path, origin } = await getChromium(join(REPORTS, 'logs', 'chromium.log'));
    process.stdout.write(`Chromium: ${path} (${origin})\n`);
    // Playwright tells its workers about colours in its own way; told twice, each worker's Node warns.
    env = { LYSS_CHROMIUM: path, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report, NO_COLOR: undefined };
  });
  if (env === undefined) return [browser];
  const args = [getProgram('@playwright/test', 'playwright'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...(grep ? ['-g', grep] : [])];
  const ended = await runRunner('e2e', args, env);
  return withRunner(readPlaywright(report, { root }), 'e2e', ended);
}

/** @param {string} name @param {string[]} args @param {Record<string, string | undefined>} env @returns {Promise<string | null>} how it failed */
function runRunner(name, args, env) {
  process.stdout.write(`\n${name}\n`);
  const log_path = join(REPORTS, 'logs', `${name}.log`);
  return runLogged(node24, args, { log_path, env, echo: true, timeout_ms: 20 * MINUTE }).then(() => null, (error) => error.message);
}

/**
 * A runner that fails although every test of its report passed has seen what no test saw.
 * @param {Outcome[]} outcomes @param {string} name @param {string | null} ended
 */
export function withRunner(outcomes, name, ended) {
  if (ended === null || outcomes.some(({ failure }) => failure !== null)) return outcomes;
  return [...outcomes, { file: 'npm test', name: `${name}: the runner itself`, failure: `${ended} although each test passed` }];
}
