import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDemoEnvironment } from './demo-environment.mjs';
import { root } from './programs.mjs';

it('the demo takes over no setting of a real instance, whichever there are', () => {
  const settings = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name ?? '');
  expect(settings).toEqual(expect.arrayContaining(['HOST', 'DATABASE_URL', 'LYSS_EGRESS_ALLOW', 'LYSS_TRUST_PROXY']));
  const real = Object.fromEntries(settings.map((name) => [name, 'real']));
  const made: Record<string, string | undefined> = makeDemoEnvironment({ ...real, PATH: '/bin' }, { port: '4711', data_dir: '/demo' });
  expect(Object.values({ ...real, ...made })).not.toContain('real');
  expect(made).toMatchObject({ PORT: '4711', LYSS_DATA_DIR: '/demo', LYSS_PUBLIC_URL: 'http://localhost:4711' });
  expect(made).toHaveProperty('HOST', undefined);
  expect(made).not.toHaveProperty('PATH');
});
