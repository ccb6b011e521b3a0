import type { EndpointId } from '@lyss/api-types';
import { PASSWORD, type TestPerson } from './app.ts';
import { makeArchive as makeArchiveOf, sendArchive } from './archives.ts';
import { announceImport, makeArchive, makeExport, putLogo, startLook, startSlowReply, talk, type ContractScene } from './contract-scene.ts';
import { budgetCases } from './contract-cases-budgets.ts';
import { factorCases } from './contract-cases-factors.ts';
import { usageCases } from './contract-cases-usage.ts';
import { modelCases } from './contract-cases-models.ts';
import { pictures } from './pictures.ts';
import { sql } from 'kysely';
import { ada, connect, connectionTo, readAttemptCookie, SSO_DOMAIN, start } from './sso-scene.ts';

/** One call that succeeds. */
export interface Sent {
  as?: TestPerson;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** In whose trail the entry stands; the caller's own tenant's where left out. */
  audited_in?: string;
}

const linkToken = (url: string) => url.split('/').at(-1) ?? '';
// Our member, whom a password alone signs in: our admin is an operator, with a second factor.
const signInBody = ({ colleague }: ContractScene) => ({ email: colleague.admin.email, password: PASSWORD, workspace: colleague.admin.workspace });

async function invite(scene: ContractScene): Promise<{ user_id: string; token: string }> {
  const body = { email: `invited-${crypto.randomUUID()}@example.com`, name: 'Invited' };
  const made = await scene.app.call('POST', '/api/v1/admin/users', { as: scene.app.owner, body });
  return { user_id: made.body.data.user.id, token: linkToken(made.body.data.invitation.url) };
}

async function newSupplier(scene: ContractScene): Promise<string> {
  const body = { provider: 'custom', name: crypto.randomUUID(), base_url: scene.supplier_url, api_key: 'sk-another-0123456789abc' };
  return (await scene.app.call('POST', '/api/v1/admin/suppliers', { as: scene.app.owner, body })).body.data.id;
}

const look = async (scene: ContractScene) => ({ id: await startLook(scene.app, scene.app.owner, scene.colleague.admin.user_id) });
const lookInside = async (scene: ContractScene) => ({ ...(await look(scene)), conversation_id: scene.colleague.conversation_id });

async function newRole(scene: ContractScene): Promise<string> {
  return (await scene.app.call('POST', '/api/v1/admin/roles', { as: scene.app.owner, body: { name: crypto.randomUUID(), permissions: ['chat.use'] } })).body.data.id;
}

async function newApiKey(scene: ContractScene): Promise<string> {
  return (await scene.app.call('POST', '/api/v1/api-keys', { as: scene.app.owner, body: { name: 'Made', scopes: ['chat.use'] } })).body.data.id;
}

/** Whatever an earlier case left: the owner's tenant is connected. */
async function connected(scene: ContractScene): Promise<TestPerson> {
  await connect(scene.app, scene.app.owner, scene.issuer.issuer);
  return scene.app.owner;
}

async function disconnected(scene: ContractScene): Promise<TestPerson> {
  await scene.app.call('DELETE', '/api/v1/admin/single-sign-on', { as: scene.app.owner });
  return scene.app.owner;
}

async function testBegun(scene: ContractScene): Promise<Sent> {
  const as = await connected(scene);
  const begun = await scene.app.call('POST', '/api/v1/admin/single-sign-on/test', { as });
  const body = { workspace: as.workspace, ...scene.issuer.answer(begun.body.data.url, ada()) };
  return { as, body, headers: { cookie: readAttemptCookie(begun) } };
}

async function signInBegun(scene: ContractScene): Promise<Sent> {
  const { tenant_id, workspace } = await connected(scene);
  const { url, browser } = await start(scene.app);
  return { body: { workspace, ...scene.issuer.answer(url, ada()) }, headers: { cookie: browser.cookie }, audited_in: tenant_id };
}

