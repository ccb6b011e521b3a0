import './require-node.mjs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './programs.mjs';
import { reportFailure } from './report-failure.mjs';
import { attend, spawnNode } from './serve.mjs';

// One after the other: two that run at once measure each other.
try {
  await ensureInstalled();
  await ensureBuilt();
  const wanted = process.argv.slice(2);
  const found = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.bench.mjs')).sort();
  const chosen = found.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new Error(`No benchmark is named so. There are: ${found.join(', ') || 'none'}`);
  for (const name of chosen) {
    process.stdout.write(`\n${name}\n`);
    process.exitCode = (await attend([spawnNode([`bench/${name}`])])) || process.exitCode || 0;
  }
} catch (error) {
  reportFailure(error);
}
