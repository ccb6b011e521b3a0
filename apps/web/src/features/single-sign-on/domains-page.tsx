import { useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import type { RowAction } from '../../ui/list/column.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import type { DomainRow } from './api.ts';
import { ConfirmDecision, type Decision } from './domains/confirm-decision.tsx';
import { DomainsCard } from './domains/domains-card.tsx';
import { PeekedDomain } from './domains/peeked-domain.tsx';
import { useDomainsList } from './domains/use-domains-list.ts';

interface Asked {
  decision: Decision;
  row: DomainRow;
}

/** What the operator decides of single sign-on: whose domain is whose, and the way out of a door that closed. */
export default function Page() {
  const t = useTexts('single-sign-on');
  useTitle(t(($) => $.operator.title));
  const list = useDomainsList();
  const [asked, ask] = useState<Asked | null>(null);
  const actions = useDomainActions(list.open, ask);
  const { peek } = list.search;
  return (
    <>
      <PageHeader title={t(($) => $.operator.title)} line={t(($) => $.operator.line)} />
      <DomainsCard list={list} actions={actions} />
      {peek === '' ? null : <PeekedDomain id={peek} list={list} actions={actions} busy={asked !== null} />}
      {asked ? <ConfirmDecision {...asked} onClose={() => ask(null)} /> : null}
    </>
  );
}

/** What I may decide, in the row's menu and at the foot of the peek alike. */
function useDomainActions(open: (id: string) => void, ask: (asked: Asked) => void): (row: DomainRow) => RowAction[] {
  const t = useTexts('single-sign-on');
  const may = useCan('tenants.write');
  return (row) => {
    const offer = (decision: Decision, danger = false): RowAction => ({ key: decision, label: t(($) => $.operator.menu[decision]), danger, onSelect: () => ask({ decision, row }) });
    const show: RowAction = { key: 'open', label: t(($) => $.operator.menu.open), onSelect: () => open(row.id) };
    if (!may) return [show];
    const decisions = { pending: [offer('approve'), offer('refuse', true)], approved: [offer('revoke', true)], refused: [offer('approve')] }[row.state];
    return [show, ...decisions, ...(row.sso_only ? [offer('passwords')] : [])];
  };
}
