import { apiError, apiResponse, listEndpoints, permissions, type Endpoint, type EndpointId } from '@lyss/api-types';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, TestPerson } from './app.ts';
import { cases, type Sent } from './contract-cases.ts';
import { createContractScene, type ContractScene, type Estate } from './contract-scene.ts';

let scene: ContractScene;
beforeAll(async () => {
  scene = await createContractScene();
});
afterAll(() => scene.close());

const endpoints = listEndpoints();
const guarded = endpoints.filter(([, { permission }]) => permission !== 'public');
const SETUP: EndpointId = 'setup.complete';

function fill(path: string, params: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** Ids that fit their form and name nothing, for calls that never come so far as to look. */
function anyParams({ path }: Endpoint): Record<string, string> {
  return path.includes('{provider}') ? { provider: 'openai' } : { id: '0193b3f0-0000-7000-8000-000000000000', conversation_id: '0193b3f0-0000-7000-8000-000000000000', token: 'A'.repeat(43) };
}

function send({ method, path }: Endpoint, { as, params, query, body, headers = {} }: Sent): Promise<Answer> {
  return scene.app.call(method, fill(path, params) + (query ? `?${new URLSearchParams(query)}` : ''), { as, headers, ...(body === undefined ? {} : { body }) });
}

const caseOf = (id: string) => cases[id as EndpointId](scene);

describe('the contract', () => {
  it('has a happy path here for every endpoint', () => {
    expect(Object.keys(cases).sort()).toEqual(endpoints.map(([id]) => id).sort());
  });

  it('names one place for each endpoint and a known permission', () => {
    const places = endpoints.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
    for (const [id, { permission }] of endpoints) expect([...permissions, 'public', 'signed-in'], id).toContain(permission);
  });

  it.each(endpoints)('%s answers what it declares', async (id, endpoint) => {
    if (id === SETUP) return expect((await send(endpoint, await caseOf(id))).status).toBe(409);
    const answer = await send(endpoint, await caseOf(id));
    expect(answer.status, JSON.stringify(answer.body)).toBe(endpoint.status);
    if (endpoint.status === 204) expect(answer.body).toBe('');
    else if (endpoint.kind === 'file') expect([answer.headers.get('content-disposition'), answer.bytes.byteLength]).toEqual([expect.stringMatching(/^attachment; filename="[\w.-]+"$/), Number(answer.headers.get('content-length'))]);
    else if (endpoint.kind === 'image') expect([answer.headers.get('content-type'), answer.headers.get('etag'), answer.bytes.byteLength]).toEqual(['image/png', expect.stringMatching(/^"[\w-]+"$/), Number(answer.headers.get('content-length'))]);
    else if (endpoint.kind === 'json') apiResponse(endpoint.data).parse(answer.body);
    else if (endpoint.kind === 'oauth') endpoint.data.parse(answer.body);
    else for (const event of readEvents(answer.body)) endpoint.data.parse(event);
  });
});

function readEvents(text: string): { event: string; data: unknown }[] {
  const blocks = text.split('\n\n').filter((block) => block.startsWith('id: '));
  expect(blocks.length).toBeGreaterThan(2);
  return blocks.map((block) => {
    const [, event = '', data = ''] = /^id: \d+\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    return { event, data: JSON.parse(data) as unknown };
  });
}

describe('who may', () => {
  it.each(guarded)('%s: nobody without a credential (2001)', async (_id, endpoint) => {
    const answer = await send(endpoint, { params: anyParams(endpoint) });
    expect([answer.status, answer.body.error.code]).toEqual([401, '2001']);
    apiError.parse(answer.body);
  });

  it.each(guarded)('%s: nobody with a token of another make (2003)', async (_id, endpoint) => {
    const answer = await send(endpoint, { params: anyParams(endpoint), headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } });
    expect([answer.status, answer.body.error.code]).toEqual([401, '2003']);
  });

  it('nobody without the permission (2004), before anything of the request is looked at', async () => {
    const people = await Promise.all([scene.app.signInAs('end_user'), scene.app.signInAs('super_admin'), scene.app.signInAs('tenant_admin')]);
    let cells = 0;
    for (const [id, endpoint] of guarded) {
      for (const as of people) {
        const mine: string[] = (await scene.app.call('GET', '/api/v1/auth/me', { as })).body.data.permissions;
        if (endpoint.permission === 'signed-in' || mine.includes(endpoint.permission)) continue;
        const answer = await send(endpoint, { as, params: anyParams(endpoint), ...(endpoint.method === 'GET' ? {} : { body: '{ not json' }) });
        expect([answer.status, answer.body.error.code], `${id} ${as.email}`).toEqual([403, '2004']);
        cells += 1;
      }
    }
    // Each role lacks something, and together they lack a good part of the table.
    expect(cells).toBeGreaterThan(guarded.length / 2);
  });
});

