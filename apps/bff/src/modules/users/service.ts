import type { CreateUserInput, SystemRole, UpdateUserInput, User, UserDetail, UsersQuery } from '@lyss/api-types';
import { listPermissions } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import { judgeStanding } from '../../standing.ts';
import { checkRoles } from './check-roles.ts';
import type { InviteUser } from './invite-user.ts';
import { issueLink, type IssuedLink, type LinkPorts } from './issue-link.ts';
import * as repository from './repository.ts';
import { resetSecondFactors } from './reset-second-factors.ts';

export interface UserPorts extends LinkPorts {
  inviteUser: InviteUser;
  /** Whether the tenant's people sign in through its identity provider alone; operators keep their password. */
  isSsoOnly(db: TenantDb): Promise<boolean>;
}
type LockedUser = NonNullable<Awaited<ReturnType<typeof repository.lockUser>>>;
export type UserService = ReturnType<typeof createUserService>;

/** The tenant's people: list, add, change, disable, and new links to choose a password. */
export function createUserService(ports: UserPorts) {
  const { tenancy } = ports;
  return {
    list: (actor: Actor, query: UsersQuery) => tenancy.withTenant(actor.tenant_id, (db) => repository.listUsers(db, query)),
    read: (actor: Actor, id: string): Promise<UserDetail> =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const found = await repository.findUser(db, id);
        if (!found) throw new AppError('USER_NOT_FOUND');
        const { demanded } = judgeStanding({ ...found, require_second_factor: await repository.getDemand(db) });
        const { granted: _, ...user } = found;
        return { ...user, ...(await repository.readAccess(db, id)), second_factors: { ...(await repository.readSecondFactors(db, id)), demanded }, single_sign_on: (await repository.findProviderLink(db, id)) ?? null };
      }),
    async create(actor: Actor, input: CreateUserInput, caller: Caller) {
      const locale = input.locale ?? caller.locale;
      const { send, ...made } = await tenancy.withTenant(actor.tenant_id, async (db) => {
        await checkRoles(db, actor, input.roles, input.custom_role_ids);
        return ports.inviteUser(db, { ...input, locale }, { actor, caller });
      });
      send();
      return made;
    },
    update: (actor: Actor, id: string, version: number | null, input: UpdateUserInput, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, (db) => updateUser(db, actor, id, version, input, caller)),
    async resetPassword(actor: Actor, id: string, caller: Caller) {
      const { send, ...made } = await tenancy.withTenant(actor.tenant_id, (db) => resetPassword(ports, db, actor, id, caller));
      send();
      return made;
    },
    resetSecondFactors: (actor: Actor, id: string, reason: string, caller: Caller) => resetSecondFactors(ports, actor, id, reason, caller),
    endSessions: (actor: Actor, id: string, caller: Caller) => tenancy.withTenant(actor.tenant_id, (db) => endSessions(db, actor, id, caller)),
  };
}

const powersOf = ({ roles, granted }: LockedUser) => listPermissions(roles, granted);

async function updateUser(db: TenantDb, actor: Actor, id: string, version: number | null, input: UpdateUserInput, caller: Caller): Promise<User> {
  // Admin rows first and in id order, the same for everybody, so that two admins demoting each other can't deadlock.
  const othersRoles = input.roles || input.status ? await repository.listOthersRoles(db, id) : new Set<SystemRole>();
  const user = await repository.lockUser(db, id);
  if (!user) throw new AppError('USER_NOT_FOUND');
  refuseBeyond(actor, powersOf(user));
  const held = user.custom_roles.map(({ id: role }) => role);
  const custom = input.custom_role_ids ?? held;
  if (input.roles || input.custom_role_ids) await checkRoles(db, actor, input.roles ?? user.roles, custom);
  if (version !== null && version !== user.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: user.version } });
  const roles = input.roles ?? user.roles;
  const status = await nextStatus(db, user, input.status);
  refuseLast(user, status === 'active' ? roles : [], othersRoles);
  const customChanged = custom.toSorted().join() !== held.toSorted().join();
  const powersChanged = status !== user.status || roles.join() !== user.roles.join() || customChanged;
  if (customChanged) await repository.replaceUserRoles(db, id, custom);
  // Whoever holds an older link was trusted with less, or with a person who was not disabled.
  if (powersChanged) await repository.expireLinks(db, [id]);
  const changed = await repository.updateUser(db, id, { name: input.name ?? user.name, roles: [...roles], status }, powersChanged);
  if (status === 'disabled') await repository.endSessions(db, id, 'user_disabled');
  const details = { before: describeForAudit(user), after: describeForAudit(changed) };
  await appendAudit(db, { actor, caller }, { action: 'users.updated', resource_type: 'user', resource_id: id, details });
  return changed;
}

const describeForAudit = ({ name, roles, custom_roles, status }: User) => ({ name, roles, custom_roles: custom_roles.map(({ id }) => id), status });

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

async function resetPassword(ports: UserPorts, db: TenantDb, actor: Actor, id: string, caller: Caller): Promise<IssuedLink> {
  const user = await repository.lockUser(db, id);
  if (!user) throw new AppError('USER_NOT_FOUND');
  refuseBeyond(actor, powersOf(user));
  if (user.status === 'disabled') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'user_disabled' } });
  if (!user.roles.includes('super_admin') && (await ports.isSsoOnly(db))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'passwords_closed' } });
  const purpose = user.status === 'invited' ? 'invitation' : 'password_reset';
  const issued = await issueLink(ports, db, user, purpose, actor.name);
  // Whoever has the old password, which may be why this was asked for, is out as well.
  await repository.forgetPassword(db, id);
  await repository.endSessions(db, id, 'password_reset');
  await appendAudit(db, { actor, caller }, { action: 'users.password_reset_issued', resource_type: 'user', resource_id: id, details: { purpose } });
  return issued;
}

/** Signs a person out everywhere; nobody does it to whoever may do more than they. */
async function endSessions(db: TenantDb, actor: Actor, id: string, caller: Caller): Promise<void> {
  const user = await repository.lockUser(db, id);
  if (!user) throw new AppError('USER_NOT_FOUND');
  refuseBeyond(actor, powersOf(user));
  const sessions = await repository.endSessions(db, id, 'ended_by_admin');
  await appendAudit(db, { actor, caller }, { action: 'users.sessions_ended', resource_type: 'user', resource_id: id, details: { sessions } });
}
