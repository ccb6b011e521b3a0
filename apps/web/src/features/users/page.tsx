import { useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { OneTimeLinkPanel } from '../../app/one-time-link.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PageHeader } from '../../ui/list/page-header.tsx';
import type { MadeLink } from './api.ts';
import { AskedChange } from './asked-change.tsx';
import { InviteDrawer } from './invite/invite-drawer.tsx';
import { PeekedUser } from './peeked-user.tsx';
import { SeveralChange } from './several-change.tsx';
import { AddUserDrawer } from './user-drawer.tsx';
import { useBulk, type BulkAsked } from './use-bulk.ts';
import { useUserActions, type Asked } from './use-user-actions.ts';
import { UsersCard } from './users-card.tsx';
import { useUsersList, type UsersList } from './use-users-list.ts';

export default function Page() {
  const t = useTexts('users');
  useTitle(t(($) => $.title));
  const list = useUsersList();
  const canWrite = useCan('users.write');
  const [asked, ask] = useState<Asked | null>(null);
  const [several, askSeveral] = useState<BulkAsked | null>(null);
  const [link, setLink] = useState<{ name: string; made: MadeLink } | null>(null);
  const actions = useUserActions(list.open, { ask, askSeveral });
  const { peek } = list.search;
  const showLink = (name: string, made: MadeLink) => {
    ask(null);
    if (peek === 'new') list.open('');
    setLink({ name, made });
  };
  const busy = asked !== null || several !== null || link !== null;
  const isPerson = peek !== '' && peek !== 'new' && peek !== 'invite';
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={canWrite ? <AddButtons list={list} /> : undefined} />
      <UsersCard list={list} actions={actions} bulk={useBulk(askSeveral)} onAdd={canWrite ? () => list.open('new') : undefined} />
      {isPerson ? <PeekedUser id={peek} list={list} actions={actions} onUnlink={(user) => ask({ what: 'unlink', user })} busy={busy} /> : null}
      {peek === 'new' && canWrite ? <AddUserDrawer onClose={() => list.open('')} onLink={showLink} /> : null}
      {peek === 'invite' && canWrite ? <InviteDrawer onClose={() => list.open('')} /> : null}
      {asked ? <AskedChange asked={asked} onClose={() => ask(null)} onLink={showLink} /> : null}
      {several ? <SeveralChange asked={several} onClose={() => askSeveral(null)} onGone={() => list.open('')} /> : null}
      {link ? <OneTimeLinkPanel name={link.name} link={link.made.invitation} once={link.made.delivery === 'sent_soon' ? t(($) => $.link_sent) : t(($) => $.link_once)} onClose={() => setLink(null)} /> : null}
    </>
  );
}

function AddButtons({ list }: { list: UsersList }) {
  const t = useTexts('users');
  return (
    <div className="users-add">
      <ActionButton onClick={() => list.open('invite')}>{t(($) => $.invite.open)}</ActionButton>
      <ActionButton look="primary" onClick={() => list.open('new')}>{t(($) => $.add)}</ActionButton>
    </div>
  );
}
