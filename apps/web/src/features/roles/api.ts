import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, Role } from '@lyss/api-types';
import { call } from '../../api/client.ts';

const HOLDERS_NAMED = 5;

/** One role; throws where there is none of this id. */
export const oneRole = (id: string) =>
  queryOptions({
    queryKey: ['roles', 'one', id],
    queryFn: async ({ signal }) => {
      const { items } = await call('roles.list', { signal });
      const role = items.find((candidate) => candidate.id === id);
      if (!role) throw new Error(`no role ${id}`);
      return role;
    },
  });

/** One of the tenant's own: it alone has versions. */
export type OwnRole = Role & { version: number };
export const isOwn = (role: Role): role is OwnRole => role.version !== null;

/** One of the tenant's own, as it is now; throws where there is none of this id. */
export const ownRole = (id: string) =>
  queryOptions({
    queryKey: ['roles', 'own', id],
    queryFn: async ({ signal }) => {
      const { items } = await call('roles.list', { signal });
      const role = items.filter(isOwn).find((candidate) => candidate.id === id);
      if (!role) throw new Error(`no role ${id}`);
      return role;
    },
  });

/** The first few people who hold a role, and how many there are. */
export const holders = (role: string) =>
  queryOptions({
    queryKey: ['users', 'holders', role],
    queryFn: ({ signal }) => call('users.list', { query: { role, page_size: HOLDERS_NAMED, include_total: 'true' }, signal }),
  });

function useRoleMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old. People's lists name roles.
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: ['roles'] }), client.invalidateQueries({ queryKey: ['users'] })]);
  return useMutation({ mutationFn, onSettled: refresh });
}

export const useCreateRole = () => useRoleMutation((body: BodyOf<'roles.create'>) => call('roles.create', { body }));

export interface RoleUpdate {
  id: string;
  version: number;
  body: BodyOf<'roles.update'>;
}
export const useUpdateRole = () => useRoleMutation(({ id, version, body }: RoleUpdate) => call('roles.update', { params: { id }, body, if_match: version }));

export const useRemoveRole = () => useRoleMutation((id: string) => call('roles.remove', { params: { id } }));
