import { root } from './programs.mjs';
import { judgeSizes } from './sizes.mjs';

const { files, median, p95, faults } = judgeSizes(root);
process.stdout.write(`${files} files, median ${median} lines, 95 % within ${p95}\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = files > 0 && faults.length === 0 ? 0 : 1;
