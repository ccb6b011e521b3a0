import { useState } from 'react';
import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { OneTimeLinkPanel } from '../../app/one-time-link.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import type { MadeLink } from './api.ts';
import { ConfirmBulk } from './confirm-bulk.tsx';
import { ConfirmChange, type Change } from './confirm-change.tsx';
import { PeekedUser } from './peeked-user.tsx';
import { AddUserDrawer, EditUserDrawer } from './user-drawer.tsx';
import { useIsBeyond } from './use-own-roles.ts';
import { useBulk, type BulkAsked } from './use-bulk.ts';
import { UsersCard } from './users-card.tsx';
import { useUsersList } from './use-users-list.ts';

type Asked = { what: Change | 'edit'; user: User } | null;

export default function Page() {
  const t = useTexts('users');
  useTitle(t(($) => $.title));
  const list = useUsersList();
  const canWrite = useCan('users.write');
  const [asked, ask] = useState<Asked>(null);
  const [link, setLink] = useState<{ name: string; made: MadeLink } | null>(null);
  const [several, askSeveral] = useState<BulkAsked | null>(null);
  const actions = useUserActions(list.open, ask);
  const bulk = useBulk(askSeveral);
  const { peek } = list.search;
  const add = canWrite ? () => list.open('new') : undefined;
  const showLink = (name: string, made: MadeLink) => {
    ask(null);
    if (peek === 'new') list.open('');
    setLink({ name, made });
  };
  const busy = asked !== null || several !== null || link !== null;
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={add ? <ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton> : undefined} />
      <UsersCard list={list} actions={actions} bulk={bulk} onAdd={add} />
      {peek !== '' && peek !== 'new' ? <PeekedUser id={peek} list={list} actions={actions} busy={busy} /> : null}
      {peek === 'new' && canWrite ? <AddUserDrawer onClose={() => list.open('')} onLink={showLink} /> : null}
      {asked?.what === 'edit' ? <EditUserDrawer asked={asked.user} onClose={() => ask(null)} /> : null}
      {asked && asked.what !== 'edit' ? <ConfirmChange change={asked.what} asked={asked.user} onClose={() => ask(null)} onLink={showLink} /> : null}
      {several ? <ConfirmBulk {...several} onClose={() => askSeveral(null)} onDone={() => { several.done(); askSeveral(null); }} /> : null}
      {link ? <OneTimeLinkPanel name={link.name} link={link.made.invitation} once={link.made.delivery === 'sent_soon' ? t(($) => $.link_sent) : t(($) => $.link_once)} onClose={() => setLink(null)} /> : null}
    </>
  );
}

/** What I may do with a person, in the row's menu and at the foot of the peek alike. */
function useUserActions(open: (id: string) => void, ask: (asked: Asked) => void): (user: User) => RowAction[] {
  const t = useTexts('users');
  const me = useMe();
  const isBeyond = useIsBeyond();
  const canWrite = useCan('users.write');
  return (user) => {
    const show: RowAction = { key: 'open', label: t(($) => $.menu.open), onSelect: () => open(user.id) };
    if (!canWrite) return [show];
    const beyond = isBeyond(user);
    const off = user.status === 'disabled';
    return [
      show,
      { key: 'edit', label: t(($) => $.menu.edit), disabled: beyond, onSelect: () => ask({ what: 'edit', user }) },
      { key: 'reset', label: t(($) => $.menu.reset), disabled: beyond || off, onSelect: () => ask({ what: 'reset', user }) },
      { key: 'sign_out', label: t(($) => $.menu.sign_out), disabled: beyond || user.status !== 'active', onSelect: () => ask({ what: 'sign_out', user }) },
      off
        ? { key: 'enable', label: t(($) => $.menu.enable), disabled: beyond, onSelect: () => ask({ what: 'enable', user }) }
        : { key: 'disable', label: t(($) => $.menu.disable), danger: true, disabled: beyond || user.id === me.id, onSelect: () => ask({ what: 'disable', user }) },
    ];
  };
}
