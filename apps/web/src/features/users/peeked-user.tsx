import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { Copyable } from '../../ui/copyable.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { useAccessFacts } from './access-facts.tsx';
import { user as oneUser } from './api.ts';
import { EffectivePermissions } from './effective-permissions.tsx';
import { useIsBeyond, useRoleNames } from './use-own-roles.ts';
import { UserStatus } from './user-status.tsx';
import type { UsersList } from './use-users-list.ts';

interface PeekedUserProps {
  id: string;
  list: UsersList;
  actions: (user: User) => RowAction[];
  onUnlink: (user: User) => void;
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** One person beside the list. */
export function PeekedUser(props: PeekedUserProps) {
  const t = useTexts('users');
  const isBeyond = useIsBeyond();
  const canWrite = useCan('users.write');
  const unlinkOf = (user: User) => (canWrite && !isBeyond(user) ? () => props.onUnlink(user) : null);
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  const refusal = (user: User) => (isBeyond(user) ? t(($) => $.menu.beyond) : null);
  return <PeekedRow {...props} one={oneUser(props.id)} texts={texts} trail={{ type: 'user' }} refusal={refusal}>{(user) => <><UserFacts user={user} actions={props.actions(user)} onUnlink={unlinkOf(user)} /><EffectivePermissions user={user} /></>}</PeekedRow>;
}

function UserFacts({ user, actions, onUnlink }: { user: User; actions: RowAction[]; onUnlink: (() => void) | null }) {
  const t = useTexts('users');
  const copy = useCopyTexts();
  const nameRoles = useRoleNames();
  const access = useAccessFacts(user, actions, onUnlink);
  return (
    <Facts
      facts={[
        [t(($) => $.peek.email), <Copyable key="email" text={user.email} {...copy} />],
        [t(($) => $.column.status), <UserStatus key="status" user={user} />],
        [t(($) => $.column.roles), nameRoles(user)],
        [t(($) => $.peek.locale), t(($) => $.locale[user.locale])],
        [t(($) => $.column.last_seen_at), user.last_seen_at ? <Time key="seen" at={user.last_seen_at} /> : t(($) => $.never)],
        ...access,
        [t(($) => $.column.created_at), <Time key="created" at={user.created_at} />],
        [t(($) => $.peek.updated), <Time key="updated" at={user.updated_at} />],
        [t(($) => $.peek.id), <Copyable key="id" text={user.id} mono {...copy} />],
      ]}
    />
  );
}
