import { expect } from 'vitest';
import { it } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene: { user_id }, inTenant }) => {
  const sent = [
    await inTenant((db) => repository.listSessions(db, user_id, { page_size: 20, sort_by: 'last_used_at' })),
    await inTenant((db) => repository.endSession(db, user_id, newId())),
    await inTenant((db) => repository.endOtherSessions(db, user_id, newId(), 'ended_by_person')),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
