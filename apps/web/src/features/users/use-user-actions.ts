import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import type { RowAction } from '../../ui/list/column.ts';
import type { Change } from './confirm-change.tsx';
import type { BulkAsked } from './use-bulk.ts';
import { useIsBeyond } from './use-own-roles.ts';

export interface Asked {
  what: Change | 'edit' | 'look' | 'reset_factors' | 'unlink';
  user: User;
}

interface Asks {
  ask: (asked: Asked) => void;
  /** Invitations are renewed and taken back as one or as many. */
  askSeveral: (asked: BulkAsked) => void;
}

/** What I may do with a person, in the row's menu and at the foot of the peek alike. */
export function useUserActions(open: (id: string) => void, { ask, askSeveral }: Asks): (user: User) => RowAction[] {
  const t = useTexts('users');
  const me = useMe();
  const isBeyond = useIsBeyond();
  const [canWrite, canLook] = [useCan('users.write'), useCan('users.look')];
  // Where passwords are closed a link to choose one opens nothing, but for operators.
  const isClosed = (user: User) => me.tenant.passwords_closed && !user.roles.includes('super_admin');
  const invitationActions = (user: User, beyond: boolean): RowAction[] => [
    { key: 'resend', label: t(($) => $.menu.resend), disabled: beyond, onSelect: () => askSeveral({ change: 'resend', users: [user], done: () => undefined }) },
    { key: 'revoke', label: t(($) => $.menu.revoke), danger: true, disabled: beyond, onSelect: () => askSeveral({ change: 'revoke', users: [user], done: () => undefined }) },
  ];
  return (user) => {
    const show: RowAction = { key: 'open', label: t(($) => $.menu.open), onSelect: () => open(user.id) };
    const beyond = isBeyond(user);
    const look: RowAction[] = canLook && user.id !== me.id && user.status !== 'invited' ? [{ key: 'look', label: t(($) => $.menu.look), disabled: beyond, onSelect: () => ask({ what: 'look', user }) }] : [];
    if (!canWrite) return [show, ...look];
    const off = user.status === 'disabled';
    return [
      show,
      ...look,
      { key: 'edit', label: t(($) => $.menu.edit), disabled: beyond, onSelect: () => ask({ what: 'edit', user }) },
      ...(user.status === 'invited' ? invitationActions(user, beyond) : []),
      ...(user.status === 'invited' || isClosed(user) ? [] : [{ key: 'reset', label: t(($) => $.menu.reset), disabled: beyond || off, onSelect: () => ask({ what: 'reset', user }) }]),
      { key: 'sign_out', label: t(($) => $.menu.sign_out), disabled: beyond || user.status !== 'active', onSelect: () => ask({ what: 'sign_out', user }) },
      ...(user.has_second_factor && user.id !== me.id ? [{ key: 'reset_factors', label: t(($) => $.menu.reset_factors), disabled: beyond, onSelect: () => ask({ what: 'reset_factors', user }) }] : []),
      off
        ? { key: 'enable', label: t(($) => $.menu.enable), disabled: beyond, onSelect: () => ask({ what: 'enable', user }) }
        : { key: 'disable', label: t(($) => $.menu.disable), danger: true, disabled: beyond || user.id === me.id, onSelect: () => ask({ what: 'disable', user }) },
    ];
  };
}