describe('If-Match', () => {
  const stale = async (id: string, endpoint: Endpoint) => {
    const sent = await caseOf(id);
    return send(endpoint, { ...sent, headers: { ...sent.headers, 'if-match': '"999999999"' } });
  };

  it.each(endpoints.filter(([, { versioned }]) => versioned))('%s refuses a version that is not there (412)', async (id, endpoint) => {
    expect(await stale(id, endpoint)).toMatchObject({ status: 412, body: { error: { code: '3005' } } });
  });

  it.each(endpoints.filter(([, { method, versioned }]) => ['PUT', 'DELETE'].includes(method) && !versioned))('%s looks at none, and the contract says so', async (id, endpoint) => {
    expect((await stale(id, endpoint)).status).toBe(endpoint.status);
  });
});

describe('unknown fields', () => {
  it.each(endpoints)('%s refuses one (1001)', async (id, endpoint) => {
    const sent = await caseOf(id);
    const { body } = sent;
    if (body instanceof URLSearchParams) body.set('surprise', '1');
    const isRead = endpoint.method === 'GET';
    const strange = isRead ? { query: { ...sent.query, surprise: '1' } } : { body: body instanceof URLSearchParams ? body : { ...(body as object | undefined), surprise: 1 } };
    const answer = await send(endpoint, { ...sent, ...strange });
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    if (endpoint.kind === 'oauth') expect(answer.body.error).toBe('invalid_request');
    else expect(answer.body.error).toMatchObject({ code: '1001', details: { issues: [{ path: 'surprise', code: 'unknown_field' }] } });
  });
});

/** What is a person's own: not even their tenant's admin reads it. Between tenants the wall is test/proof/isolation.test.ts's matter. */
const personal = guarded.filter(([, { path }]) => /^\/api\/v1\/(chat|api-keys|auth\/sessions|auth\/second-factors\/passkeys|looks)\/.*\{id\}/.test(path));

function idIn(estate: Estate, { path }: Endpoint): string {
  if (path.includes('/logos/')) return estate.logo_id;
  if (path.includes('/passkeys/')) return estate.passkey_id;
  if (path.includes('/looks/')) return estate.look_id;
  if (path.includes('/auth/sessions/')) return estate.session_id;
  if (path.includes('/api-keys/')) return estate.api_key_id;
  if (path.includes('/conversations/')) return estate.conversation_id;
  if (path.includes('/replies/')) return estate.reply_id;
  throw new Error(`whose id is in ${path}?`);
}

