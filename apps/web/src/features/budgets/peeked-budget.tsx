import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Budget, BudgetPot } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Money } from '../../ui/figure/figure.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { alertsOf, earlierPots, fullestPots, oneBudget } from './api.ts';
import { BudgetBar, BudgetState, StandingBar } from './budget-bar.tsx';
import type { Budgets } from './use-budgets-list.ts';
import { useWords } from './use-words.ts';

/** One budget beside the list: how it stands, its pots, what was told of it. */
export function PeekedBudget(props: { id: string; list: Budgets; actions: (row: Budget) => RowAction[]; busy: boolean }) {
  const t = useTexts('budgets');
  const texts = { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
  return (
    <PeekedRow {...props} one={oneBudget(props.id)} texts={texts} trail={{ type: 'budget' }}>
      {(row) => <><BudgetBar row={row} /><BudgetFacts row={row} /><Pots row={row} /><Alerts row={row} /></>}
    </PeekedRow>
  );
}

function BudgetFacts({ row }: { row: Budget }) {
  const t = useTexts('budgets');
  const locale = useLanguage();
  const copy = useCopyTexts();
  const { aboutOf } = useWords();
  const { now, raise } = row;
  const facts: (readonly [string, ReactNode])[] = [
    [t(($) => $.column.state), <BudgetState key="state" row={row} />],
    [t(($) => $.form.scope), aboutOf(row)],
    [t(($) => $.column.period), t(($) => $.period[row.period])],
    [t(($) => $.peek.limit), <Money key="limit" {...row.limit} locale={locale} />],
    ...(raise ? [[t(($) => $.peek.raise), <span key="raise"><Money {...raise.amount} locale={locale} /> · <Time at={raise.ends_at} /><br />{raise.by ? `${raise.by.name} · ` : ''}{raise.reason}</span>] as const] : []),
    ...(now ? [[t(($) => $.peek.free), <Money key="free" {...now.free} locale={locale} />] as const, [t(($) => $.peek.held), <Money key="held" {...now.held} locale={locale} />] as const] : []),
    ...(now?.forecast ? [[t(($) => $.peek.forecast), <Money key="forecast" {...now.forecast} locale={locale} />] as const] : []),
    ...(now?.period_end ? [[t(($) => $.peek.period_end), <Time key="end" at={now.period_end} />] as const] : []),
    [t(($) => $.column.is_hard), t(($) => $.hard[row.is_hard ? 'yes' : 'no'])],
    [t(($) => $.form.warn_percent), `${row.warn_percent} %`],
    [t(($) => $.peek.created), <Time key="created" at={row.created_at} />],
    [t(($) => $.peek.id), <Copyable key="id" text={row.id} mono {...copy} />],
  ];
  return <Facts facts={facts} />;
}

/** Of a budget per person or key the fullest ones; of one that all share the periods before. */
function Pots({ row }: { row: Budget }) {
  const t = useTexts('budgets');
  const isShared = row.per === 'together';
  const { data } = useQuery(isShared ? earlierPots(row.id) : fullestPots(row.id));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="budgets-part">
      <h3>{isShared ? t(($) => $.peek.earlier) : t(($) => $.peek.pots)}</h3>
      <ul>{data.items.map((pot) => <li key={pot.id}><span>{isShared ? <Time at={pot.period_start} /> : (pot.holder?.name ?? '—')}</span><StandingBar standing={pot} state={stateOf(pot, row)} /></li>)}</ul>
      {data.pagination.has_next ? <p>{t(($) => $.peek.more)}</p> : null}
    </section>
  );
}

const FULL = 0.995;
const PERCENT = 100;

/** As the server judges a budget by its fullest pot. */
function stateOf({ spent, limit }: BudgetPot, { warn_percent, enabled }: Budget): Budget['state'] {
  const part = Number(limit.amount) === 0 ? 1 : Number(spent.amount) / Number(limit.amount);
  if (!enabled) return 'off';
  return part >= FULL ? 'used_up' : part * PERCENT >= warn_percent ? 'warned' : 'ok';
}

function Alerts({ row }: { row: Budget }) {
  const t = useTexts('budgets');
  const { data } = useQuery(alertsOf(row.id));
  if (!data) return null;
  return (
    <section className="budgets-part">
      <h3>{t(($) => $.peek.alerts)}</h3>
      {data.items.length === 0 ? <p>{t(($) => $.peek.no_alerts)}</p> : null}
      <ul>{data.items.map(({ id, percent, at, holder }) => <li key={id}><span>{holder ? t(($) => $.peek.reached_by, { percent, name: holder.name }) : t(($) => $.peek.reached, { percent })}</span><Time at={at} /></li>)}</ul>
    </section>
  );
}
