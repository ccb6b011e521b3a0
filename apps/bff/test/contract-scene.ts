import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { enrolPasskey } from './second-factors.ts';
import { startSmallIssuer, type SmallIssuer } from './small-issuer.ts';
import { pictures } from './pictures.ts';
import { createTestApp, ORIGIN, type Answer, type TestApp, type TestPerson } from './app.ts';

/** What one tenant owns that an id can name. */
export interface Estate {
  admin: TestPerson;
  user_id: string;
  supplier_id: string;
  conversation_id: string;
  reply_id: string;
  audit_entry_id: string;
  role_id: string;
  api_key_id: string;
  session_id: string;
  export_id: string;
  archive_id: string;
  look_id: string;
  passkey_id: string;
  import_id: string;
  logo_id: string;
  /** A call that the request log shows. */
  usage_record_id: string;
  model_id: string;
}

export interface ContractScene {
  app: TestApp;
  supplier_url: string;
  issuer: SmallIssuer;
  demo_model: string;
  ours: Estate;
  /** The same things of another tenant, which nobody of ours may see. */
  theirs: Estate;
  /** A member of our tenant, with a conversation and a reply that even our admin may not read. */
  colleague: Estate;
  /** Every row of a tenant, as text, table by table, without what the clock alone writes. */
  dump(tenant_id: string): Promise<string>;
  close(): Promise<void>;
}

const MODEL = 'gpt-4.1-mini';

/** A supplier that accepts every key, on a real socket of this machine. */
async function startSupplier() {
  const server = createServer((request, response) => {
    const completion = { id: 'c', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }] };
    const chunk = { id: 'c', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
    request.resume().on('end', () => {
      if (request.url?.endsWith('/models')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: [{ id: MODEL }] }));
      if (request.headers.accept?.includes('event-stream')) return void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object once it listens.
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
  return { host: `127.0.0.1:${port}`, close };
}

/** The whole app with two tenants that own one of everything. */
export async function createContractScene(env: Record<string, string> = {}): Promise<ContractScene> {
  const supplier = await startSupplier();
  const issuer = await startSmallIssuer();
  const app = await createTestApp({}, { LYSS_EGRESS_ALLOW: `${supplier.host},${issuer.host}`, ...env });
  const supplier_url = `http://${supplier.host}/v1`;
  const demo_model = await findDemoModel(app, app.owner);
  const build = (admin: TestPerson, member: TestPerson) => buildEstate(app, admin, member, supplier_url, demo_model);
  const ours = await build(app.owner, app.owner);
  const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
  const theirs = await build(stranger, stranger);
  const member = await app.signInAs('end_user');
  const colleague = { ...ours, ...(await talk(app, member, demo_model)), api_key_id: await makeApiKey(app, member), session_id: await findSession(app, member), look_id: await startLook(app, await app.signInAs('tenant_admin'), member.user_id), passkey_id: (await enrolPasskey(app.call, { as: await app.signInAs('end_user') })).passkey_id, admin: member };
  return {
    ...{ app, supplier_url, issuer, demo_model, ours, theirs, colleague },
    dump: (tenant_id) => dumpTenant(app.database.superuser_url, tenant_id),
    async close() {
      await app.close();
      await supplier.close();
      await issuer.close();
    },
  };
}

async function findDemoModel(app: TestApp, as: TestPerson): Promise<string> {
  const models = await app.call('GET', '/api/v1/models', { as });
  return models.body.data.items.find((model: { demo: boolean }) => model.demo).name;
}

/** One of everything, made by a tenant's admin; what a person owns is the member's. */
export async function buildEstate(app: TestApp, admin: TestPerson, member: TestPerson, supplier_url: string, model: string): Promise<Estate> {
  // First: a tenant that holds something takes no archive.
  const import_id = await announceImport(app, admin);
  const email = `somebody-${crypto.randomUUID()}@example.com`;
  const user = await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email, name: 'Somebody' } });
  const body = { provider: 'custom', name: 'Estate', base_url: supplier_url, api_key: 'sk-of-the-estate-0123456789' };
  const saved = await app.call('POST', '/api/v1/admin/suppliers', { as: admin, body });
  if (user.status !== 201 || saved.status !== 201) throw new Error(`no estate: ${JSON.stringify([user.body, saved.body])}`);
  const role = await app.call('POST', '/api/v1/admin/roles', { as: admin, body: { name: 'Auditor', permissions: ['audit.read'] } });
  const trail = await app.call('GET', '/api/v1/admin/audit-logs', { as: admin });
  const served = await app.call('GET', '/api/v1/admin/models?provider=custom', { as: admin });
  return { admin, import_id, logo_id: await putLogo(app, admin), user_id: user.body.data.user.id, supplier_id: saved.body.data.id, audit_entry_id: trail.body.data.items[0].id, role_id: role.body.data.id, model_id: served.body.data.items[0].id, api_key_id: await makeApiKey(app, member), export_id: await makeExport(app, admin), archive_id: await makeArchive(app, admin), session_id: await findSession(app, member), look_id: await startLook(app, admin, user.body.data.user.id), passkey_id: (await enrolPasskey(app.call, { as: admin })).passkey_id, ...(await talk(app, member, model)), usage_record_id: await findRequest(app, admin) };
}

