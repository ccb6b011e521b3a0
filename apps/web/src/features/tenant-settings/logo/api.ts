import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OwnTenant } from '@lyss/api-types';
import { call, type ApiFailure } from '../../../api/client.ts';
import { isStale } from '../../../api/failure.ts';
import { rememberPerson } from '../../../session/session-store.ts';
import { ownTenant } from '../api.ts';

/** Puts a picture (base64) in the logo's place, or takes it away with null; the frame follows. */
export function useChangeLogo(version: number) {
  const queries = useQueryClient();
  return useMutation<OwnTenant, ApiFailure, string | null>({
    mutationFn: (content) => (content === null ? call('tenants.removeLogo', { if_match: version }) : call('tenants.replaceLogo', { body: { content }, if_match: version })),
    onSuccess: async (tenant) => {
      queries.setQueryData(ownTenant.queryKey, tenant);
      rememberPerson(await call('auth.me'));
    },
    onError: async (failure) => {
      if (isStale(failure)) await queries.invalidateQueries({ queryKey: ownTenant.queryKey });
    },
  });
}