/** Somebody whom the tenant's provider has signed in. Written by hand: a domain is approved by an operator, which not every owner of a scene is. */
async function linkedPerson(scene: ContractScene): Promise<string> {
  const owner = await connected(scene);
  const { user } = (await scene.app.call('POST', '/api/v1/admin/users', { as: owner, body: { email: `${crypto.randomUUID()}@${SSO_DOMAIN}`, name: 'Linked' } })).body.data;
  await scene.app.context.tenancy.withTenant(owner.tenant_id, (db) =>
    sql`insert into sso_identities (tenant_id, id, connection_id, user_id, issuer, subject) select tenant_id, ${crypto.randomUUID()}, id, ${user.id}, issuer, ${user.id} from sso_connections`.execute(db),
  );
  return user.id;
}

async function domainAsked(scene: ContractScene): Promise<string> {
  await connected(scene);
  const listed = await scene.app.call('GET', `/api/v1/admin/sign-in-domains?search=${SSO_DOMAIN}&page_size=100`, { as: scene.app.owner });
  return listed.body.data.items.find(({ domain, tenant }: { domain: string; tenant: { id: string } }) => domain === SSO_DOMAIN && tenant.id === scene.app.owner.tenant_id).id;
}

/** A tenant whose people sign in through its provider alone. */
async function passwordsClosed(scene: ContractScene): Promise<string> {
  const admin = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
  await connect(scene.app, admin, scene.issuer.issuer, { domains: [`${admin.workspace}.example`] });
  await scene.app.context.tenancy.withTenant(admin.tenant_id, (db) => sql`update sso_connections set sso_only = true`.execute(db));
  return admin.tenant_id;
}

async function bearer(scene: ContractScene) {
  const { email, ...rest } = signInBody(scene);
  const form = new URLSearchParams({ grant_type: 'password', username: email, ...rest });
  return (await scene.app.call('POST', '/api/v1/auth/token', { body: form })).body;
}

/** A tenant of which nothing else is asked. */
async function newTenant(scene: ContractScene): Promise<string> {
  const body = { name: 'Other', workspace: `other-${crypto.randomUUID().slice(0, 8)}`, admin: { email: 'other@example.com', name: 'Other' } };
  return (await scene.app.call('POST', '/api/v1/admin/tenants', { as: scene.app.owner, body })).body.data.tenant.id;
}

/** A session of our member's that nothing else needs. */
async function newSession(scene: ContractScene): Promise<string> {
  await bearer(scene);
  const listed = await scene.app.call('GET', '/api/v1/auth/sessions?sort_by=created_at', { as: scene.colleague.admin });
  return listed.body.data.items.find((session: { is_current: boolean }) => !session.is_current).id;
}

async function resetToken(scene: ContractScene): Promise<string> {
  const { user_id } = await scene.app.signInAs('end_user');
  const made = await scene.app.call('POST', `/api/v1/admin/users/${user_id}/reset-password`, { as: scene.app.owner });
  return linkToken(made.body.data.invitation.url);
}

const announced = { file_name: 'archive.tar.gz', bytes: 3, sha256: '0'.repeat(64) };

async function newImport(scene: ContractScene): Promise<Sent> {
  const as = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
  return { as, params: { id: await announceImport(scene.app, as) } };
}

