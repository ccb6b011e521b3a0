import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getProgram, root } from './programs.mjs';

/**
 * One check without a report of its own: it passes when it ends with 0 and says that it looked at something.
 * @typedef {{ group: string, name: string, args: string[], saw?: RegExp }} Check
 */

const WORKSPACES = ['packages/api-types', 'apps/bff', 'apps/web', 'e2e', 'bench', 'scripts'];
const CRUISED = ['packages/api-types/src', 'apps/bff/src', 'apps/web/src', 'e2e'];

/** @returns {Check[]} */
export function listChecks() {
  return [
    ...WORKSPACES.map((folder) => ({ group: 'types', name: `types: ${folder}`, args: [getProgram('typescript', 'tsc'), '-p', `${folder}/tsconfig.json`] })),
    { group: 'lint', name: 'lint', args: [getProgram('oxlint'), '--config', '.oxlintrc.json', '--deny-warnings', '.'], saw: /on [1-9]\d* files/ },
    {
      group: 'imports', name: 'import rules',
      args: [getProgram('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs', ...CRUISED.filter((path) => existsSync(join(root, path)))],
      saw: /\([1-9]\d* modules/,
    },
    { group: 'knip', name: 'nothing unused (knip)', args: [getProgram('knip'), '--no-progress'] },
    ...listDriftChecks(),
  ];
}

/** Each scripts/check-*.mjs compares something generated with its source and ends with 1 where they differ. */
function listDriftChecks() {
  const found = readdirSync(join(root, 'scripts')).filter((name) => /^check-.*\.mjs$/.test(name)).sort();
  return found.map((name) => ({ group: 'drift', name: `drift: ${name.slice('check-'.length, -'.mjs'.length)}`, args: [`scripts/${name}`] }));
}
