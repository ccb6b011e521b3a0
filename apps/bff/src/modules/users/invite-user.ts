import type { User } from '@lyss/api-types';
import { appendAudit, type AuditWho } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { issueLink, type IssuedLink, type LinkPorts } from './issue-link.ts';
import { getUser, insertUser, type NewUser } from './repository.ts';

export type InviteUser = (db: TenantDb, user: NewUser, who: AuditWho) => Promise<IssuedLink & { user: User }>;

/** Adds a person with a link to choose a password, in the caller's transaction; the caller sends it once that is committed. */
export function createInviteUser(ports: LinkPorts): InviteUser {
  return async (db, user, who) => {
    const created = await insertUser(db, user);
    const issued = await issueLink(ports, db, created, 'invitation', who.actor?.name ?? '');
    const details = { after: { email: created.email, name: created.name, roles: created.roles, custom_roles: created.custom_roles.map(({ id }) => id) } };
    await appendAudit(db, who, { action: 'users.created', resource_type: 'user', resource_id: created.id, details });
    return { user: await getUser(db, created.id), ...issued };
  };
}
