import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { CLIENT, startSmallIssuer, type SmallIssuer } from '../../../../test/small-issuer.ts';
import { callDuring } from '../../../../test/call-during.ts';
import { ada, connect, connectionTo, signInWith, SSO_DOMAIN, start, testWith } from '../../../../test/sso-scene.ts';

const PATH = '/api/v1/admin/single-sign-on';

let app: TestApp;
let issuer: SmallIssuer;
let other: SmallIssuer;
let admin: TestPerson;
beforeAll(async () => {
  [issuer, other] = await Promise.all([startSmallIssuer(), startSmallIssuer()]);
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: `${issuer.host},${other.host}` });
  admin = await app.signInAs('tenant_admin');
});
afterAll(async () => {
  await app.close();
  await Promise.all([issuer.close(), other.close()]);
});
beforeEach(async () => {
  await app.call('DELETE', PATH, { as: admin });
  for (const key of Object.keys(issuer.document)) delete issuer.document[key];
});

const reasonOf = (answer: Answer): unknown => answer.body.error?.details?.reason;
const create = (more: object = {}, as = admin) => app.call('POST', PATH, { as, body: connectionTo(issuer.issuer, more) });
const update = (body: object, as = admin) => app.call('PATCH', PATH, { as, body });
const newRole = async (permissions: string[]) => String((await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: crypto.randomUUID(), permissions } })).body.data.id);

/** Somebody with one role of the tenant's own. */
async function addHolder(permissions: string[]): Promise<TestPerson> {
  const person = await app.signInAs('end_user');
  await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { roles: [], custom_role_ids: [await newRole(permissions)] } });
  const tokens = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: person.email, password: 'quiet-lakes-run-deep-7', workspace: 'first' }) });
  return { ...person, access_token: tokens.body.access_token };
}

describe('a connection', () => {
  it('is made once, tells its redirect address, and waits for its domains to be approved', async () => {
    expect((await app.call('GET', PATH, { as: admin })).body.data).toEqual({ connection: null, redirect_uri: 'http://localhost:3000/sso/callback/first' });
    const made = await create();
    expect(made.body.data).toMatchObject({ issuer: issuer.issuer, secret_hint: '…6789', default_role: 'end_user', sso_only: false, test: null, people_count: 0, domains: [{ domain: SSO_DOMAIN, state: 'pending' }] });
    expect(reasonOf(await create())).toBe('sso_exists');
    expect((await start(app)).answer.status).toBe(404);
  });

  it('of somebody who decides about domains has them at once', async () => {
    const [domain] = (await create({}, app.owner)).body.data.domains;
    expect(domain.state).toBe('approved');
    const entry = { resource_id: domain.id, details: { domain: SSO_DOMAIN, before: { state: 'pending' }, after: { state: 'approved' } } };
    expect(await app.findAudit(admin.tenant_id, 'sso.domain_decided')).toMatchObject(entry);
    const trail = (await app.call('GET', '/api/v1/admin/platform-audit-logs?action=sso.domain_decided', { as: app.owner })).body.data.items;
    expect(trail[0]).toMatchObject({ resource_id: domain.id });
    const [, more] = (await update({ domains: [SSO_DOMAIN, 'x.example'] }, app.owner)).body.data.domains;
    expect(await app.findAudit(admin.tenant_id, 'sso.domain_decided')).toMatchObject({ resource_id: more.id, details: { domain: 'x.example' } });
  });

  it('is sealed: what the row holds opens for no other issuer', async () => {
    await connect(app, admin, issuer.issuer);
    const { rows } = await app.context.tenancy.withTenant(admin.tenant_id, (db) => sql<{ row: string }>`select to_jsonb(c)::text as row from sso_connections c`.execute(db));
    expect(rows[0]?.row).not.toContain(Buffer.from(CLIENT.client_secret).toString('hex'));
    // A hand in the database moves the issuer: the secret stays at home.
    await app.context.tenancy.withTenant(admin.tenant_id, (db) => sql`update sso_connections set issuer = ${other.issuer}, token_origin = ${other.issuer}, version = version + 1`.execute(db));
    expect((await signInWith(app, other, ada())).status).toBe(500);
    expect(other.seen.join()).not.toContain('authorization');
  });

  it('asks for the secret again where the issuer changes, and forgets the old one’s people', async () => {
    await connect(app, admin, issuer.issuer);
    await signInWith(app, issuer, ada());
    expect((await app.call('GET', PATH, { as: admin })).body.data.connection.people_count).toBe(1);
    expect((await update({ issuer: other.issuer })).body.error).toMatchObject({ code: '1002', details: { issues: [{ path: 'client_secret', code: 'secret_for_issuer' }] } });
    expect((await update({ issuer: other.issuer, client_secret: CLIENT.client_secret })).body.data).toMatchObject({ issuer: other.issuer, people_count: 0 });
  });

  it('leaves what it was and is in the trail, without the secret', async () => {
    await create();
    expect((await update({ role_claim: 'groups', client_secret: 'another-secret-9876' })).status).toBe(200);
    const entry = await app.findAudit(admin.tenant_id, 'sso.updated');
    expect(entry?.details).toMatchObject({ before: { role_claim: null, secret_fingerprint: expect.any(String) }, after: { role_claim: 'groups' } });
    expect(JSON.stringify(entry)).not.toContain('another-secret-9876');
  });

  it('is not an API key’s business', async () => {
    const { key } = (await app.call('POST', '/api/v1/api-keys', { as: admin, body: { name: 'Script', scopes: ['sso.manage'] } })).body.data;
    expect((await create({}, { ...admin, access_token: key })).body.error).toMatchObject({ code: '2004', details: { reason: 'not_with_an_api_key' } });
  });
});

