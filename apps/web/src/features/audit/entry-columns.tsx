import type { AuditEntry } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { formatExact, nameZone } from '../../ui/figure/format-time.ts';
import type { ListColumn } from '../../ui/list/column.ts';
import { nameObject } from './name-object.ts';
import { useAuditWords } from './use-audit-words.ts';

/** When something happened, to the second: in a trail "an hour ago" is not enough. */
export function ExactTime({ at }: { at: string }) {
  return <time className="tabular-nums" dateTime={at}>{formatExact(new Date(at), useLanguage(), useZone())}</time>;
}

/** The same in as few signs as there are, for lines below each other. */
function ShortTime({ at }: { at: string }) {
  const zone = useZone();
  const language = useLanguage();
  const date = new Date(at);
  // The Swedish way of writing it is ISO 8601's.
  const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone }).format(date);
  return <time className="tabular-nums" dateTime={at} title={formatExact(date, language, zone)}>{shown} <span className="audit-quiet">{nameZone(date, language, zone)}</span></time>;
}

/** A success is the rule, and has no colour. */
export function Outcome({ outcome }: { outcome: AuditEntry['outcome'] }) {
  const t = useTexts('audit');
  return <span className={`audit-outcome is-${outcome}`}>{t(($) => $.outcome[outcome])}</span>;
}

/** What a line of the trail looks like. */
export function useEntryColumns(open: (id: string) => void): ListColumn<AuditEntry>[] {
  const t = useTexts('audit');
  const words = useAuditWords();
  const object = (entry: AuditEntry) => {
    const name = nameObject(entry);
    const called = name ?? entry.resource_id;
    return <span className="audit-object" title={entry.resource_id ?? undefined}>{words.resource(entry.resource_type)}{called === null ? null : <> <span className={name === null ? 'mono' : 'audit-name'}>{called}</span></>}</span>;
  };
  return [
    { key: 'at', title: t(($) => $.column.at), sortable: true, width: 210, render: (entry) => <ShortTime at={entry.at} /> },
    { key: 'actor', title: t(($) => $.column.actor), width: 170, render: (entry) => entry.actor?.name ?? <span className="audit-quiet">{t(($) => $.nobody)}</span> },
    { key: 'action', title: t(($) => $.column.action), fixed: true, card: 'title', width: 210, render: (entry) => <button type="button" className="ui-name-button" onClick={() => open(entry.id)}>{words.action(entry.action)}</button> },
    { key: 'object', title: t(($) => $.column.object), card: 'none', render: object },
    { key: 'outcome', title: t(($) => $.column.outcome), card: 'aside', width: 110, render: (entry) => <Outcome outcome={entry.outcome} /> },
    { key: 'address', title: t(($) => $.column.address), card: 'none', width: 140, render: (entry) => <span className="mono">{entry.address}</span> },
  ];
}
