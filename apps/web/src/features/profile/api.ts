import { useMutation } from '@tanstack/react-query';
import type { BodyOf, DataOf, Me } from '@lyss/api-types';
import { ApiFailure, call } from '../../api/client.ts';
import { isStale } from '../../api/failure.ts';
import { rememberPerson, useMe } from '../../session/session-store.ts';
import { tellTabs } from '../../session/tabs.ts';

/** Changes my own profile. Where it was changed elsewhere, the latest is read so that the next try fits. */
export function useUpdateMe() {
  const me = useMe();
  return useMutation<DataOf<'auth.updateMe'>, ApiFailure, BodyOf<'auth.updateMe'>>({
    mutationFn: (body) => call('auth.updateMe', { body, if_match: me.version }),
    onSuccess: (fresh: Me) => {
      rememberPerson(fresh);
      tellTabs('changed');
    },
    onError: async (failure) => {
      if (isStale(failure)) rememberPerson(await call('auth.me'));
    },
  });
}
