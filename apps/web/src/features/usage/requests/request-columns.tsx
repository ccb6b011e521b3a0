import type { LoggedRequest } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { supplierName } from '../../../app/supplier-name.ts';
import { useZone } from '../../../session/use-zone.ts';
import { Duration, Figure, Money } from '../../../ui/figure/figure.tsx';
import { formatExact, nameZone } from '../../../ui/figure/format-time.ts';
import type { ListColumn } from '../../../ui/list/column.ts';
import { useUsageWords } from '../use-usage-words.ts';

/** To the second, in as few signs as there are, for lines below each other. */
function ShortTime({ at }: { at: string }) {
  const zone = useZone();
  const language = useLanguage();
  const date = new Date(at);
  // The Swedish way of writing it is ISO 8601's.
  const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone }).format(date);
  return <time className="tabular-nums" dateTime={at} title={formatExact(date, language, zone)}>{shown} <span className="usage-quiet">{nameZone(date, language, zone)}</span></time>;
}

/** A success is the rule, and has no colour. */
export function Outcome({ outcome, status }: Pick<LoggedRequest, 'outcome' | 'status'>) {
  const words = useUsageWords();
  return <span className={`request-outcome is-${outcome}`}>{words.outcome(outcome)}{status === null ? null : <> <span className="tabular-nums">{status}</span></>}</span>;
}

export function Cost({ cost }: Pick<LoggedRequest, 'cost'>) {
  const locale = useLanguage();
  const t = useTexts('usage');
  return cost === null ? <span className="usage-quiet">{t(($) => $.request.no_price)}</span> : <Money {...cost} locale={locale} />;
}

/** What a line of the request log looks like. */
export function useRequestColumns(open: (id: string) => void): ListColumn<LoggedRequest>[] {
  const t = useTexts('usage');
  const words = useUsageWords();
  const locale = useLanguage();
  const figure = { figure: true, named: true } as const;
  return [
    { key: 'created_at', title: t(($) => $.column.time), sortable: true, width: 232, render: ({ created_at }) => <ShortTime at={created_at} /> },
    { key: 'outcome', title: t(($) => $.column.outcome), width: 140, card: 'aside', render: (row) => <Outcome {...row} /> },
    { key: 'model', title: t(($) => $.column.model), fixed: true, card: 'title', render: ({ id, model }) => <button type="button" className="ui-name-button" onClick={() => open(id)}>{model}</button> },
    { key: 'route', title: t(($) => $.column.route), width: 150, card: 'none', render: ({ route, supplier }) => <span title={route ?? undefined}>{route === null ? supplierName(supplier) : `${route} → ${supplierName(supplier)}`}</span> },
    { key: 'tokens', title: t(($) => $.column.tokens), width: 100, ...figure, render: ({ input_tokens, output_tokens }) => <Figure value={input_tokens + output_tokens} locale={locale} /> },
    { key: 'cost', title: t(($) => $.column.cost), width: 110, ...figure, render: ({ cost }) => <Cost cost={cost} /> },
    { key: 'duration', title: t(($) => $.column.duration), width: 90, ...figure, render: ({ duration_ms }) => <Duration ms={duration_ms} locale={locale} /> },
    { key: 'first_token', title: t(($) => $.column.first_token), width: 100, ...figure, card: 'none', render: ({ time_to_first_token_ms }) => <Duration ms={time_to_first_token_ms} locale={locale} /> },
    { key: 'person', title: t(($) => $.column.person), width: 130, render: ({ user }) => words.person(user.id, user.name) },
    { key: 'key', title: t(($) => $.column.key), width: 130, card: 'none', render: ({ api_key }) => (api_key === null ? <span className="usage-quiet">–</span> : words.key(api_key.id, api_key.name)) },
  ];
}