describe('isolation', () => {
  const strip = ({ status, headers, body }: Answer) => ({ status, headers: Object.fromEntries(headers), body: { ...body, timestamp: 'now' } });
  // Whatever else the path names is what the case names: ours.
  const sendNamed = async (id: string, endpoint: Endpoint, named: string, more: Partial<Sent> = {}) => {
    const sent = await caseOf(id);
    return send(endpoint, { ...sent, ...more, params: { ...sent.params, id: named } });
  };
  const ask = async (id: string, endpoint: Endpoint, as: TestPerson, named: string) =>
    strip(await sendNamed(id, endpoint, named, { as, headers: { 'x-request-id': 'isolation' } }));

  it.each(personal)('%s: a colleague’s id answers what a random one does, byte for byte, even to the admin', async (id, endpoint) => {
    const theirs = await ask(id, endpoint, scene.app.owner, idIn(scene.colleague, endpoint));
    expect(theirs).toEqual(await ask(id, endpoint, scene.app.owner, crypto.randomUUID()));
    expect(theirs.status).toBe(404);
  });
});

/** What the entry of an action must tell. */
function listParts(action: string): ('before' | 'after')[] {
  const verb = action.split('.')[1] ?? '';
  if (/(?:^|_)created$/.test(verb)) return ['after'];
  if (/(?:^|_)(?:removed|revoked)$/.test(verb)) return ['before'];
  return /(?:^|_)(?:updated|changed|replaced|rotated)$/.test(verb) ? ['before', 'after'] : [];
}

describe('audit', () => {
  it.each(endpoints.filter(([id, { effect, audit }]) => effect === 'write' && audit !== null && id !== SETUP))('%s leaves its entry with the request’s id', async (id, endpoint) => {
    const sent = await caseOf(id);
    const request_id = `audit-${id}`;
    const answer = await send(endpoint, { ...sent, headers: { ...sent.headers, 'x-request-id': request_id } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(endpoint.status);
    const find = () => (sent.audited_in === 'platform' ? findPlatformAudit(endpoint.audit ?? '') : scene.app.findAudit(sent.audited_in ?? sent.as?.tenant_id ?? '', endpoint.audit ?? ''));
    // What is answered before it is looked at has its entry a moment later.
    await expect.poll(find).toMatchObject({ outcome: 'success', request_id });
  });

  it('is declared by every write but those that leave nothing a person did', () => {
    expect(endpoints.filter(([, { effect, audit }]) => effect === 'write' && audit === null).map(([id]) => id)).toEqual(['auth.refresh', 'secondFactors.proofOptions', 'secondFactors.passkeyOptions', 'secondStep.passkeyOptions', 'sso.startTest', 'sso.start', 'budgets.simulate', 'imports.upload']);
  });

  it('tells what was before and what is after, for everything that is made, changed or removed', async () => {
    const telling = endpoints.filter(([id, { audit }]) => id !== SETUP && audit !== null && listParts(audit).length > 0);
    for (const [id, endpoint] of telling) expect((await send(endpoint, await caseOf(id))).status, id).toBe(endpoint.status);
    const client = new Client({ connectionString: scene.app.database.superuser_url });
    await client.connect();
    const told = await client.query<{ action: string; details: { before?: unknown; after?: unknown } | null }>(
      `select distinct action, details from audit_entries where outcome = 'success' union select distinct action, details from platform_audit_entries where outcome = 'success'`,
    );
    await client.end();
    const isTold = (value: unknown) => typeof value === 'object' && value !== null;
    const lacking = told.rows.filter(({ action, details }) =>
      listParts(action).some((part) => !isTold(details?.[part])),
    );
    expect(lacking).toEqual([]);
    const walked = told.rows.map(({ action }) => action);
    expect(walked).toEqual(expect.arrayContaining(telling.map(([, { audit }]) => audit)));
  });

  it('tells the set-up', async () => {
    expect(await findPlatformAudit('setup.completed')).toMatchObject({ outcome: 'success' });
  });
});

function findPlatformAudit(action: string) {
  return scene.app.context.tenancy.withPlatform(async (db) => {
    const found = await sql`select outcome, request_id from platform_audit_entries where action = ${action} order by at desc, id desc limit 1`.execute(db);
    return found.rows[0] ?? null;
  });
}
