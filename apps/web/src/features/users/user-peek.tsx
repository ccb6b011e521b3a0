import type { ReactNode } from 'react';
import type { User } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { RelativeTime } from '../../ui/figure/relative-time.tsx';
import { Facts, PeekPanel } from '../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { UserStatus } from './user-status.tsx';
import { useZone } from './use-zone.ts';

interface UserPeekProps {
  /** undefined: not there yet; null: there is none. */
  user: User | null | undefined;
  actions: ReactNode;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

/** One person beside the list. */
export function UserPeek({ user, actions, onPrevious, onNext, onClose }: UserPeekProps) {
  const t = useTexts('users');
  const texts = { previous: t(($) => $.peek.previous), next: t(($) => $.peek.next), close: t(($) => $.peek.close) };
  return (
    <PeekPanel title={user?.name ?? t(($) => $.title)} texts={texts} actions={user ? actions : undefined} onPrevious={onPrevious} onNext={onNext} onClose={onClose}>
      {user ? <UserFacts user={user} /> : user === null ? <p>{t(($) => $.peek.gone)}</p> : <SkeletonText lines={6} />}
    </PeekPanel>
  );
}

function UserFacts({ user }: { user: User }) {
  const t = useTexts('users');
  const locale = useLanguage();
  const zone = useZone();
  const copy = { copyText: t(($) => $.list.copy), copiedText: t(($) => $.list.copied) };
  const time = (at: string) => <RelativeTime at={at} locale={locale} zone={zone} />;
  return (
    <Facts
      facts={[
        [t(($) => $.peek.email), <Copyable key="email" text={user.email} {...copy} />],
        [t(($) => $.column.status), <UserStatus key="status" user={user} />],
        [t(($) => $.column.roles), user.roles.map((role) => t(($) => $.role[role])).join(' · ')],
        [t(($) => $.peek.locale), t(($) => $.locale[user.locale])],
        [t(($) => $.column.last_seen_at), user.last_seen_at ? time(user.last_seen_at) : t(($) => $.never)],
        [t(($) => $.column.created_at), time(user.created_at)],
        [t(($) => $.peek.updated), time(user.updated_at)],
        [t(($) => $.peek.id), <Copyable key="id" text={user.id} mono {...copy} />],
      ]}
    />
  );
}
