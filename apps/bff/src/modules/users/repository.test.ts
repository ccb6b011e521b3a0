import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import { lockInvited } from './invitations/repository.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene: { user_id }, inTenant }) => {
  const token_id = newId();
  const window = { page_size: 20, sort_by: 'created_at' as const, include_total: true };
  const cursor = Buffer.from(JSON.stringify(['created_at', 'desc', '2026-01-01T00:00:00.000Z', user_id])).toString('base64url');
  const sent = [
    await inTenant((db) => repository.listUsers(db, { ...window, status: 'active', role: 'end_user', search: '50%', cursor })),
    await inTenant((db) => repository.listUsers(db, { ...window, include_total: false, status: 'expired' })),
    await inTenant((db) => repository.findUser(db, user_id)),
    await inTenant((db) => repository.lockUser(db, user_id)),
    await inTenant((db) => lockInvited(db, [user_id])),
    await inTenant((db) => repository.insertUser(db, { email: 'v@example.com', name: 'V', roles: ['end_user'], locale: 'en-US' })),
    await inTenant((db) => repository.listOthersRoles(db, user_id)),
    await inTenant((db) => repository.updateUser(db, user_id, { name: 'W' }, true)),
    await inTenant((db) => repository.endSessions(db, user_id, 'user_disabled')),
    await inTenant((db) => repository.touchSessions(db, [{ session_id: user_id, user_id, at: new Date() }])),
    await inTenant((db) => repository.hasPassword(db, user_id)),
    await inTenant((db) => repository.insertUserTokens(db, [{ id: token_id, user_id, purpose: 'invitation', token_hash: Buffer.of(1), expires_at: new Date(), delivery: 'pending' }])),
    await inTenant((db) => repository.noteDelivery(db, token_id, 'address_refused')),
    await inTenant((db) => repository.readAccess(db, user_id)),
    await inTenant((db) => repository.findProviderLink(db, user_id)),
    await inTenant((db) => repository.getTenantName(db)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
