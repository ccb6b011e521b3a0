import type { LetterFailure } from '@lyss/api-types';
import { sql } from 'kysely';
import type { TenantDb } from '../../../db/tenancy.ts';
import { hasSecondFactor, passwordsClosed } from '../repository.ts';

export type PasswordOwner = Awaited<ReturnType<typeof getPasswordOwner>>;

/** What judging and changing a person's password takes, and whom to tell. */
export function getPasswordOwner(db: TenantDb, user_id: string) {
  return db
    .selectFrom('users')
    .innerJoin('tenants', 'tenants.id', 'users.tenant_id')
    .select(['users.email', 'users.name', 'users.locale', 'users.status', 'users.roles', 'users.password_hash', 'tenants.name as tenant_name', 'tenants.password_min_length', 'tenants.password_blocked_words'])
    .select([hasSecondFactor, passwordsClosed])
    .where('users.id', '=', user_id)
    .executeTakeFirstOrThrow();
}

/** How many links that the person asked for can still be used. */
export async function countAskedLinks(db: TenantDb, user_id: string): Promise<number> {
  const row = await db
    .selectFrom('user_tokens')
    .select(sql<string>`count(*)`.as('count'))
    .where('user_id', '=', user_id)
    .where('is_asked_for', '=', true)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Adds a link beside what there is: whoever asks for another person's must not end the link that person holds. */
export async function insertAskedLink(db: TenantDb, link: { id: string; user_id: string; token_hash: Buffer; expires_at: Date }): Promise<void> {
  await db.insertInto('user_tokens').values({ tenant_id: db.tenant_id, ...link, purpose: 'password_reset', is_asked_for: true, delivery: 'pending' }).execute();
}

/** What became of the letter with such a link. */
export async function noteLetter(db: TenantDb, token_id: string, failure: LetterFailure | null): Promise<void> {
  await db.updateTable('user_tokens').set({ delivery: failure ? 'failed' : 'sent', delivery_failure: failure }).where('id', '=', token_id).execute();
}
