import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../test/app.ts';
import { openBrowser } from '../../test/browser.ts';
import { createContractScene, type ContractScene } from '../../test/contract-scene.ts';

const secrets = {
  password: 'canary "pässword" 7 quiet/lakes+run\\deep',
  api_key: 'sk-canary/9f8e7d6c5b4a+3210=',
  message: 'canary-message: what <nobody> may read & "quote"',
  prompt: 'canary-prompt: be kind to Zoë',
  query: 'canary-query-42',
};

let scene: ContractScene;
let superuser: Client;
const refusals: string[] = [];
const tokens: string[] = [];
beforeAll(async () => {
  scene = await createContractScene();
  superuser = new Client({ connectionString: scene.app.database.superuser_url });
  await superuser.connect();
  await live();
});
afterAll(async () => {
  await superuser.end();
  await scene.close();
});

/** Keeps what a refusal says, which no secret may be in. */
function note(answer: Answer): Answer {
  if (answer.status >= 400) refusals.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
  return answer;
}

/** Sends every secret through every door there is for it, rightly and wrongly. */
async function live(): Promise<void> {
  const { app, supplier_url, demo_model } = scene;
  const as = app.owner;
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => note(await app.call(method, path, { as, headers, ...(body === undefined ? {} : { body }) }));
  const invited = await call('POST', '/api/v1/admin/users', { email: 'somebody-here@example.com', name: 'Some Body' });
  const token = String(invited.body.data.invitation.url).split('/').at(-1) ?? '';
  const browser = openBrowser(app);
  const chosen = await browser.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: secrets.password } });
  expect(chosen.status).toBe(200);
  note(await browser.call('POST', '/api/v1/auth/refresh'));
  tokens.push(token, as.access_token, as.refresh_token, ...browser.cookies.values());
  for (const password of [secrets.password, `${secrets.password}!`, 5]) note(await app.call('POST', '/api/v1/auth/login', { body: { email: 'somebody-here@example.com', password, workspace: secrets.query } }));
  note(await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: secrets.query, username: 'somebody-here@example.com', password: secrets.password }) }));
  note(await app.call('POST', '/api/v1/auth/login', { body: `{"password":"${secrets.query}", broken` }));
  const custom = { provider: 'custom', base_url: supplier_url, api_key: secrets.api_key };
  expect((await call('POST', '/api/v1/admin/suppliers/test', custom)).status).toBe(200);
  const saved = await call('POST', '/api/v1/admin/suppliers', { ...custom, name: 'Canary' });
  expect(saved.status).toBe(201);
  await call('POST', '/api/v1/admin/suppliers', { ...custom, name: 'Canary' });
  await call('POST', '/api/v1/admin/suppliers', { ...custom, name: 'Far', base_url: 'http://10.0.0.1/' });
  await call('POST', '/api/v1/admin/suppliers', { ...custom, api_key: `${secrets.api_key} with space` });
  await call('POST', `/api/v1/admin/suppliers/${saved.body.data.id}/rotate`, { api_key: secrets.api_key, extra: 1 });
  await call('GET', `/api/v1/admin/users?search=${secrets.query}&sort_by=${secrets.query}`);
  await call('GET', `/api/v1/${secrets.query}`);
  const made = await call('POST', '/api/v1/chat/conversations', { system_prompt: secrets.prompt, title: 'Plain' });
  await call('POST', `/api/v1/chat/conversations/${made.body.data.id}/replies`, { content: `${secrets.message} demo:echo`, model: demo_model });
  await call('POST', `/api/v1/chat/conversations/${made.body.data.id}/replies`, { content: secrets.message, model: 'no-such-model' });
  await call('PATCH', `/api/v1/chat/conversations/${made.body.data.id}`, { system_prompt: secrets.prompt });
  await call('GET', '/api/v1/auth/me', undefined, { cookie: `__Host-lyss_at=${tokens.at(-1)}` });
  await call('POST', '/api/v1/auth/logout', undefined, { 'user-agent': secrets.query });
}

/** A secret in every form that it could slip out in. */
function spell(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const escaped = JSON.stringify(secret).slice(1, -1);
  const shifted = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').slice(shift === 0 ? 0 : 4, -4));
  const forms = [secret, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), ...shifted];
  return [...new Set(forms)].filter((form) => form.length > 8);
}

function expectNone(place: string, texts: string[], wanted: string[]): void {
  expect(texts.length, place).toBeGreaterThan(0);
  for (const text of texts) for (const secret of wanted) for (const form of spell(secret)) if (text.includes(form)) throw new Error(`${place} holds ${secret} as ${form}: ${text.slice(0, 300)}`);
}

const all = () => [...Object.values(secrets), ...tokens];

describe('a planted secret', () => {
  it('is looked for in forms that find it', () => {
    for (const form of [encodeURIComponent(secrets.api_key), Buffer.from(`xx${secrets.api_key}`).toString('base64'), Buffer.from(secrets.api_key).toString('hex')]) {
      expect(() => expectNone('here', [`before ${form} after`], [secrets.api_key])).toThrow(/here holds/);
    }
  });

  it('is in no log line', () => {
    expectNone('a log line', scene.app.lines, all());
  });

  it('is in no audit entry', async () => {
    const { rows } = await superuser.query<{ row: string }>(`select to_jsonb(a)::text as row from audit_entries a union all select to_jsonb(p)::text from platform_audit_entries p`);
    expectNone('the audit', rows.map(({ row }) => row), all());
  });

  it('is in no refusal', () => {
    expect(refusals.length).toBeGreaterThan(20);
    expectNone('a refusal', refusals, all());
  });

  it('is in no table but the two that people write texts into', async () => {
    const { rows } = await superuser.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`);
    for (const { name } of rows) {
      const found = await superuser.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      if (found.rows.length === 0) continue;
      const wanted = ['messages', 'conversations', 'reply_events'].includes(name) ? all().filter((secret) => secret !== secrets.message && secret !== secrets.prompt) : all();
      // Of a session, the device's name is kept on purpose; it is the one place a user agent goes to.
      expectNone(name, found.rows.map(({ row }) => row), name === 'sessions' ? wanted.filter((secret) => secret !== secrets.query) : wanted);
    }
  });

  it('leaves log lines of allowed fields alone, each one JSON', () => {
    const allowed = ['level', 'time', 'msg', 'request_id', 'method', 'route', 'status', 'code', 'duration_ms', 'tenant_id', 'user_id', 'reply_id', 'credential_id', 'provider', 'kind', 'count', 'error'];
    for (const line of scene.app.lines) {
      expect(line).toMatch(/^\{.*\}\n$/);
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(JSON.parse(line))));
    }
  });
});
