import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { root } from './programs.mjs';
import { listTooHeavy, weighPages } from './web-weight.mjs';

await ensureBuilt();
const weights = weighPages(join(root, 'apps/web/dist'));
process.stdout.write('JavaScript of a first visit, gzip\n');
for (const { page, kb, floor, goal } of weights) process.stdout.write(`  ${page.padEnd(8)} ${kb} KB (goal ${goal}, at most ${floor})\n`);
const faults = listTooHeavy(weights);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