describe('an issuer', () => {
  const odd = ['https://user:secret@example.com', 'ftp://example.com', 'https://example.com/?a=b', 'https://example.com/#x', 'https://example.com/.well-known/openid-configuration'];
  it.each(odd)('%s is no address of one', async (address) => {
    expect((await create({ issuer: address })).body.error.details.issues[0]).toMatchObject({ path: 'issuer' });
  });

  const forbidden = ['https://127.0.0.1', 'https://localhost', 'http://169.254.169.254', 'https://10.0.0.1', 'https://[::1]', 'http://example.com', 'https://metadata.goog', 'https://example.com:8443', 'http://127.0.0.1:1'];
  it.each(forbidden)('%s answers what any closed address does', async (address) => {
    expect((await create({ issuer: address })).body.error).toMatchObject({ code: '4005', details: { reason: 'sso_unreachable' } });
  });

  const documents: [string, object, string][] = [
    ['another issuer', { issuer: 'https://accounts.example.com' }, 'sso_issuer_mismatch'],
    ['no keys', { jwks_uri: undefined }, 'sso_not_a_provider'],
    ['a script to send browsers to', { authorization_endpoint: 'javascript:alert(1)' }, 'sso_unsupported'],
    ['another way for clients to prove themselves', { token_endpoint_auth_methods_supported: ['private_key_jwt'] }, 'sso_unsupported'],
    ['no code flow', { response_types_supported: ['id_token'] }, 'sso_unsupported'],
  ];
  it.each(documents)('whose document names %s is refused', async (_name, document, reason) => {
    Object.assign(issuer.document, document);
    expect(reasonOf(await create())).toBe(reason);
  });

  it.each(['jwks_uri', 'token_endpoint'])('whose document sends %s into a private network gets nothing from there', async (name) => {
    Object.assign(issuer.document, { [name]: 'http://169.254.169.254/latest' });
    await connect(app, admin, issuer.issuer);
    expect(reasonOf(await signInWith(app, issuer, ada()))).toBe('sso_unreachable');
  });

  it('whose tokens move to another host keeps the secret waiting for the admin', async () => {
    await connect(app, admin, issuer.issuer);
    Object.assign(issuer.document, { token_endpoint: `${other.issuer}/token` });
    await update({ scopes: ['profile', 'groups'] });
    expect(reasonOf(await signInWith(app, issuer, ada()))).toBe('sso_endpoint_moved');
    expect(other.seen.filter((line) => line.startsWith('POST'))).toEqual([]);
  });
});

describe('what a mapping may give', () => {
  it('is at most what its writer has', async () => {
    const writer = await addHolder(['sso.manage', 'chat.use']);
    const beyond = { code: '2004', details: { reason: 'beyond_own_permissions' } };
    expect((await create({ role_claim: 'g', role_rules: [{ value: 'x', role: 'tenant_admin' }], default_role: null }, writer)).body.error).toMatchObject(beyond);
    expect((await create({ default_role: 'tenant_admin' }, writer)).body.error).toMatchObject(beyond);
    expect((await create({ default_role: await newRole(['audit.read']) }, writer)).body.error).toMatchObject(beyond);
    expect((await create({ default_role: await newRole(['chat.use']) }, writer)).status).toBe(201);
  });

  it('is never a role of the platform, and only one that is there', async () => {
    expect((await create({ default_role: 'super_admin' })).status).toBe(400);
    expect((await create({ role_claim: 'g', role_rules: [{ value: 'x', role: crypto.randomUUID() }] })).body.error.details.issues).toMatchObject([{ path: 'role_rules.0.role', code: 'unknown_role' }]);
  });

  it('neither is a way to be somebody who may do more: their sign-in is refused, and the connection of a greater writer is left alone', async () => {
    const writer = await addHolder(['sso.manage', 'chat.use', 'gateway.use', 'api_keys.use']);
    await connect(app, writer, issuer.issuer, { default_role: 'end_user' });
    await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email: `boss@${SSO_DOMAIN}`, name: 'Boss', roles: ['tenant_admin'] } });
    expect(reasonOf(await signInWith(app, issuer, ada({ sub: 'boss', email: `boss@${SSO_DOMAIN}` })))).toBe('sso_beyond');
    expect((await signInWith(app, issuer, ada())).status).toBe(200);
    await update({ scopes: ['profile', 'x'] });
    expect((await update({ scopes: ['profile'] }, writer)).body.error.code).toBe('2004');
    expect((await app.call('DELETE', PATH, { as: writer })).body.error.code).toBe('2004');
  });
});

