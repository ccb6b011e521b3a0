import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, OwnTenant } from '@lyss/api-types';
import { ApiFailure, call } from '../../api/client.ts';
import { isStale } from '../../api/failure.ts';
import { rememberPerson } from '../../session/session-store.ts';

export const ownTenant = queryOptions<OwnTenant, ApiFailure>({
  queryKey: ['tenants', 'own'],
  queryFn: ({ signal }) => call('tenants.readOwn', { signal }),
});

/** Saves the own tenant's settings against the version that was read; the frame's tenant name follows. */
export function useUpdateOwnTenant(version: number) {
  const queries = useQueryClient();
  return useMutation<OwnTenant, ApiFailure, BodyOf<'tenants.updateOwn'>>({
    mutationFn: (body) => call('tenants.updateOwn', { body, if_match: version }),
    onSuccess: async (tenant) => {
      queries.setQueryData(ownTenant.queryKey, tenant);
      rememberPerson(await call('auth.me'));
    },
    onError: async (failure) => {
      if (isStale(failure)) await queries.invalidateQueries({ queryKey: ownTenant.queryKey });
    },
  });
}
