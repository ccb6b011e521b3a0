import { create } from 'zustand';
import type { Me } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';

interface Session {
  state: 'unknown' | 'signed_out' | 'signed_in';
  me: Me | null;
  /** Signed out without having asked for it: the account, the tenant or the session ended elsewhere. */
  ended: boolean;
}

/** Who is signed in and whether; never a token, and nothing is fetched from here. */
export const useSession = create<Session>(() => ({ state: 'unknown', me: null, ended: false }));

export function rememberPerson(me: Me): void {
  useSession.setState({ state: 'signed_in', me, ended: false });
}

export function forgetPerson(ended = false): void {
  useSession.setState({ state: 'signed_out', me: null, ended });
}

/** The person; only for what is shown to somebody signed in, and it throws elsewhere. */
export function useMe(): Me {
  const me = useSession((session) => session.me);
  if (me === null) throw new Error('nobody is signed in here');
  return me;
}

export function useCan(permission: Permission): boolean {
  return useSession((session) => session.me?.permissions.includes(permission) ?? false);
}
