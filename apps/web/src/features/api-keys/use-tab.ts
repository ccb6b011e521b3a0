import { useSearch } from '@tanstack/react-router';
import { useCan } from '../../session/session-store.ts';

/** Whose keys are shown: everybody's where the address says so and the person may, or where they have none of their own. */
export function useTab(): 'mine' | 'all' {
  const { tab } = useSearch({ from: '/api-keys' });
  const [canUse, canManage] = [useCan('api_keys.use'), useCan('api_keys.manage')];
  return canManage && (tab === 'all' || !canUse) ? 'all' : 'mine';
}
