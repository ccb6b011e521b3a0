// What is generated must be what its source says: runs every generator with --check and names those that differ.
import { spawnSync } from 'node:child_process';
import { root } from './programs.mjs';

const generators = [
  'packages/api-types/scripts/generate-routes.mjs',
  'apps/bff/scripts/generate-db-types.mjs',
  'apps/bff/scripts/generate-env-example.mjs',
  'apps/bff/scripts/generate-openapi.mjs',
  'apps/bff/scripts/generate-permission-matrix.mjs',
  'apps/bff/scripts/generate-isolation-cells.mjs',
];

const drifted = generators.filter((script) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) console.error(`${script}\n${stdout}${stderr}`.trimEnd());
  return status !== 0;
});
console.log(`${generators.length - drifted.length} of ${generators.length} generated files are as their source says`);
process.exit(drifted.length === 0 ? 0 : 1);
