import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf, QueryOf, User } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export function userPage(query: QueryOf<'users.list'>) {
  return queryOptions({
    queryKey: ['users', 'list', query],
    queryFn: ({ signal }) => call('users.list', { query, signal }),
    placeholderData: keepPreviousData,
    // A letter says nothing when it leaves: whoever waits for some looks again.
    refetchInterval: ({ state }) => (state.data?.items.some(isOnItsWay) ? LETTERS_MS : false),
  });
}

const LETTERS_MS = 3_000;
/** After that a letter has not left, and nobody waits for it any more. */
export const LATE_MS = 5 * 60_000;
const isOnItsWay = ({ invitation }: User) => invitation?.delivery === 'pending' && Date.now() - Date.parse(invitation.created_at) < LATE_MS;

export function user(id: string) {
  return queryOptions({ queryKey: ['users', 'one', id], queryFn: ({ signal }): Promise<User> => call('users.read', { params: { id }, signal }) });
}

/** What only one person is asked for: on how many devices they are signed in, and their last link. */
export const userAccess = (id: string) => queryOptions({ queryKey: ['users', 'access', id], queryFn: ({ signal }) => call('users.read', { params: { id }, signal }) });

/** By version, which every change of roles makes a new one; what a role itself grants changes without it. */
export const userPermissions = ({ id, version }: Pick<User, 'id' | 'version'>) =>
  queryOptions({ queryKey: ['users', 'permissions', id, version], queryFn: ({ signal }) => call('roles.listEffective', { params: { id }, signal }) });

function useUserMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old.
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['users'] }) });
}

export const useCreateUser = () => useUserMutation((body: BodyOf<'users.create'>) => call('users.create', { body }));

export interface UserChange {
  id: string;
  version: number;
  body: BodyOf<'users.update'>;
}
/** Changes one person and fetches nothing again: of several, that is done once at their end. Throws ApiFailure. */
export function updateUser({ id, version, body }: UserChange): Promise<User> {
  return call('users.update', { params: { id }, body, if_match: version });
}
export const useUpdateUser = () => useUserMutation(updateUser);

/** A link that was just made, and whether a letter brings it. */
export type MadeLink = Pick<DataOf<'users.resetPassword'>, 'invitation' | 'delivery'>;

export const useEndSessions = () => useUserMutation((id: string) => call('users.endSessions', { params: { id } }));

export const useUnlink = () => useUserMutation((id: string) => call('sso.unlink', { params: { id } }));

export const useResetFactors = () => useUserMutation(({ id, reason }: { id: string; reason: string }) => call('users.resetSecondFactors', { params: { id }, query: { reason } }));

export const useResetPassword = () => useUserMutation((id: string) => call('users.resetPassword', { params: { id } }));

export interface SentInvitations {
  body: BodyOf<'invitations.create'>;
  idempotency_key: string;
}
export const useInvitePeople = () => useUserMutation((input: SentInvitations) => call('invitations.create', input));

export type Resent = DataOf<'invitations.resend'>;
export const useResendInvitations = () => useUserMutation((user_ids: string[]) => call('invitations.resend', { body: { user_ids } }));
export const useRevokeInvitations = () => useUserMutation((user_ids: string[]) => call('invitations.revoke', { body: { user_ids } }));

/** Begins a look into a person's data. */
export const useStartLook = () => useMutation({ mutationFn: ({ id, reason }: { id: string; reason: string }) => call('looks.start', { params: { id }, body: { reason } }) });
