import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { Bulk } from '../../app/list/use-selection.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import type { InvitationChange } from './invite/confirm-invitations.tsx';
import { useIsBeyond } from './use-own-roles.ts';

export interface BulkAsked {
  change: 'disable' | 'enable' | InvitationChange;
  users: readonly User[];
  /** Lets go of those that were chosen. */
  done: () => void;
}

/** What I may do with several people at once; none of them myself or above me. */
export function useBulk(ask: (asked: BulkAsked) => void): Bulk<User> | undefined {
  const t = useTexts('users');
  const me = useMe();
  const isBeyond = useIsBeyond();
  if (!useCan('users.write')) return undefined;
  return {
    canSelect: (user) => user.id !== me.id && !isBeyond(user),
    actions: (chosen, done) => {
      const on = chosen.filter((user) => user.status !== 'disabled');
      const off = chosen.filter((user) => user.status === 'disabled');
      const invited = chosen.filter((user) => user.status === 'invited');
      return [
        ...(invited.length > 0
          ? [
              { key: 'resend', label: t(($) => $.menu.resend), onSelect: () => ask({ change: 'resend', users: invited, done }) },
              { key: 'revoke', label: t(($) => $.menu.revoke), danger: true, onSelect: () => ask({ change: 'revoke', users: invited, done }) },
            ]
          : []),
        { key: 'disable', label: t(($) => $.menu.disable), danger: true, disabled: on.length === 0, onSelect: () => ask({ change: 'disable', users: on, done }) },
        { key: 'enable', label: t(($) => $.menu.enable), disabled: off.length === 0, onSelect: () => ask({ change: 'enable', users: off, done }) },
      ];
    },
  };
}
