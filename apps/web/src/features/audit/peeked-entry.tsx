import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { auditDefaults, type AuditSearch } from '../../app/search.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Facts, PeekPanel } from '../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { entry as oneEntry, type Trail } from './api.ts';
import { ChangeTable, Value } from './change-table.tsx';
import { ExactTime, Outcome } from './entry-columns.tsx';
import { listChanges } from './list-changes.ts';
import type { AuditList } from './use-audit-list.ts';
import { useAuditWords } from './use-audit-words.ts';

/** One entry beside the trail. */
export function PeekedEntry({ id, list }: { id: string; list: AuditList }) {
  const t = useTexts('audit');
  const frame = useTexts('app');
  const words = useAuditWords();
  const rows = list.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const fetched = useQuery({ ...oneEntry(list.trail, id), enabled: at === -1 });
  const entry = rows[at] ?? fetched.data;
  const step = (to: AuditEntry | undefined) => (to && at !== -1 ? () => list.open(to.id) : undefined);
  return (
    <PeekPanel
      title={entry ? words.action(entry.action) : t(($) => $.title)}
      texts={{ previous: t(($) => $.peek.previous), next: t(($) => $.peek.next), close: frame(($) => $.actions.close) }}
      onPrevious={step(rows[at - 1])}
      onNext={step(rows[at + 1])}
      onClose={() => list.open('')}
    >
      {entry ? <EntryFacts entry={entry} trail={list.trail} /> : fetched.isError ? <p>{t(($) => $.peek.gone)}</p> : <SkeletonText lines={6} />}
    </PeekPanel>
  );
}

function EntryFacts({ entry, trail }: { entry: AuditEntry; trail: Trail }) {
  const t = useTexts('audit');
  const words = useAuditWords();
  const copy = useCopyTexts();
  const { changes, more } = listChanges(entry.details);
  const key = entry.details?.['api_key_id'];
  return (
    <>
      <Facts
        facts={[
          [t(($) => $.column.at), <ExactTime key="at" at={entry.at} />],
          [t(($) => $.column.actor), entry.actor?.name ?? t(($) => $.nobody)],
          ...(typeof key === 'string' ? [[t(($) => $.peek.key), <Copyable key="key" text={key} mono {...copy} />] as const] : []),
          [t(($) => $.column.object), <>{words.resource(entry.resource_type)}{entry.resource_id === null ? null : <> <Copyable text={entry.resource_id} mono {...copy} /></>}</>],
          [t(($) => $.column.outcome), <Outcome key="outcome" outcome={entry.outcome} />],
        ]}
      />
      {changes.length > 0 ? <section className="audit-part"><h3>{t(($) => $.peek.changes)}</h3><ChangeTable changes={changes} /></section> : null}
      {more.length > 0 ? <section className="audit-part"><h3>{t(($) => $.peek.more)}</h3><Facts facts={more.map(([name, value]) => [name, <Value key={name} value={value} />])} /></section> : null}
      <Links entry={entry} trail={trail} />
      <Facts
        facts={[
          [t(($) => $.column.request), <Copyable key="request" text={entry.request_id} mono {...copy} />],
          [t(($) => $.column.address), <span key="address" className="mono">{entry.address || '–'}</span>],
          [t(($) => $.peek.id), <Copyable key="id" text={entry.id} mono {...copy} />],
          [t(($) => $.peek.seal), entry.seal ? entry.seal.seq : t(($) => $.peek.unsealed)],
          ...(entry.seal ? [[t(($) => $.peek.hash), <Copyable key="hash" text={entry.seal.hash} mono {...copy} />] as const] : []),
        ]}
      />
    </>
  );
}

/** To everything that hangs together with an entry: other filters go, or they would hide it. */
function Links({ entry, trail }: { entry: AuditEntry; trail: Trail }) {
  const t = useTexts('audit');
  const to = trail === 'tenant' ? '/audit' : '/platform-audit';
  const of = (patch: Partial<AuditSearch>) => ({ ...auditDefaults, ...patch });
  return (
    <p className="audit-links">
      <Link to={to} search={of({ request_id: entry.request_id })}>{t(($) => $.peek.same_request)}</Link>
      {entry.actor ? <Link to={to} search={of({ actor_user_id: entry.actor.user_id })}>{t(($) => $.peek.same_actor)}</Link> : null}
      {entry.resource_id === null ? null : <Link to={to} search={of({ resource_type: entry.resource_type, resource_id: entry.resource_id })}>{t(($) => $.peek.same_object)}</Link>}
    </p>
  );
}
