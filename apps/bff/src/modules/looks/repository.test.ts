import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import * as repository from './repository.ts';

it('sends the SQL that a reviewer reads here', async ({ scene: { user_id }, inTenant }) => {
  const look = { looker_id: user_id, looker_name: 'U', session_id: user_id, subject_id: user_id, reason: 'To see the SQL', ends_at: new Date() };
  const sent = [
    await inTenant((db) => repository.holdRights(db, { user_id, session_id: user_id }, user_id)),
    await inTenant((db) => repository.findPerson(db, user_id)),
    await inTenant((db) => repository.insertLook(db, look)),
    await inTenant((db) => repository.findLook(db, user_id, { user_id, session_id: user_id })),
    await inTenant((db) => repository.holdLook(db, user_id, { user_id, session_id: user_id })),
    await inTenant((db) => repository.endLook(db, user_id)),
    await inTenant((db) => repository.listLooksAt(db, user_id, { page_size: 20, sort_by: 'started_at' })),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});
