import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useMe } from '../../session/session-store.ts';
import type { ListColumn } from '../../ui/list/column.ts';
import { NameCell } from '../../ui/list/name-cell.tsx';
import { useRoleNames } from './use-own-roles.ts';
import { UserStatus } from './user-status.tsx';

/** What a person looks like in the list. */
export function useUserColumns(open: (id: string) => void): ListColumn<User>[] {
  const t = useTexts('users');
  const copy = useCopyTexts();
  const me = useMe();
  const nameRoles = useRoleNames();
  const seen = (user: User) => (user.last_seen_at ? <Time at={user.last_seen_at} /> : t(($) => $.never));
  return [
    {
      key: 'name',
      title: t(($) => $.column.name),
      sortable: true,
      fixed: true,
      card: 'title',
      render: (user) => (
        <NameCell
          name={user.name}
          id={user.email}
          tag={user.id === me.id ? t(($) => $.me) : undefined}
          onOpen={() => open(user.id)}
          {...copy}
        />
      ),
    },
    { key: 'roles', title: t(($) => $.column.roles), named: true, render: nameRoles },
    { key: 'status', title: t(($) => $.column.status), card: 'aside', render: (user) => <UserStatus user={user} /> },
    { key: 'second_factor', title: t(($) => $.factor.title), named: true, render: (user) => (user.has_second_factor ? t(($) => $.factor.enrolled) : t(($) => $.factor.none)) },
    { key: 'last_seen_at', title: t(($) => $.column.last_seen_at), sortable: true, named: true, render: seen },
    {
      key: 'created_at',
      title: t(($) => $.column.created_at),
      sortable: true,
      card: 'none',
      render: (user) => <Time at={user.created_at} />,
    },
  ];
}