describe('domains', () => {
  it('belong to one tenant: a second that asks waits, and is not approved', async () => {
    await connect(app, admin, issuer.issuer);
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const asked = (await create({}, stranger)).body.data.domains[0];
    expect(asked.state).toBe('pending');
    const decided = await app.call('PUT', `/api/v1/admin/sign-in-domains/${asked.id}`, { as: app.owner, body: { state: 'approved' } });
    expect([decided.status, reasonOf(decided)]).toEqual([409, 'domain_taken']);
    expect((await app.call('GET', `/api/v1/auth/single-sign-on?domain=${SSO_DOMAIN}`)).body.data.organisation).toBe('First');
  });

  it('that are taken back while the operator decides are decided by nobody', async () => {
    await create();
    const { id } = (await app.call('GET', PATH, { as: admin })).body.data.connection.domains[0];
    const decide = () => app.call('PUT', `/api/v1/admin/sign-in-domains/${id}`, { as: app.owner, body: { state: 'approved' } });
    const answer = await callDuring(app, admin.tenant_id, (db) => sql`delete from sso_domains where id = ${id}`.execute(db), decide);
    expect(answer.status).toBe(404);
    expect((await app.findAudit(admin.tenant_id, 'sso.domain_decided'))?.resource_id).not.toBe(id);
  });

  it('that two decide at once tell in the trail what each found', async () => {
    await create();
    const { id } = (await app.call('GET', PATH, { as: admin })).body.data.connection.domains[0];
    const decide = () => app.call('PUT', `/api/v1/admin/sign-in-domains/${id}`, { as: app.owner, body: { state: 'approved' } });
    await callDuring(app, admin.tenant_id, (db) => sql`update sso_domains set state = 'refused' where id = ${id}`.execute(db), decide);
    expect(await app.findAudit(admin.tenant_id, 'sso.domain_decided')).toMatchObject({ resource_id: id, details: { before: { state: 'refused' } } });
  });

  it('keep their state where the list changes around them', async () => {
    await connect(app, admin, issuer.issuer);
    expect((await update({ domains: [SSO_DOMAIN, 'more.example'] })).body.data.domains).toMatchObject([{ domain: 'more.example', state: 'pending' }, { domain: SSO_DOMAIN, state: 'approved' }]);
    const listed = (await app.call('GET', '/api/v1/admin/sign-in-domains', { as: app.owner })).body.data.items;
    expect(listed[0]).toMatchObject({ domain: 'more.example', state: 'pending', tenant: { workspace: expect.any(String) } });
  });

  it.each(['localhost', 'EXAMPLE', '*.example.com', 'example.com.', '1.2.3.4', '-a.com', 'a@b.com', 'exa mple.com'])('%s is none', async (domain) => {
    expect((await create({ domains: [domain] })).status).toBe(400);
  });
});

it('a test tells the claims, who it would be and why not, makes no session, and is told in the trail without claims', async () => {
  await connect(app, admin, issuer.issuer, { role_claim: 'groups', role_rules: [{ value: 'staff', role: 'end_user' }], default_role: null });
  const answer = await testWith(app, issuer, admin, ada({ groups: ['staff', 'x'], department: 'Engines' }));
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.body.data).toMatchObject({ refusal: null, user: { email: `ada@${SSO_DOMAIN}`, is_me: false }, roles: [{ id: 'end_user' }], matched: ['staff'] });
  expect(answer.body.data.claims).toEqual(expect.arrayContaining([{ name: 'department', value: 'Engines' }, { name: 'groups', value: '["staff","x"]' }]));
  expect((await testWith(app, issuer, admin, ada({ sub: 'z', email: 'z@elsewhere.example' }))).body.data).toMatchObject({ refusal: { reason: 'sso_domain_not_allowed', message: expect.stringContaining('domain') } });
  expect(JSON.stringify(await app.findAudit(admin.tenant_id, 'sso.tested'))).not.toContain('Engines');
});
