import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generateKeyringText } from './crypto/keyring.ts';
import { ConfigurationError, readConfig, settings } from './config.ts';

const KEY = generateKeyringText();
// What no folder is called: a program that fails says where it lies.
const PLANTED = 'canary-5rq8xw2m';
const bad = {
  PORT: '70000',
  LYSS_PUBLIC_URL: 'http://ai.example.com',
  LYSS_ALLOW_HTTP: 'yes',
  LYSS_TRUST_PROXY: '-1',
  DATABASE_URL: `mysql://${PLANTED}-user:${PLANTED}-password@db/lyss`,
  LYSS_APP_DATABASE_URL: PLANTED,
  LYSS_DATABASE_POOL: '1',
  LYSS_MASTER_KEYS: `k1:${PLANTED}-too-short`,
  LYSS_EGRESS_ALLOW: 'http://localhost:11434/v1',
  LYSS_SMTP_URL: `http://${PLANTED}-user:${PLANTED}-password@mail`,
  LYSS_MAIL_FROM: PLANTED,
  LYSS_OPERATIONS_PORT: 'x',
  LYSS_LOG_LEVEL: 'loud',
  LYSS_STOP_SECONDS: '0',
  LYSS_SURPRISE: '1',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('settings', () => {
  it('all have a default or may be left out, and say what they are for', () => {
    const { config, secrets } = readConfig({});
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', LYSS_TRUST_PROXY: 0, secure_cookies: true, egress_allow: [] });
    expect(config.public_url.href).toBe('http://localhost:3000/');
    expect(secrets).toEqual({ database_url: undefined, app_database_url: undefined, master_keys: undefined });
    for (const [name, schema] of Object.entries(settings.shape)) expect(schema.description ?? '', name).toMatch(/^\S.{10,}/);
  });

  it('that are bad are all named at once, and no value with them', () => {
    const text = problemsOf(bad).join('\n');
    for (const name of Object.keys(bad)) expect(text).toContain(name);
    expect(text).not.toContain(PLANTED);
    expect(text).not.toContain('too-short');
  });

  it.each(Object.entries(bad))('%s=%s alone is refused', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });

  it('name a port that links can be written with; operations alone may have none', () => {
    expect(problemsOf({ PORT: '0' })).toEqual([expect.stringMatching(/^PORT: /)]);
    for (const PORT of ['abc', '3000.5', '70000']) expect(problemsOf({ PORT })).toEqual(['PORT: must be a whole number up to 65535']);
    expect(problemsOf({ PORT: '1', LYSS_OPERATIONS_PORT: '0' })).toEqual([]);
    expect(problemsOf({ LYSS_OPERATIONS_PORT: '-1' })).toEqual([expect.stringMatching(/^LYSS_OPERATIONS_PORT: /)]);
  });

  it('that are empty are not set', () => {
    expect(readConfig(Object.fromEntries(Object.keys(settings.shape).map((name) => [name, '']))).config.PORT).toBe(3000);
  });

  it('keep secrets out of what may be printed', () => {
    const { config } = readConfig({ DATABASE_URL: `postgres://u:${PLANTED}@db/lyss`, LYSS_APP_DATABASE_URL: `postgresql://a:${PLANTED}@db/lyss`, LYSS_MASTER_KEYS: KEY });
    expect(JSON.stringify(config)).not.toContain(PLANTED);
    expect(JSON.stringify(config)).not.toContain(KEY);
  });

  it.each([['https://ai.example.com', true], ['http://localhost:8080', true], ['http://127.0.0.1', true], ['http://[::1]:3000', true]])('%s keeps cookies protected', (LYSS_PUBLIC_URL, secure_cookies) => {
    expect(readConfig({ LYSS_PUBLIC_URL }).config.secure_cookies).toBe(secure_cookies);
  });

  it.each(['http://ai.example.com', 'http://localhost.evil.example', 'http://127.0.0.2', 'http://0.0.0.0:3000'])('%s needs LYSS_ALLOW_HTTP=1, and then goes without', (LYSS_PUBLIC_URL) => {
    expect(problemsOf({ LYSS_PUBLIC_URL })).toEqual([expect.stringContaining('LYSS_ALLOW_HTTP=1')]);
    expect(readConfig({ LYSS_PUBLIC_URL, LYSS_ALLOW_HTTP: '1' }).config.secure_cookies).toBe(false);
  });
});

describe('the process', () => {
  it('prints every bad setting and exits 78 before it touches anything', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], { env: { ...bad, PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(78);
    expect(text).toContain('CONFIGURATION_ERROR (5005)');
    for (const name of Object.keys(bad)) expect(text).toContain(name);
    expect(text).not.toContain(PLANTED);
  });
});
