import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { LoggedRequest, ReadRequest } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import { paths } from '../../../app/paths.ts';
import { supplierName } from '../../../app/supplier-name.ts';
import { requestsDefaults } from '../../../app/usage/usage-search.ts';
import { useCan, useMe } from '../../../session/session-store.ts';
import { useZone } from '../../../session/use-zone.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { Duration } from '../../../ui/figure/figure.tsx';
import { formatExact } from '../../../ui/figure/format-time.ts';
import { Facts, PeekPanel } from '../../../ui/list/peek-panel.tsx';
import { SkeletonText } from '../../../ui/states/skeleton.tsx';
import { useUsageWords } from '../use-usage-words.ts';
import { oneRequest } from './api.ts';
import { AttemptLines } from './attempt-line.tsx';
import { Cost, Outcome } from './request-columns.tsx';
import type { Requests } from './use-requests.ts';

/** One request beside the list, with its attempts. */
export function PeekedRequest({ id, list }: { id: string; list: Requests }) {
  const t = useTexts('usage');
  const frame = useTexts('app');
  const rows = list.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const { data, isError } = useQuery(oneRequest(id));
  const step = (to: LoggedRequest | undefined) => (to && at !== -1 ? () => list.open(to.id) : undefined);
  return (
    <PeekPanel
      title={data?.model ?? rows[at]?.model ?? t(($) => $.requests.title)}
      texts={{ previous: t(($) => $.request.previous), next: t(($) => $.request.next), close: frame(($) => $.actions.close) }}
      onPrevious={step(rows[at - 1])}
      onNext={step(rows[at + 1])}
      onClose={() => list.open('')}
    >
      {data ? <RequestFacts request={data} /> : isError ? <p>{t(($) => $.request.gone)}</p> : <SkeletonText lines={8} />}
    </PeekPanel>
  );
}

type Fact = readonly [label: string, value: ReactNode];

function RequestFacts({ request }: { request: ReadRequest }) {
  const t = useTexts('usage');
  const words = useUsageWords();
  const copy = useCopyTexts();
  const [locale, zone] = [useLanguage(), useZone()];
  const { supplier, supplier_model, route, budgets, reply_id, conversation_id } = request;
  const id = (label: string, value: string | null): Fact[] => (value === null ? [] : [[label, <Copyable key={label} text={value} mono {...copy} />]]);
  const marks = [request.is_stream ? t(($) => $.request.streamed) : null, request.is_cache_hit ? t(($) => $.request.from_cache) : null, request.maybe_billed ? t(($) => $.request.maybe_billed) : null].filter((mark) => mark !== null);
  return (
    <>
      <Facts
        facts={[
          [t(($) => $.column.time), <time key="time" dateTime={request.created_at}>{formatExact(new Date(request.created_at), locale, zone)}</time>],
          [t(($) => $.column.outcome), <Outcome key="outcome" {...request} />],
          ...(request.error_kind === null ? [] : [[t(($) => $.filter.error_kind), <span key="kind" className="mono">{request.error_kind}</span>] as const]),
          [t(($) => $.column.route), <>{route === null ? null : <>{route} → </>}{supplierName(supplier)}{supplier_model === null ? null : <> · {supplier_model}</>}</>],
          [t(($) => $.filter.surface), words.surface(request.surface)],
          ...(marks.length === 0 ? [] : [[t(($) => $.request.marks), marks.join(' · ')] as const]),
        ]}
      />
      <AttemptLines request={request} />
      <section className="request-part">
        <h3>{t(($) => $.request.counted)}</h3>
        <Facts
          facts={[
            [t(($) => $.request.input), <Tokens key="input" value={request.input_tokens} part={request.cached_tokens} word={t(($) => $.request.cached)} />],
            [t(($) => $.request.output), <Tokens key="output" value={request.output_tokens} part={request.reasoning_tokens} word={t(($) => $.request.reasoning)} />],
            ...(request.estimated ? [[t(($) => $.request.source), t(($) => $.request.estimated)] as const] : []),
            [t(($) => $.column.cost), <Cost key="cost" cost={request.cost} />],
            [t(($) => $.column.duration), <Duration key="duration" ms={request.duration_ms} locale={locale} />],
            [t(($) => $.column.first_token), <Duration key="first" ms={request.time_to_first_token_ms} locale={locale} />],
            ...(budgets.length === 0 ? [] : [[t(($) => $.request.budgets), budgets.map(({ name }) => name).join(', ')] as const]),
          ]}
        />
      </section>
      <Links request={request} />
      <Facts facts={[...id(t(($) => $.request.request_id), request.request_id), ...id(t(($) => $.request.id), request.id), ...id(t(($) => $.filter.conversation), conversation_id), ...id(t(($) => $.request.reply), reply_id), ...id(t(($) => $.request.credential), request.credential?.id ?? null)]} />
    </>
  );
}

function Tokens({ value, part, word }: { value: number; part: number; word: string }) {
  const locale = useLanguage();
  const format = new Intl.NumberFormat(locale);
  return <span className="tabular-nums">{format.format(value)}{part > 0 ? <span className="usage-quiet"> · {word} {format.format(part)}</span> : null}</span>;
}

/** To whose it was and what belongs to it, as far as this person may go there. */
function Links({ request: { user, api_key, conversation_id, request_id } }: { request: ReadRequest }) {
  const t = useTexts('usage');
  const me = useMe();
  const [mayUsers, mayKeys, mayChat, mayAudit] = [useCan('users.read'), useCan('api_keys.manage'), useCan('chat.use'), useCan('audit.read')];
  const words = useUsageWords();
  return (
    <p className="request-links">
      {mayUsers && user.name !== null ? <Link to="/users" search={{ peek: user.id }}>{t(($) => $.request.person, { name: words.person(user.id, user.name) })}</Link> : null}
      {mayKeys && api_key?.name ? <Link to="/api-keys" search={{ tab: 'all', peek: api_key.id }}>{t(($) => $.request.key, { name: api_key.name })}</Link> : null}
      {mayChat && conversation_id !== null && user.id === me.id ? <Link {...paths.conversation(conversation_id)}>{t(($) => $.request.conversation)}</Link> : null}
      {conversation_id === null ? null : <Link to="/requests" search={{ ...requestsDefaults, conversation_id }}>{t(($) => $.request.same_conversation)}</Link>}
      {mayAudit ? <Link {...paths.trail({ request_id })}>{t(($) => $.request.trail)}</Link> : null}
    </p>
  );
}
