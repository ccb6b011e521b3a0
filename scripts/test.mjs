import './require-node.mjs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { root } from './programs.mjs';
import { formatResult } from './reports.mjs';
import { reportFailure } from './report-failure.mjs';
import { runBuildCheck, runChecks, runJourneys, runUnits } from './suites.mjs';

const GROUPS = ['types', 'lint', 'imports', 'knip', 'drift', 'units', 'build', 'e2e'];

function readOptions() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
  const only = values.only?.split(',') ?? GROUPS;
  const unknown = only.filter((name) => !GROUPS.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${GROUPS.join(', ')}; not ${unknown.join(', ')}`);
  return { isChosen: (/** @type {string} */ name) => only.includes(name), grep: values.grep ?? null };
}

try {
  const { isChosen, grep } = readOptions();
  rmSync(join(root, 'reports'), { recursive: true, force: true });
  await ensureInstalled();
  const outcomes = await runChecks(isChosen);
  if (isChosen('units')) outcomes.push(...(await runUnits(grep)));
  if (isChosen('build') || isChosen('e2e')) outcomes.push(...(await runBuildCheck()));
  if (isChosen('e2e')) outcomes.push(...(await runJourneys(grep)));
  process.exitCode = outcomes.length > 0 && outcomes.every(({ failure }) => failure === null) ? 0 : 1;
  process.stdout.write(`\n${formatResult(outcomes)}\n`);
} catch (error) {
  reportFailure(error);
  process.stdout.write('0 passed, 1 failed\n');
}
