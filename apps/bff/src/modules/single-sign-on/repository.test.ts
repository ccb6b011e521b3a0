import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import * as connections from './connection/repository.ts';
import * as domains from './domains/repository.ts';
import * as signIns from './sign-in/repository.ts';

const expectSql = (sent: string[], file: string) => expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot(file);

const id = newId();
const change = {
  ...{ issuer: 'https://i.example', token_origin: 'https://i.example', client_id: 'c', scopes: [], role_claim: 'g' },
  ...{ creates_users: true, enabled: true, sso_only: false, vouched_roles: [], vouched: [] },
};
const secret = { sealed_secret: Buffer.of(1), secret_hint: '…1', secret_fingerprint: 'f' };

it('sends the SQL of connections that a reviewer reads here', async ({ scene, inTenant }) => {
  const sent = [
    await inTenant((db) => connections.insertConnection(db, id, { ...change, ...secret })),
    await inTenant((db) => connections.findConnection(db)),
    await inTenant((db) => connections.lockConnection(db)),
    await inTenant((db) => connections.holdConnection(db)),
    await inTenant((db) => connections.updateConnection(db, id, change, false)),
    await inTenant((db) => connections.replaceRules(db, id, [{ value: 'v', role: 'end_user' }], ['end_user'])),
    await inTenant((db) => connections.listRules(db)),
    await inTenant((db) => connections.listRolesById(db, [id])),
    await inTenant((db) => connections.replaceDomains(db, id, ['i.example'])),
    await inTenant((db) => connections.listDomains(db)),
    await inTenant((db) => connections.decideDomain(db, id, 'approved')),
    await inTenant((db) => connections.countPeople(db)),
    await inTenant((db) => connections.forgetIdentities(db, id)),
    await inTenant((db) => connections.noteTest(db, { id, version: 1 }, scene.user_id)),
    await inTenant((db) => connections.openPasswords(db)),
  ];
  await expectSql(sent, 'connection/repository.test.sql');
});

it('sends the SQL of domains that a reviewer reads here', async ({ scene, inTenant, onPlatform }) => {
  const { tenancy, tenant_id } = scene;
  const { id: asked = '' } = (await tenancy.withTenant(tenant_id, connections.listDomains))[0] ?? {};
  const cursor = Buffer.from(JSON.stringify(['created_at', 'desc', '2026-01-01T00:00:00.000Z', id])).toString('base64url');
  const sent = [
    await onPlatform((db) => domains.listDomains(db, { page_size: 20, sort_by: 'created_at', state: 'pending', search: '50%', include_total: true, cursor })),
    await onPlatform((db) => domains.listDomains(db, { page_size: 20, sort_by: 'decided_at' })),
    await scene.sqlOf(() => domains.findDomainAnywhere(tenancy, asked)),
    await inTenant((db) => domains.lockDomain(db, asked)),
    await inTenant((db) => domains.getDomain(db, asked)),
  ];
  await expectSql(sent, 'domains/repository.test.sql');
});

it('sends the SQL of sign-ins that a reviewer reads here', async ({ scene, inTenant }) => {
  const { tenancy, user_id } = scene;
  const person = { email: 'n@i.example', name: 'N', roles: ['end_user' as const], own_roles: [], locale: 'en-US' as const };
  const attempt = { connection_id: id, connection_version: 1, user_id: null, state_hash: Buffer.of(1), browser_hash: Buffer.of(2), expires_at: new Date() };
  const sent = [
    await scene.sqlOf(() => signIns.findDomain(tenancy, 'i.example')),
    await scene.sqlOf(() => signIns.findAttemptPlace(tenancy, Buffer.of(1))),
    await inTenant((db) => signIns.insertAttempt(db, attempt)),
    await inTenant((db) => signIns.consumeAttempt(db, id, Buffer.of(2), null)),
    await inTenant((db) => signIns.getWorkspace(db)),
    await inTenant((db) => signIns.lockSubject(db, 's')),
    await inTenant((db) => signIns.lockAdmins(db)),
    await inTenant((db) => signIns.saveIdentity(db, { connection_id: id, user_id, issuer: 'https://i.example', subject: 's' })),
    await inTenant((db) => signIns.lockBySubject(db, id, 's')),
    await inTenant((db) => signIns.lockByEmail(db, 'u@example.com')),
    await inTenant((db) => signIns.lockPerson(db, user_id)),
    await inTenant((db) => signIns.hasIdentity(db, id, user_id)),
    await inTenant((db) => signIns.isApproved(db, 'i.example')),
    await inTenant((db) => signIns.hasFreeSeat(db)),
    await inTenant((db) => signIns.insertPerson(db, person)),
    await inTenant((db) => signIns.changePerson(db, user_id, { roles: ['end_user'], own_roles: [] })),
    await inTenant((db) => signIns.removeIdentity(db, user_id)),
    await inTenant((db) => signIns.endProviderSessions(db, user_id)),
    await inTenant((db) => signIns.getEpoch(db, user_id)),
  ];
  await expectSql(sent, 'sign-in/repository.test.sql');
});
