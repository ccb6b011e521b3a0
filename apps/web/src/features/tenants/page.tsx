import { useState } from 'react';
import type { OperatorTenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { OneTimeLinkPanel } from '../../app/one-time-link.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import type { MadeLink } from './api.ts';
import { ChangeLimits } from './change-limits.tsx';
import { ConfirmChange, type Change } from './confirm-change.tsx';
import { DeleteTenant } from './delete-tenant.tsx';
import { PeekedTenant } from './peeked-tenant.tsx';
import { AddTenantDrawer } from './add-tenant.tsx';
import { RenameTenant } from './rename-tenant.tsx';
import { TenantsCard } from './tenants-card.tsx';
import { useTenantsList } from './use-tenants-list.ts';

type Asked = { what: Change | 'rename' | 'limits' | 'delete'; tenant: OperatorTenant } | null;

export default function Page() {
  const t = useTexts('tenants');
  useTitle(t(($) => $.title));
  const list = useTenantsList();
  const canWrite = useCan('tenants.write');
  const [asked, ask] = useState<Asked>(null);
  const [link, setLink] = useState<{ name: string; made: MadeLink } | null>(null);
  const actions = useTenantActions(list.open, ask);
  const { peek } = list.search;
  const add = canWrite ? () => list.open('new') : undefined;
  const showLink = (name: string, made: MadeLink) => {
    list.open('');
    setLink({ name, made });
  };
  const busy = asked !== null || link !== null;
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={add ? <ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton> : undefined} />
      <TenantsCard list={list} actions={actions} onAdd={add} />
      {peek !== '' && peek !== 'new' ? <PeekedTenant id={peek} list={list} actions={actions} busy={busy} /> : null}
      {peek === 'new' && canWrite ? <AddTenantDrawer onClose={() => list.open('')} onLink={showLink} /> : null}
      {asked?.what === 'rename' ? <RenameTenant asked={asked.tenant} onClose={() => ask(null)} /> : null}
      {asked?.what === 'limits' ? <ChangeLimits asked={asked.tenant} onClose={() => ask(null)} /> : null}
      {asked?.what === 'delete' ? <DeleteTenant asked={asked.tenant} onClose={() => ask(null)} /> : null}
      {asked && asked.what !== 'rename' && asked.what !== 'limits' && asked.what !== 'delete' ? <ConfirmChange change={asked.what} asked={asked.tenant} onClose={() => ask(null)} /> : null}
      {link ? <OneTimeLinkPanel name={link.name} link={link.made.invitation} once={link.made.delivery === 'sent_soon' ? t(($) => $.link_sent) : t(($) => $.link_once)} onClose={() => setLink(null)} /> : null}
    </>
  );
}

/** What I may do with a tenant, in the row's menu and at the foot of the peek alike. */
function useTenantActions(open: (id: string) => void, ask: (asked: Asked) => void): (tenant: OperatorTenant) => RowAction[] {
  const t = useTexts('tenants');
  const me = useMe();
  const canWrite = useCan('tenants.write');
  return (tenant) => {
    const show: RowAction = { key: 'open', label: t(($) => $.menu.open), onSelect: () => open(tenant.id) };
    if (!canWrite) return [show];
    const rename: RowAction = { key: 'rename', label: t(($) => $.menu.rename), onSelect: () => ask({ what: 'rename', tenant }) };
    if (tenant.state === 'deleting') return [show, rename, { key: 'keep', label: t(($) => $.menu.keep), disabled: tenant.deletion?.is_begun ?? true, onSelect: () => ask({ what: 'keep', tenant }) }];
    const isMine = tenant.id === me.tenant.id;
    return [
      show,
      rename,
      { key: 'limits', label: t(($) => $.menu.limits), onSelect: () => ask({ what: 'limits', tenant }) },
      tenant.state === 'suspended'
        ? { key: 'resume', label: t(($) => $.menu.resume), onSelect: () => ask({ what: 'resume', tenant }) }
        : { key: 'suspend', label: t(($) => $.menu.suspend), danger: true, disabled: isMine, onSelect: () => ask({ what: 'suspend', tenant }) },
      { key: 'delete', label: t(($) => $.menu.delete), danger: true, disabled: isMine, onSelect: () => ask({ what: 'delete', tenant }) },
    ];
  };
}
