import { sql, type Kysely } from 'kysely';

// What became of a link's letter stays with the link; the link itself, and the letter, are kept nowhere.
const statements = [
  `alter table user_tokens
     add column is_asked_for boolean not null default false,
     add column delivery text not null default 'by_hand' check (delivery in ('by_hand', 'pending', 'sent', 'failed')),
     add column delivery_failure text,
     add constraint user_tokens_failure_check check ((delivery = 'failed') = (delivery_failure is not null))`,
  `comment on column user_tokens.is_asked_for is 'by the person, on the sign-in page; else an admin made it'`,
];

/** How a one-time link reached its person. */
export async function addLetters(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
