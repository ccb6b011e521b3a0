import { sql } from 'kysely';
import { expect } from 'vitest';
import { it, type StatementScene } from '../../../../test/statements.ts';
import { newId } from '../../../crypto/digest.ts';
import { insertConversation } from '../repository.ts';
import { listPath } from './repository.ts';

const MIB = 1024 * 1024;

/** A chain of so many messages with a text of so many characters each; answers the last one's id. */
async function insertChain({ tenancy, tenant_id, user_id }: StatementScene, count: number, length: number): Promise<string> {
  const ids = Array.from({ length: count }, newId);
  await tenancy.withTenant(tenant_id, async (db) => {
    const conversation_id = await insertConversation(db, { user_id, title: null, model: null, system_prompt: null });
    await sql`
      insert into messages (tenant_id, id, conversation_id, parent_id, role, content, status)
      select ${tenant_id}, m.id, ${conversation_id}, lag(m.id) over (order by m.place), 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', m.place || repeat('x', ${length}))), 'complete'
      from unnest(${ids}::uuid[]) with ordinality m (id, place)`.execute(db);
  });
  return String(ids.at(-1));
}

async function placesOf({ tenancy, tenant_id }: StatementScene, leaf_id: string): Promise<number[]> {
  const path = await tenancy.withTenant(tenant_id, (db) => listPath(db, leaf_id));
  return path.map(({ content: [part] }) => Number.parseInt(part?.type === 'text' ? part.text : '', 10));
}

it('shows the newest 400 messages of a long conversation', async ({ scene }) => {
  const leaf_id = await insertChain(scene, 450, 1);
  expect(await placesOf(scene, leaf_id)).toEqual(Array.from({ length: 400 }, (_, index) => index + 51));
});

it('shows no more bytes than memory should hold, of messages that are huge', async ({ scene }) => {
  const leaf_id = await insertChain(scene, 12, 3 * MIB);
  expect(await placesOf(scene, leaf_id)).toEqual([8, 9, 10, 11, 12]);
});

it('shows the newest message however long it is', async ({ scene }) => {
  const leaf_id = await insertChain(scene, 3, 17 * MIB);
  expect(await placesOf(scene, leaf_id)).toEqual([3]);
});
