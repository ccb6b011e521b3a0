import type { Role } from '@lyss/api-types';
import { permissions, type Permission } from '@lyss/api-types/permission';

/** What somebody did to one role and has not saved, upon the role as they first saw it. */
export interface RoleChange {
  seen: Role;
  /** What each touched permission is to be; never what it is already. */
  set: ReadonlyMap<Permission, boolean>;
}
/** By role id. */
export type Changes = ReadonlyMap<string, RoleChange>;

export interface Difference {
  gained: Permission[];
  lost: Permission[];
}

function put(changes: Changes, id: string, change: RoleChange): Changes {
  const next = new Map(changes);
  if (change.set.size === 0) next.delete(id);
  else next.set(id, change);
  return next;
}

/** Without what is kept of one role. */
export function drop<T>(kept: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  return new Map([...kept].filter(([other]) => other !== id));
}

/** What a role would grant: as it is now, with what was changed on top, in the registry's order. */
export function applyChange(role: Role, change: RoleChange | undefined): Permission[] {
  return permissions.filter((permission) => change?.set.get(permission) ?? role.permissions.includes(permission));
}

/** Gives or takes one permission; a second time takes the change back. */
export function toggle(changes: Changes, role: Role, permission: Permission): Changes {
  const change = changes.get(role.id) ?? { seen: role, set: new Map() };
  const set = new Map(change.set);
  const wanted = !(set.get(permission) ?? role.permissions.includes(permission));
  if (wanted === role.permissions.includes(permission)) set.delete(permission);
  else set.set(permission, wanted);
  return put(changes, role.id, { ...change, set });
}

const listOpen = (set: RoleChange['set'], now: Role) => new Map([...set].filter(([permission, wanted]) => now.permissions.includes(permission) !== wanted));

/** After a role was saved: what was changed while that was under way is kept upon what the server has now. */
export function settle(changes: Changes, saved: Role): Changes {
  const change = changes.get(saved.id);
  return change ? put(changes, saved.id, { seen: saved, set: listOpen(change.set, saved) }) : changes;
}

/** Without what somebody else did meanwhile: kept, it would undo a later change of theirs. The same object where nothing is. */
export function prune(changes: Changes, roles: readonly Role[]): Changes {
  return roles.reduce((kept, now) => {
    const change = kept.get(now.id);
    const set = change && listOpen(change.set, now);
    return change && set && set.size < change.set.size ? put(kept, now.id, { ...change, set }) : kept;
  }, changes);
}

export function compare(before: readonly Permission[], after: readonly Permission[]): Difference {
  return { gained: after.filter((permission) => !before.includes(permission)), lost: before.filter((permission) => !after.includes(permission)) };
}

/** What somebody else did to a role since its changes began; null where nothing. */
export function compareMeanwhile(change: RoleChange, now: Role): (Difference & { renamed: string | null }) | null {
  if (change.seen.version === now.version) return null;
  return { ...compare(change.seen.permissions, now.permissions), renamed: change.seen.name === now.name ? null : now.name };
}
