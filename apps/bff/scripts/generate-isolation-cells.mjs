// Writes test/proof/isolation-cells.txt: where the isolation matrix attacks each endpoint, as the contract says.
// With --check it writes nothing and fails where the file is not what the contract says.
import { readFileSync, writeFileSync } from 'node:fs';
import { writeCells } from '../test/proof/isolation-cells.ts';
import { exempt } from '../test/proof/isolation-exempt.ts';

const target = new URL('../test/proof/isolation-cells.txt', import.meta.url);
const text = writeCells(new Set(Object.keys(exempt)));

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('apps/bff/test/proof/isolation-cells.txt has drifted: run `npm run generate -w @lyss/bff`, and read the difference');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
