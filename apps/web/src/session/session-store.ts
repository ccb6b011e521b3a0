import { create } from 'zustand';
import type { Me } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';

/** Why a session is over, as the server says it to whoever holds a token of it. */
const endReasons = ['session_ended', 'password_changed', 'password_reset', 'user_disabled', 'tenant_suspended', 'refresh_reused', 'second_factors_changed', 'second_factors_reset'] as const;
export type EndReason = (typeof endReasons)[number];

interface Session {
  state: 'unknown' | 'signed_out' | 'signed_in';
  me: Me | null;
  /** Signed out without having asked for it: the account, the tenant or the session ended elsewhere. */
  ended: boolean;
  /** Null where nobody said why. */
  end_reason: EndReason | null;
}

/** Who is signed in and whether; never a token, and nothing is fetched from here. */
export const useSession = create<Session>(() => ({ state: 'unknown', me: null, ended: false, end_reason: null }));

export function rememberPerson(me: Me): void {
  useSession.setState({ state: 'signed_in', me, ended: false, end_reason: null });
}

export function forgetPerson(ended = false, end_reason: EndReason | null = null): void {
  useSession.setState({ state: 'signed_out', me: null, ended, end_reason });
}

/** A reason that this console has words for, else null. */
export function readEndReason(reason: string | null): EndReason | null {
  return endReasons.find((known) => known === reason) ?? null;
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
