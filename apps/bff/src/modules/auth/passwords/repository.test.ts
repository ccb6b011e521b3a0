import { expect } from 'vitest';
import { it } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene: { user_id }, inTenant }) => {
  const id = newId();
  const sent = [
    await inTenant((db) => repository.getPasswordOwner(db, user_id)),
    await inTenant((db) => repository.countAskedLinks(db, user_id)),
    await inTenant((db) => repository.insertAskedLink(db, { id, user_id, token_hash: Buffer.of(1), expires_at: new Date(Date.now() + 60_000) })),
    await inTenant((db) => repository.noteLetter(db, id, 'server_unreachable')),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