/** The newest call of the tenant: its record is written with the reply's end. */
async function findRequest(app: TestApp, as: TestPerson): Promise<string> {
  const listed = await tryUntil(() => app.call('GET', '/api/v1/admin/requests', { as }), ({ body }) => body.data.items.length > 0);
  return listed.body.data.items[0].id;
}

async function findSession(app: TestApp, as: TestPerson): Promise<string> {
  const listed = await app.call('GET', '/api/v1/auth/sessions', { as });
  return listed.body.data.items.find((session: { is_current: boolean }) => session.is_current).id;
}

/** An archive that was announced for an empty tenant, and has not come yet. */
export async function announceImport(app: TestApp, as: TestPerson): Promise<string> {
  const made = await app.call('POST', '/api/v1/admin/tenant/imports', { as, body: { file_name: 'archive.tar.gz', bytes: 3, sha256: '0'.repeat(64) } });
  if (made.status !== 201) throw new Error(`no import: ${JSON.stringify(made.body)}`);
  return made.body.data.id;
}

/** A tenant's picture, in the place of the one before. */
export async function putLogo(app: TestApp, as: TestPerson): Promise<string> {
  return (await app.call('PUT', '/api/v1/admin/tenant/logo', { as, body: { content: pictures.png } })).body.data.logo.id;
}

/** A finished file of the trail. */
export const makeExport = (app: TestApp, as: TestPerson) => makeFile(app, as, '/api/v1/admin/audit-logs/exports', { format: 'jsonl' });
/** A finished archive of the tenant. */
export const makeArchive = (app: TestApp, as: TestPerson) => makeFile(app, as, '/api/v1/admin/tenant/exports', {});

async function makeFile(app: TestApp, as: TestPerson, path: string, body: object): Promise<string> {
  // Only so many are made at a time, and an earlier case's may be among them.
  const made = await tryUntil(() => app.call('POST', path, { as, body }), ({ status }) => status !== 409);
  if (made.status >= 400) throw new Error(`no file: ${JSON.stringify(made.body)}`);
  const { id } = made.body.data;
  await tryUntil(() => app.call('GET', `${path}/${id}`, { as }), (read) => read.body.data.state === 'ready');
  return id;
}

async function tryUntil(ask: () => Promise<Answer>, isEnough: (answer: Answer) => boolean): Promise<Answer> {
  let answer = await ask();
  for (let tries = 0; tries < 200 && !isEnough(answer); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await ask();
  }
  return answer;
}

/** A look that goes on, until its looker begins another. */
export async function startLook(app: TestApp, as: TestPerson, subject_id: string): Promise<string> {
  return (await app.call('POST', `/api/v1/admin/users/${subject_id}/looks`, { as, body: { reason: 'They asked for help with it' } })).body.data.id;
}

async function makeApiKey(app: TestApp, as: TestPerson): Promise<string> {
  return (await app.call('POST', '/api/v1/api-keys', { as, body: { name: 'Estate', scopes: ['chat.use'] } })).body.data.id;
}

/** A conversation with one finished reply in it. */
export async function talk(app: TestApp, as: TestPerson, model: string): Promise<Pick<Estate, 'conversation_id' | 'reply_id'>> {
  const made = await app.call('POST', '/api/v1/chat/conversations', { as, body: { title: `Of ${as.workspace}` } });
  const conversation_id: string = made.body.data.id;
  const replied = await app.call('POST', `/api/v1/chat/conversations/${conversation_id}/replies`, { as, body: { content: 'demo:echo', model } });
  const reply_id = replied.headers.get('content-location')?.split('/').at(-2);
  if (!reply_id) throw new Error(`no reply: ${JSON.stringify(replied.body)}`);
  return { conversation_id, reply_id };
}

/** Starts a reply that lasts a minute, and lets its reader go: it runs on. */
export async function startSlowReply(app: TestApp, as: TestPerson, conversation_id: string, model: string): Promise<string> {
  const left = new AbortController();
  const response = await app.app.request(`${ORIGIN}/api/v1/chat/conversations/${conversation_id}/replies`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'demo:slow', model }),
    signal: left.signal,
  });
  const reply_id = response.headers.get('content-location')?.split('/').at(-2);
  await response.body?.cancel();
  left.abort();
  if (!reply_id) throw new Error(`no slow reply: ${response.status}`);
  return reply_id;
}

// Minute jobs write who was here: no change that a request made, nor one that a request must not make.
const WRITTEN_BY_CLOCK = ['last_seen_at', 'last_used_at'];

async function dumpTenant(url: string, tenant_id: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'tenant_id'
         -- The sealer follows in the background: what it adds is no change that a request made.
         and c.relname <> 'audit_seals' order by 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select (to_jsonb(t) - $2::text[])::text as row from ${name} t where tenant_id = $1 order by 1`, [tenant_id, WRITTEN_BY_CLOCK]);
      parts.push(`${name}\n${rows.rows.map(({ row }) => row).join('\n')}`);
    }
    return parts.join('\n\n');
  } finally {
    await client.end();
  }
}
