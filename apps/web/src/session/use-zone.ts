import { useMe } from './session-store.ts';

/** The zone times are shown in: the person's own choice, else their tenant's. */
export function useZone(): string {
  const me = useMe();
  return me.preferences.time_zone ?? me.tenant.time_zone;
}
