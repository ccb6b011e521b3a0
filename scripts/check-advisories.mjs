import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBelowFloor, listMoving, listUntrusted, readFloors } from './advisories.mjs';
import { root } from './programs.mjs';

const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const folders = ['.', 'e2e', 'bench', ...['apps', 'packages'].flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))];
const manifests = folders.map((folder) => ({ path: join(folder, 'package.json'), manifest: readJson(join(folder, 'package.json')) }));
const lock = readJson('package-lock.json');
const floors = readFloors(readFileSync(join(root, 'docs/advisories.md'), 'utf8'));

const faults = [...listMoving(manifests), ...listUntrusted(lock, readJson('package.json').allowScripts ?? {}), ...listBelowFloor(lock, floors)];
process.stdout.write(`${Object.keys(lock.packages).length} packages against ${floors.length} floors\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = floors.length > 0 && faults.length === 0 ? 0 : 1;