/** A happy path for every endpoint of the contract; a new endpoint without one does not compile, and fails the walk. */
export const cases: Record<EndpointId, (scene: ContractScene) => Sent | Promise<Sent>> = {
  'setup.read': () => ({}),
  // The scene's own platform is set up already: its answer is the refusal, and setup.test.ts has the first time.
  'setup.complete': (scene) => ({
    body: { token: 'A'.repeat(43), email: 'x@example.com', password: PASSWORD, name: 'X', tenant_name: 'X', workspace: 'xxx', locale: 'en-US' },
    audited_in: scene.ours.admin.tenant_id,
  }),
  'auth.login': (scene) => ({ body: signInBody(scene), audited_in: scene.ours.admin.tenant_id }),
  'auth.token': (scene) => {
    const { email, ...rest } = signInBody(scene);
    return { body: new URLSearchParams({ grant_type: 'password', username: email, ...rest }), audited_in: scene.ours.admin.tenant_id };
  },
  'auth.refresh': () => ({}),
  'auth.logout': async (scene) => ({ headers: { authorization: `Bearer ${(await bearer(scene)).access_token}` }, audited_in: scene.ours.admin.tenant_id }),
  'sessions.list': (scene) => ({ as: scene.app.owner }),
  'sessions.remove': async (scene) => ({ as: scene.colleague.admin, params: { id: await newSession(scene) } }),
  'sessions.removeOthers': async (scene) => ({ as: await scene.app.signInAs('end_user') }),
  'passwords.change': async (scene) => ({ as: await scene.app.signInAs('end_user'), body: { current_password: PASSWORD, password: 'another-quiet-lake-9' } }),
  'passwords.askReset': (scene) => ({ body: { email: scene.ours.admin.email, workspace: scene.ours.admin.workspace }, audited_in: scene.ours.admin.tenant_id }),
  'passwords.readReset': async (scene) => ({ params: { token: await resetToken(scene) } }),
  'passwords.reset': async (scene) => ({ params: { token: await resetToken(scene) }, body: { password: 'another-quiet-lake-9' }, audited_in: scene.ours.admin.tenant_id }),
  ...factorCases,
  ...usageCases,
  ...modelCases,
  'auth.me': (scene) => ({ as: scene.app.owner }),
  'auth.updateMe': (scene) => ({ as: scene.app.owner, body: { preferences: { theme: 'dark' } } }),
  'auth.readInvitation': async (scene) => ({ params: { token: (await invite(scene)).token } }),
  'auth.acceptInvitation': async (scene) => ({ params: { token: (await invite(scene)).token }, body: { password: PASSWORD }, audited_in: scene.ours.admin.tenant_id }),
  'tenants.list': (scene) => ({ as: scene.app.owner }),
  'tenants.create': (scene) => ({
    as: scene.app.owner,
    body: { name: 'New', workspace: `new-${crypto.randomUUID().slice(0, 8)}`, admin: { email: 'first@example.com', name: 'First' } },
    audited_in: 'platform',
  }),
  'tenants.read': (scene) => ({ as: scene.app.owner, params: { id: scene.theirs.admin.tenant_id } }),
  'tenants.update': async (scene) => {
    const id = await newTenant(scene);
    return { as: scene.app.owner, params: { id }, body: { name: 'Renamed' }, audited_in: id };
  },
  'tenants.remove': async (scene) => {
    const id = await newTenant(scene);
    return { as: scene.app.owner, params: { id }, query: { name: 'Other', reason: 'Closed' }, audited_in: id };
  },
  'tenants.cancelRemoval': async (scene) => {
    const id = await newTenant(scene);
    await scene.app.call('DELETE', `/api/v1/admin/tenants/${id}?name=Other&reason=Closed`, { as: scene.app.owner });
    return { as: scene.app.owner, params: { id }, audited_in: id };
  },
  'tenants.readOwn': (scene) => ({ as: scene.app.owner }),
  'tenants.updateOwn': (scene) => ({ as: scene.app.owner, body: { name: 'First, renamed' } }),
  'tenants.replaceLogo': (scene) => ({ as: scene.app.owner, body: { content: pictures.png } }),
  'tenants.removeLogo': async (scene) => (await putLogo(scene.app, scene.app.owner), { as: scene.app.owner }),
  'tenants.readLogo': async (scene) => ({ as: scene.app.owner, params: { id: await putLogo(scene.app, scene.app.owner) } }),
  'users.list': (scene) => ({ as: scene.app.owner }),
  'users.create': (scene) => ({ as: scene.app.owner, body: { email: `made-${crypto.randomUUID()}@example.com`, name: 'Made' } }),
  'users.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.user_id } }),
  'users.update': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.user_id }, body: { name: 'Renamed' } }),
  'users.resetPassword': async (scene) => ({ as: scene.app.owner, params: { id: (await invite(scene)).user_id } }),
  'users.endSessions': async (scene) => ({ as: scene.app.owner, params: { id: (await invite(scene)).user_id } }),
  'invitations.create': (scene) => ({ as: scene.app.owner, body: { people: [{ email: `several-${crypto.randomUUID()}@example.com` }] } }),
  'invitations.resend': async (scene) => ({ as: scene.app.owner, body: { user_ids: [(await invite(scene)).user_id] } }),
  'invitations.revoke': async (scene) => ({ as: scene.app.owner, body: { user_ids: [(await invite(scene)).user_id] } }),
  'looks.start': (scene) => ({ as: scene.app.owner, params: { id: scene.colleague.admin.user_id }, body: { reason: 'They asked for help with it' } }),
  'looks.read': async (scene) => ({ as: scene.app.owner, params: await look(scene) }),
  'looks.end': async (scene) => ({ as: scene.app.owner, params: await look(scene) }),
  'looks.listConversations': async (scene) => ({ as: scene.app.owner, params: await look(scene) }),
  'looks.readConversation': async (scene) => ({ as: scene.app.owner, params: await lookInside(scene) }),
  'looks.listMessages': async (scene) => ({ as: scene.app.owner, params: await lookInside(scene) }),
  'looks.listAtMe': (scene) => ({ as: scene.colleague.admin }),
  'roles.list': (scene) => ({ as: scene.app.owner }),
  'roles.create': (scene) => ({ as: scene.app.owner, body: { name: crypto.randomUUID(), permissions: ['audit.read'] } }),
  'roles.update': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.role_id }, body: { description: 'Reads the trail' } }),
  'roles.remove': async (scene) => ({ as: scene.app.owner, params: { id: await newRole(scene) } }),
  'roles.listEffective': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.user_id } }),
  'sso.read': async (scene) => ({ as: await connected(scene) }),
  'sso.create': async (scene) => ({ as: await disconnected(scene), body: connectionTo(scene.issuer.issuer) }),
  'sso.update': async (scene) => ({ as: await connected(scene), body: { creates_users: true, scopes: [`s-${crypto.randomUUID()}`] } }),
  'sso.remove': async (scene) => ({ as: await connected(scene) }),
  'sso.startTest': async (scene) => ({ as: await connected(scene) }),
  'sso.finishTest': testBegun,
  'sso.discover': () => ({ query: { domain: SSO_DOMAIN } }),
  'sso.start': async (scene) => (await connected(scene), { body: { domain: SSO_DOMAIN, email: 'ada@sso.example.com' } }),
  'sso.finish': signInBegun,
  'sso.listDomains': async (scene) => ({ as: await connected(scene) }),
  'sso.readDomain': async (scene) => ({ as: scene.app.owner, params: { id: await domainAsked(scene) } }),
  'sso.decideDomain': async (scene) => ({ as: scene.app.owner, params: { id: await domainAsked(scene) }, body: { state: 'approved' } }),
  'sso.unlink': async (scene) => ({ as: scene.app.owner, params: { id: await linkedPerson(scene) } }),
  'sso.allowPasswords': async (scene) => ({ as: scene.app.owner, params: { id: await passwordsClosed(scene) }, audited_in: 'platform' }),
  'suppliers.available': (scene) => ({ as: scene.app.owner }),
  'suppliers.providerModels': (scene) => ({ as: scene.app.owner, params: { provider: 'openai' } }),
  'suppliers.test': (scene) => ({ as: scene.app.owner, body: { provider: 'custom', base_url: scene.supplier_url, api_key: 'sk-tried-0123456789abcdef' } }),
  'suppliers.list': (scene) => ({ as: scene.app.owner }),
  'suppliers.create': (scene) => ({
    as: scene.app.owner,
    body: { provider: 'custom', name: crypto.randomUUID(), base_url: scene.supplier_url, api_key: 'sk-made-0123456789abcdef' },
  }),
  'suppliers.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.supplier_id } }),
  'suppliers.replace': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.supplier_id }, body: { name: 'Estate, renamed', enabled: true } }),
  'suppliers.rotate': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.supplier_id }, body: { api_key: 'sk-rotated-0123456789abc' } }),
  'suppliers.testSaved': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.supplier_id } }),
  'suppliers.remove': async (scene) => ({ as: scene.app.owner, params: { id: await newSupplier(scene) } }),
  'models.list': (scene) => ({ as: scene.app.owner }),
  'audit.list': (scene) => ({ as: scene.app.owner }),
  'audit.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.audit_entry_id } }),
  'audit.verify': (scene) => ({ as: scene.app.owner, body: {} }),
  'audit.startExport': (scene) => ({ as: scene.app.owner, body: { format: 'csv', action: 'users' } }),
  'audit.listExports': (scene) => ({ as: scene.app.owner }),
  'audit.readExport': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.export_id } }),
  'audit.removeExport': async (scene) => ({ as: scene.app.owner, params: { id: await makeExport(scene.app, scene.app.owner) } }),
  'archives.start': async (scene) => ({ as: await scene.app.signInAs('tenant_admin', { tenant: 'new' }) }),
  'archives.list': (scene) => ({ as: scene.app.owner }),
  'archives.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.archive_id } }),
  'archives.remove': async (scene) => ({ as: scene.app.owner, params: { id: await makeArchive(scene.app, scene.app.owner) } }),
  'archives.download': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.archive_id } }),
  'imports.readiness': (scene) => ({ as: scene.app.owner }),
  'imports.start': async (scene) => ({ as: await scene.app.signInAs('tenant_admin', { tenant: 'new' }), body: announced }),
  'imports.upload': async (scene) => ({ ...(await newImport(scene)), body: { number: 0, content: 'AAAA' } }),
  'imports.list': (scene) => ({ as: scene.app.owner }),
  'imports.read': (scene) => ({ as: scene.ours.admin, params: { id: scene.ours.import_id } }),
  'imports.apply': async (scene) => {
    const as = await scene.app.signInAs('tenant_admin', { tenant: 'new' });
    return { as, params: { id: (await sendArchive(scene.app, as, (await makeArchiveOf(scene.app, as)).bytes)).id } };
  },
  'imports.remove': newImport,
  'audit.downloadExport': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.export_id } }),
  'audit.listPlatform': (scene) => ({ as: scene.app.owner }),
  'audit.readPlatform': async (scene) => ({ as: scene.app.owner, params: { id: (await scene.app.call('GET', '/api/v1/admin/platform-audit-logs', { as: scene.app.owner })).body.data.items[0].id } }),
  'audit.verifyPlatform': (scene) => ({ as: scene.app.owner, body: {}, audited_in: 'platform' }),
  'chat.listConversations': (scene) => ({ as: scene.app.owner }),
  'chat.createConversation': (scene) => ({ as: scene.app.owner, body: { title: 'New' } }),
  'chat.readConversation': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.conversation_id } }),
  'chat.updateConversation': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.conversation_id }, body: { pinned: true } }),
  'chat.removeConversation': async (scene) => ({ as: scene.app.owner, params: { id: (await talk(scene.app, scene.app.owner, scene.demo_model)).conversation_id } }),
  'chat.listMessages': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.conversation_id } }),
  'chat.startReply': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.conversation_id }, body: { content: 'demo:echo', model: scene.demo_model } }),
  'chat.followReply': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.reply_id } }),
  'chat.stopReply': async (scene) => {
    const { conversation_id } = await talk(scene.app, scene.app.owner, scene.demo_model);
    return { as: scene.app.owner, params: { id: await startSlowReply(scene.app, scene.app.owner, conversation_id, scene.demo_model) } };
  },
  ...budgetCases,
  'apiKeys.list': (scene) => ({ as: scene.app.owner }),
  'apiKeys.read': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.api_key_id } }),
  'apiKeys.create': (scene) => ({ as: scene.app.owner, body: { name: 'Script', scopes: ['chat.use'] } }),
  'apiKeys.update': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.api_key_id }, body: { name: 'Renamed' } }),
  'apiKeys.rotate': async (scene) => ({ as: scene.app.owner, params: { id: await newApiKey(scene) }, body: {} }),
  'apiKeys.remove': async (scene) => ({ as: scene.app.owner, params: { id: await newApiKey(scene) } }),
  'apiKeys.listAll': (scene) => ({ as: scene.app.owner }),
  'apiKeys.readAny': (scene) => ({ as: scene.app.owner, params: { id: scene.ours.api_key_id } }),
  'apiKeys.revoke': async (scene) => ({ as: scene.app.owner, params: { id: await newApiKey(scene) }, query: { reason: 'No longer needed' } }),
};
