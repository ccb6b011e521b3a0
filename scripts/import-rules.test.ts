import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };

/** One planted violation for each rule: a file and what it must not import. */
const planted: Record<string, Record<string, string>> = {
  'contract-is-a-leaf': { 'packages/api-types/src/leaf.ts': "import 'kysely';" },
  'apps-import-no-apps': { 'apps/web/src/other-app.ts': "import '../../bff/src/http/shared.ts';" },
  'modules-import-no-modules': { 'apps/bff/src/modules/alpha/service.ts': "import '../beta/service.ts';", 'apps/bff/src/modules/beta/service.ts': 'export {};' },
  'rooms-import-no-modules': { 'apps/bff/src/http/upwards.ts': "import '../modules/beta/service.ts';" },
  'routes-touch-no-sql': { 'apps/bff/src/modules/alpha/routes.ts': "import './repository.ts';", 'apps/bff/src/modules/alpha/repository.ts': 'export {};' },
  'hono-in-http-only': { 'apps/bff/src/jobs/web.ts': "import 'hono';" },
  'sql-in-db-and-repositories-only': { 'apps/bff/src/modules/alpha/sql.ts': "import 'kysely';" },
  'ciphers-in-crypto-only': { 'apps/bff/src/jobs/cipher.ts': "import 'node:crypto';" },
  'sockets-in-egress-only': { 'apps/bff/src/jobs/socket.ts': "import 'node:net';" },
  'mail-in-its-room-only': { 'apps/bff/src/jobs/letter.ts': "import 'nodemailer';" },
  'features-import-no-features': { 'apps/web/src/features/one/page.ts': "import '../two/page.ts';", 'apps/web/src/features/two/page.ts': 'export {};' },
  'ui-knows-nothing': { 'apps/web/src/ui/knowing.ts': "import '../api/client.ts';", 'apps/web/src/api/client.ts': 'export {};' },
  'no-schemas-in-the-browser': { 'apps/web/src/api/schemas.ts': "import 'zod';" },
  'e2e-knows-only-the-contract': { 'e2e/tests/inside.ts': "import '../../apps/bff/src/http/shared.ts';" },
  'no-cycles': { 'apps/bff/src/http/egg.ts': "import './hen.ts';", 'apps/bff/src/http/hen.ts': "import './egg.ts';" },
  'no-orphans': { 'apps/bff/src/http/alone.ts': 'export {};' },
  'nothing-unresolved': { 'apps/bff/src/http/lost.ts': "import './nowhere.ts';" },
};

interface Violation {
  from: string;
  rule: { name: string };
}
let folder: string;
let violations: Violation[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyss-rules-'));
  const files = { 'apps/bff/src/http/shared.ts': "export {};", ...Object.assign({}, ...Object.values(planted)) } as Record<string, string>;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${text}\n`);
  }
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json']) copyFileSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  violations = cruise(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cruise(where: string): Violation[] {
  const program = join(root, 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'packages', 'e2e'];
  const text = execFileSync(program, args, { cwd: where, encoding: 'utf8', maxBuffer: 1024 * 1024 * 256 });
  return (JSON.parse(text) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the import rules', () => {
  it('have a planted violation each', () => {
    expect(Object.keys(planted).toSorted()).toEqual(forbidden.map((rule) => rule.name).toSorted());
  });

  it.each(Object.entries(planted))('catch %s', (rule, files) => {
    const caught = violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from);
    expect(caught).toContain(Object.keys(files)[0]);
  });
});
