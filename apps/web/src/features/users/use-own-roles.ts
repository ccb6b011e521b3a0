import { useQuery } from '@tanstack/react-query';
import type { Role, User } from '@lyss/api-types';
import { roleList } from '../../app/access/role-list.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import { isBeyond } from './grants.ts';

const none: readonly Role[] = [];

/** The tenant's own roles; none for whoever may not read roles, or before they are there. */
export function useOwnRoles(): readonly Role[] {
  const { data } = useQuery({ ...roleList(), enabled: useCan('roles.read'), select: ({ items }) => items.filter((role) => !role.is_system) });
  return data ?? none;
}

/** Tells whether somebody may do more than I, as far as I can know: the server decides. */
export function useIsBeyond(): (user: User) => boolean {
  const own = useOwnRoles();
  const me = useMe();
  return (user) => isBeyond(user, me.permissions, own);
}

/** All roles of a person in words. */
export function useRoleNames(): (user: User) => string {
  const words = useAccessWords();
  return (user) => [...user.roles.map((id) => words.role({ id, name: id })), ...user.custom_roles.map(({ name }) => name)].join(' · ');
}
