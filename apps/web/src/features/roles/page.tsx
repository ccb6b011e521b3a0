import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import type { Role } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TabLinks } from '../../app/tab-links.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { isOwn } from './api.ts';
import { LeaveUnsaved } from './matrix/leave-unsaved.tsx';
import { MatrixCard } from './matrix/matrix-card.tsx';
import { useChanges } from './matrix/use-changes.ts';
import { PeekedRole } from './peeked-role.tsx';
import { RemoveRole } from './remove-role.tsx';
import { AddRoleDrawer, EditRoleDrawer } from './role-drawer.tsx';
import { RolesCard } from './roles-card.tsx';
import { useRoleActions, type Asked } from './use-role-actions.ts';
import { useRolesList } from './use-roles-list.ts';
import './roles.css';

const none: readonly Role[] = [];

export default function Page() {
  const t = useTexts('roles');
  useTitle(t(($) => $.title));
  const list = useRolesList();
  const canWrite = useCan('roles.write');
  const [asked, ask] = useState<Asked | null>(null);
  const edits = useChanges(list.all ?? none);
  const actions = useRoleActions({ open: list.open, ask, showMatrix: () => list.showTab('matrix') });
  const { peek, tab, search } = list.search;
  const add = canWrite ? () => list.open('new') : undefined;
  const close = () => ask(null);
  const role = asked?.role;
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={add ? <ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton> : undefined} />
      <Tabs tab={tab} />
      {tab === 'matrix' ? <MatrixCard roles={list.all} search={search} onSearch={list.onSearch} edits={edits} onOpen={list.open} /> : <RolesCard list={list} actions={actions} onAdd={add} />}
      {peek !== '' && peek !== 'new' ? <PeekedRole id={peek} list={{ rows: list.all, open: list.open }} actions={actions} busy={asked !== null} /> : null}
      {peek === 'new' && canWrite ? <AddRoleDrawer from={null} onClose={() => list.open('')} onDone={({ id }) => list.open(id)} /> : null}
      {role && asked.what === 'duplicate' ? <AddRoleDrawer from={role} onClose={close} onDone={({ id }) => { close(); list.open(id); }} /> : null}
      {role && asked.what === 'edit' && isOwn(role) ? <EditRoleDrawer key={role.id} asked={role} onClose={close} /> : null}
      {role && asked.what === 'remove' ? <RemoveRole role={role} onClose={close} onDone={() => { close(); list.open(''); }} /> : null}
      <LeaveUnsaved unsaved={edits.changed.length > 0} />
    </>
  );
}

/** Two looks at the same roles; each has an address. */
function Tabs({ tab }: { tab: '' | 'matrix' }) {
  const t = useTexts('roles');
  // `exact`, or the link without a search would count as current under every search.
  const mark = (of: '' | 'matrix') => ({ activeOptions: { exact: true }, 'aria-current': of === tab ? ('page' as const) : undefined, search: of === '' ? {} : { tab: of } });
  return (
    <TabLinks label={t(($) => $.tab.label)}>
      <Link to="/roles" {...mark('')}>{t(($) => $.tab.list)}</Link>
      <Link to="/roles" {...mark('matrix')}>{t(($) => $.tab.matrix)}</Link>
    </TabLinks>
  );
}
