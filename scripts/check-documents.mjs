import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeDocuments, listPages } from './documents.mjs';
import { root } from './programs.mjs';

// The names alone: to import the settings would start the server's own dependencies.
const config = readFileSync(join(root, 'apps/bff/src/config.ts'), 'utf8');
const settings = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name ?? '');

const faults = judgeDocuments(root, settings);
process.stdout.write(`${listPages(root).length} pages, ${settings.length} settings\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = settings.length > 0 && faults.length === 0 ? 0 : 1;
