import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene, inTenant }) => {
  const { tenancy, user_id } = scene;
  const [session_id, token_id] = [newId(), newId()];
  const soon = new Date(Date.now() + 60_000);
  const session = { id: session_id, user_id, user_agent: '', address: '127.0.0.1', carrier: 'cookie' as const, expires_at: soon, via: null };
  const sent = [
    await scene.sqlOf(() => repository.listSignInCandidates(tenancy, 'u@example.com', null)),
    await scene.sqlOf(() => repository.countWorkspaces(tenancy, 5)),
    await scene.sqlOf(() => repository.findActorRow(tenancy, session_id)),
    await scene.sqlOf(() => repository.listLiveSessions(tenancy, [session_id])),
    await scene.sqlOf(() => repository.findRefreshPlace(tenancy, Buffer.of(1))),
    await scene.sqlOf(() => repository.findUserTokenPlace(tenancy, Buffer.of(1))),
    await inTenant((db) => repository.insertSession(db, session)),
    await inTenant((db) => repository.insertRefreshToken(db, { id: token_id, session_id, token_hash: Buffer.of(1), parent_id: null, idle_expires_at: soon })),
    await inTenant((db) => repository.lockSession(db, session_id)),
    await inTenant((db) => repository.getRefreshToken(db, token_id, 10)),
    await inTenant((db) => repository.markRefreshTokenUsed(db, token_id)),
    await inTenant((db) => repository.touchSession(db, session)),
    await inTenant((db) => repository.revokeSession(db, session_id, 'signed_out')),
    await inTenant((db) => repository.getSessionPerson(db, session_id)),
    await inTenant((db) => repository.getProfile(db, user_id)),
    await inTenant((db) => repository.updateProfile(db, user_id, 1, { name: 'V', theme: 'dark', columns: { users: ['name'] } })),
    await inTenant((db) => repository.findUsableToken(db, token_id)),
    await inTenant((db) => repository.lockPerson(db, user_id)),
    await inTenant((db) => repository.consumeToken(db, token_id)),
    await inTenant((db) => repository.setPassword(db, user_id, { password_hash: 'x', password_is_short: false })),
    await inTenant((db) => repository.replacePasswordHash(db, user_id, { from: 'x', to: 'y' })),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
