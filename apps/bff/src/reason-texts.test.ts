import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorTable, type ErrorName } from '@lyss/api-types';
import { expect, it } from 'vitest';
import { errorTexts, findReasonText } from './error-texts.ts';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const isSource = (path: string) => path.endsWith('.ts') && !/\.test\.ts$|test-scene|\.gen\.ts$/.test(path);
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(isSource).map((path) => readFileSync(`${ROOT}${path}`, 'utf8'));

/** Each refusal that the server's own code spells out: a code's name and, before its statement ends, a reason. */
const written = sources.flatMap((text) => [...text.matchAll(/new AppError\('([A-Z_]+)'[^;]*?\breason: '([a-z_]+)'/g)].map(([, name, reason]) => `${name} ${reason}`));
/** Those whose reason is chosen before they are thrown. */
const chosen = [
  ...['tenant_suspended', 'user_disabled', 'proof_by_factor', 'sso_only', 'second_factor_demanded', 'short_password'].map((reason) => `OPERATION_NOT_ALLOWED ${reason}`),
  ...['user_disabled', 'tenant_suspended', 'password_changed', 'password_reset', 'second_factors_changed', 'second_factors_reset', 'refresh_reused', 'session_ended'].map((reason) => `TOKEN_INVALID ${reason}`),
  ...sources.filter((text) => text.includes("const refuse = (reason: string")).flatMap((text) => [...text.matchAll(/\brefuse\('([a-z_]+)'/g)].map(([, reason]) => `OPERATION_NOT_ALLOWED ${reason}`)),
];
const reasons = [...new Set([...written, ...chosen])].sort().map((pair) => pair.split(' ') as [ErrorName, string]);

it('finds the reasons that there are', () => {
  expect(reasons.length).toBeGreaterThan(70);
  for (const [name] of reasons) expect(errorTable).toHaveProperty(name);
});

it.each(reasons)('%s, %s: says in both languages what is the matter, and not only what its code says', (name, reason) => {
  const text = findReasonText(name, reason);
  expect(text, 'no text of its own').toBeDefined();
  expect(text?.['zh-CN']).toMatch(/\p{Script=Han}.*。$/u);
  expect(text?.['en-US']).toMatch(/^[A-Z].*\.$/u);
  expect(text?.['en-US']).not.toMatch(/\p{Script=Han}/u);
  expect(text).not.toEqual(errorTexts[name]);
});
