import type { CreateUserInput, OneTimeLink, SystemRole, UpdateUserInput, User, UsersQuery } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { InviteUser } from './invite-user.ts';
import { issueLink } from './issue-link.ts';
import * as repository from './repository.ts';

export interface UserPorts {
  tenancy: Tenancy;
  inviteUser: InviteUser;
  public_url: URL;
}
export type UserService = ReturnType<typeof createUserService>;

/** The tenant's people: list, add, change, disable, and new links to choose a password. */
export function createUserService(ports: UserPorts) {
  const { tenancy } = ports;
  return {
    list: (actor: Actor, query: UsersQuery) => tenancy.withTenant(actor.tenant_id, (db) => repository.listUsers(db, query)),
    async read(actor: Actor, id: string): Promise<User> {
      const user = await tenancy.withTenant(actor.tenant_id, (db) => repository.findUser(db, id));
      if (!user) throw new AppError('USER_NOT_FOUND');
      return user;
    },
    create(actor: Actor, input: CreateUserInput, caller: Caller) {
      refuseBeyond(actor, input.roles);
      const locale = input.locale ?? caller.locale;
      return tenancy.withTenant(actor.tenant_id, (db) => ports.inviteUser(db, { ...input, locale }, { actor, caller }));
    },
    update: (actor: Actor, id: string, version: number | null, input: UpdateUserInput, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, (db) => updateUser(db, actor, id, version, input, caller)),
    resetPassword: (actor: Actor, id: string, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, (db) => resetPassword(db, ports.public_url, actor, id, caller)),
  };
}

/** Nobody gives, or takes hold of, more than they have themselves. */
function refuseBeyond(actor: Actor, roles: readonly SystemRole[]): void {
  const beyond = listPermissions(roles).filter((permission) => !actor.permissions.has(permission));
  if (beyond.length > 0) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'beyond_own_permissions', permissions: beyond } });
}

async function updateUser(db: TenantDb, actor: Actor, id: string, version: number | null, input: UpdateUserInput, caller: Caller): Promise<User> {
  // Admin rows first and in id order, the same for everybody, so that two admins demoting each other can't deadlock.
  const othersRoles = input.roles || input.status ? await repository.listOthersRoles(db, id) : new Set<SystemRole>();
  const user = await repository.lockUser(db, id);
  if (!user) throw new AppError('USER_NOT_FOUND');
  refuseBeyond(actor, user.roles);
  if (input.roles) refuseBeyond(actor, input.roles);
  if (version !== null && version !== user.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: user.version } });
  const roles = input.roles ?? user.roles;
  const status = await nextStatus(db, user, input.status);
  refuseLast(user, status === 'active' ? roles : [], othersRoles);
  const powersChanged = status !== user.status || roles.join() !== user.roles.join();
  const changed = await repository.updateUser(db, id, { name: input.name ?? user.name, roles: [...roles], status }, powersChanged);
  // Whoever holds an older link was trusted with less, or with a person who was not disabled.
  if (powersChanged) await repository.expireLinks(db, id);
  if (status === 'disabled') await repository.endSessions(db, id, 'user_disabled');
  const before = { name: user.name, roles: user.roles, status: user.status };
  const after = { name: changed.name, roles: changed.roles, status: changed.status };
  await appendAudit(db, { actor, caller }, { action: 'users.updated', resource_type: 'user', resource_id: id, details: { before, after } });
  return changed;
}

const lastReasons = [['tenant_admin', 'last_admin'], ['super_admin', 'last_operator']] as const;

/** A tenant always keeps an active admin, and the platform, whose operators all live in one tenant, an operator. */
function refuseLast(user: User, rolesLeft: readonly SystemRole[], othersRoles: ReadonlySet<SystemRole>): void {
  if (user.status !== 'active') return;
  for (const [role, reason] of lastReasons) {
    const leaves = user.roles.includes(role) && !rolesLeft.includes(role);
    if (leaves && !othersRoles.has(role)) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason } });
  }
}

/** A person who never chose a password goes back to `invited` when enabled. */
async function nextStatus(db: TenantDb, user: User, wanted: 'active' | 'disabled' | undefined): Promise<User['status']> {
  if (wanted === undefined) return user.status;
  if (wanted === 'disabled') return 'disabled';
  return (await repository.hasPassword(db, user.id)) ? 'active' : 'invited';
}

async function resetPassword(db: TenantDb, public_url: URL, actor: Actor, id: string, caller: Caller): Promise<{ invitation: OneTimeLink }> {
  const user = await repository.lockUser(db, id);
  if (!user) throw new AppError('USER_NOT_FOUND');
  refuseBeyond(actor, user.roles);
  if (user.status === 'disabled') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'user_disabled' } });
  const purpose = user.status === 'invited' ? 'invitation' : 'password_reset';
  const invitation = await issueLink(db, public_url, id, purpose);
  await repository.endSessions(db, id, 'password_reset');
  await appendAudit(db, { actor, caller }, { action: 'users.password_reset_issued', resource_type: 'user', resource_id: id, details: { purpose } });
  return { invitation };
}
