// Writes src/routes.gen.ts: method and path of every endpoint, so that the browser needs no schema library to call one.
// With --check it writes nothing and fails where the file is not what the contract says.
import { readFileSync, writeFileSync } from 'node:fs';
import { listEndpoints } from '../src/index.ts';

const target = new URL('../src/routes.gen.ts', import.meta.url);
const rows = listEndpoints().map(([id, { method, path }]) => `  '${id}': ['${method}', '${path}'],`);
const text = `// Generated from the contract by scripts/generate-routes.mjs; \`npm test\` fails where it has drifted.
import type { EndpointId } from './index.ts';
import type { Method } from './endpoint.ts';

export const routes: Record<EndpointId, readonly [Method, string]> = {
${rows.join('\n')}
};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('packages/api-types/src/routes.gen.ts has drifted: run `npm run generate -w @lyss/api-types`');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
