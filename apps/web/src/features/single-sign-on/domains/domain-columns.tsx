import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import type { ListColumn } from '../../../ui/list/column.ts';
import { NameCell } from '../../../ui/list/name-cell.tsx';
import type { DomainRow } from '../api.ts';
import { DomainState } from './domain-state.tsx';

/** What a domain looks like in the list: whose it would be, and what was decided. */
export function useDomainColumns(open: (id: string) => void): ListColumn<DomainRow>[] {
  const t = useTexts('single-sign-on');
  const copy = useCopyTexts();
  return [
    { key: 'domain', title: t(($) => $.operator.domain), sortable: true, fixed: true, card: 'title', render: (row) => <NameCell name={row.domain} id={row.tenant.workspace} onOpen={() => open(row.id)} {...copy} /> },
    { key: 'state', title: t(($) => $.operator.state), card: 'aside', render: ({ state }) => <DomainState state={state} /> },
    { key: 'tenant', title: t(($) => $.operator.tenant), named: true, render: ({ tenant }) => tenant.name },
    { key: 'passwords', title: t(($) => $.operator.passwords), card: 'none', render: ({ sso_only }) => (sso_only ? t(($) => $.operator.closed) : t(($) => $.operator.open)) },
    { key: 'created_at', title: t(($) => $.operator.requested), sortable: true, named: true, render: (row) => <Time at={row.requested_at} /> },
    { key: 'decided_at', title: t(($) => $.operator.decided), sortable: true, card: 'none', render: (row) => (row.decided_at ? <Time at={row.decided_at} /> : '–') },
  ];
}
