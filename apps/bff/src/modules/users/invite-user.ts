import type { OneTimeLink, User } from '@lyss/api-types';
import { appendAudit, type AuditWho } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { issueLink } from './issue-link.ts';
import { insertUser, type NewUser } from './repository.ts';

export type InviteUser = (db: TenantDb, user: NewUser, who: AuditWho) => Promise<{ user: User; invitation: OneTimeLink }>;

/** Adds a person with a link to choose a password, in the caller's transaction. */
export function createInviteUser(public_url: URL): InviteUser {
  return async (db, user, who) => {
    const created = await insertUser(db, user);
    const invitation = await issueLink(db, public_url, created.id, 'invitation');
    const details = { after: { email: created.email, name: created.name, roles: created.roles, custom_roles: created.custom_roles.map(({ id }) => id) } };
    await appendAudit(db, who, { action: 'users.created', resource_type: 'user', resource_id: created.id, details });
    return { user: created, invitation };
  };
}
