import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ApiKey, PersonsApiKey, ShownApiKey } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TabLinks } from '../../app/tab-links.tsx';
import { apiKeysDefaults } from '../../app/search.ts';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { AddKeyDrawer, EditKeyDrawer } from './key-drawer.tsx';
import { AllKeysCard, OwnKeysCard } from './keys-card.tsx';
import { PeekedKey, PeekedOwnKey } from './peeked-key.tsx';
import { RevokeKey, RevokeOwnKey } from './revoke-key.tsx';
import { RotateKey } from './rotate-key.tsx';
import { ShownKeyPanel } from './shown-key.tsx';
import { useAllKeys, useOwnKeys } from './use-keys-list.ts';
import { useTab } from './use-tab.ts';
import './api-keys.css';

export default function Page() {
  const t = useTexts('api-keys');
  useTitle(t(($) => $.title));
  return useTab() === 'all' ? <EverybodysKeys /> : <MyKeys />;
}

/** Mine or everybody's, for those who may see both; the tab is in the address. */
function Tabs() {
  const t = useTexts('api-keys');
  const [canUse, canManage] = [useCan('api_keys.use'), useCan('api_keys.manage')];
  const tab = useTab();
  if (!canUse || !canManage) return null;
  return (
    <TabLinks label={t(($) => $.tabs.label)}>
      {/* Not exact, a link without a search is current whatever the address's search says. */}
      {(['mine', 'all'] as const).map((name) => (
        <Link key={name} to="/api-keys" search={{ ...apiKeysDefaults, tab: name === 'all' ? 'all' : '' }} activeOptions={{ exact: true }} aria-current={tab === name ? 'page' : undefined}>{t(($) => $.tabs[name])}</Link>
      ))}
    </TabLinks>
  );
}

type Asked = { what: 'edit' | 'rotate' | 'revoke'; row: ApiKey } | null;

function MyKeys() {
  const t = useTexts('api-keys');
  const list = useOwnKeys();
  const [asked, ask] = useState<Asked>(null);
  const [made, setMade] = useState<ShownApiKey | null>(null);
  const { peek } = list.search;
  const add = () => list.open('new');
  const show = (shown: ShownApiKey) => {
    ask(null);
    if (peek === 'new') list.open('');
    setMade(shown);
  };
  const actions = (row: ApiKey): RowAction[] => {
    const ended = row.status !== 'active';
    return [
      { key: 'open', label: t(($) => $.menu.open), onSelect: () => list.open(row.id) },
      { key: 'edit', label: t(($) => $.menu.edit), disabled: ended, onSelect: () => ask({ what: 'edit', row }) },
      { key: 'rotate', label: t(($) => $.menu.rotate), disabled: ended, onSelect: () => ask({ what: 'rotate', row }) },
      { key: 'revoke', label: t(($) => $.menu.revoke), danger: true, disabled: ended, onSelect: () => ask({ what: 'revoke', row }) },
    ];
  };
  // The list is fetched again after a 412, and with it the version that the next try sends.
  const row = asked && (list.rows?.find(({ id }) => id === asked.row.id) ?? asked.row);
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={<ActionButton look="primary" onClick={add}>{t(($) => $.add)}</ActionButton>} />
      <Tabs />
      <OwnKeysCard list={list} actions={actions} onAdd={add} />
      {peek !== '' && peek !== 'new' ? <PeekedOwnKey id={peek} list={list} actions={actions} busy={asked !== null || made !== null} /> : null}
      {peek === 'new' ? <AddKeyDrawer onClose={() => list.open('')} onMade={show} /> : null}
      {asked?.what === 'edit' && row ? <EditKeyDrawer key={row.id} row={row} onClose={() => ask(null)} /> : null}
      {asked?.what === 'rotate' && row ? <RotateKey row={row} onClose={() => ask(null)} onMade={show} /> : null}
      {asked?.what === 'revoke' && row ? <RevokeOwnKey row={row} onClose={() => ask(null)} /> : null}
      {made ? <ShownKeyPanel made={made} onClose={() => setMade(null)} /> : null}
    </>
  );
}

function EverybodysKeys() {
  const t = useTexts('api-keys');
  const list = useAllKeys();
  const [revoked, revoke] = useState<PersonsApiKey | null>(null);
  const { peek } = list.search;
  const actions = (row: PersonsApiKey): RowAction[] => [
    { key: 'open', label: t(($) => $.menu.open), onSelect: () => list.open(row.id) },
    { key: 'revoke', label: t(($) => $.menu.revoke), danger: true, disabled: row.status !== 'active', onSelect: () => revoke(row) },
  ];
  const row = revoked && (list.rows?.find(({ id }) => id === revoked.id) ?? revoked);
  return (
    <>
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead_all)} />
      <Tabs />
      <AllKeysCard list={list} actions={actions} />
      {peek !== '' ? <PeekedKey id={peek} list={list} actions={actions} busy={revoked !== null} /> : null}
      {row ? <RevokeKey row={row} onClose={() => revoke(null)} /> : null}
    </>
  );
}
