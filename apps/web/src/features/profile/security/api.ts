import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf } from '@lyss/api-types';
import { ApiFailure, call } from '../../../api/client.ts';
import { enterSession } from '../../../session/start-session.ts';

const KEY = ['sessions'];

/** Where I am signed in, what was used last first. */
export const mySessions = () =>
  infiniteQueryOptions({
    queryKey: KEY,
    queryFn: ({ signal, pageParam }) => call('sessions.list', { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ pagination }) => pagination.next_cursor,
  });

function useEnding<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  // Also after a refusal: a 404 says that what is shown has ended.
  return useMutation<unknown, ApiFailure, Input>({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: KEY }) });
}

export const useEndSession = () => useEnding((id: string) => call('sessions.remove', { params: { id } }));
export const useEndOthers = () => useEnding<void>(() => call('sessions.removeOthers'));

/** Changes my password. This session goes on with new tokens; every other one has ended. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation<DataOf<'passwords.change'>, ApiFailure, BodyOf<'passwords.change'>>({
    mutationFn: (body) => call('passwords.change', { body }),
    onSuccess: (answer) => {
      enterSession(answer);
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
}
