import { useTexts } from '../../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../../app/list/peeked-row.tsx';
import { Time } from '../../../app/list/time.tsx';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import type { RowAction } from '../../../ui/list/column.ts';
import { Facts } from '../../../ui/list/peek-panel.tsx';
import { oneDomain, type DomainRow } from '../api.ts';
import { DomainState } from './domain-state.tsx';
import type { DomainsList } from './use-domains-list.ts';

interface PeekedDomainProps {
  id: string;
  list: DomainsList;
  actions: (row: DomainRow) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** One domain beside the list. */
export function PeekedDomain(props: PeekedDomainProps) {
  const t = useTexts('single-sign-on');
  const texts = { title: t(($) => $.operator.title), gone: t(($) => $.operator.gone), previous: t(($) => $.operator.previous), next: t(($) => $.operator.next) };
  return <PeekedRow {...props} one={oneDomain(props.id)} texts={texts} trail={{ type: 'sso_domain', platform: true }}>{(row) => <DomainFacts row={row} />}</PeekedRow>;
}

function DomainFacts({ row }: { row: DomainRow }) {
  const t = useTexts('single-sign-on');
  const copy = useCopyTexts();
  return (
    <Facts
      facts={[
        [t(($) => $.operator.domain), <Copyable key="domain" text={row.domain} mono {...copy} />],
        [t(($) => $.operator.state), <DomainState key="state" state={row.state} />],
        [t(($) => $.operator.tenant), row.tenant.name],
        [t(($) => $.operator.workspace), <Copyable key="workspace" text={row.tenant.workspace} mono {...copy} />],
        [t(($) => $.operator.passwords), row.sso_only ? t(($) => $.operator.closed) : t(($) => $.operator.open)],
        [t(($) => $.operator.requested), <Time key="requested" at={row.requested_at} />],
        [t(($) => $.operator.decided), row.decided_at ? <Time key="decided" at={row.decided_at} /> : '–'],
      ]}
    />
  );
}
