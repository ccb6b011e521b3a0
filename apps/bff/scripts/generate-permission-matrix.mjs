// Writes test/proof/permission-matrix.txt: who gets past which endpoint's gate, as the contract says.
// With --check it writes nothing and fails where the file is not what the contract says.
import { readFileSync, writeFileSync } from 'node:fs';
import { foretell, writeTable } from '../test/proof/permission-table.ts';

const target = new URL('../test/proof/permission-matrix.txt', import.meta.url);
const text = writeTable((_id, endpoint, asker) => foretell(endpoint, asker));

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('apps/bff/test/proof/permission-matrix.txt has drifted: run `npm run generate -w @lyss/bff`, and read the difference');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
