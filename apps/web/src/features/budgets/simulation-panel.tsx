import { useQuery } from '@tanstack/react-query';
import type { BudgetSimulation } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatMoney } from '../../ui/figure/format-figure.ts';
import { simulation } from './api.ts';
import { toSimulated, type Draft } from './draft.ts';
import { useDelayed } from './use-delayed.ts';

const FULL = 100;

/** What the draft would have done to the last 31 days, while one types. */
export function SimulationPanel({ draft }: { draft: Draft }) {
  const t = useTexts('budgets');
  // As text: an object of the same content would begin the pause anew with every drawing.
  const asked = useDelayed(JSON.stringify(toSimulated(draft)));
  const body = JSON.parse(asked) as ReturnType<typeof toSimulated>;
  const { data, error } = useQuery(simulation(body));
  return (
    <section className="budgets-simulation" aria-label={t(($) => $.simulation.title)} aria-live="polite">
      <h3>{t(($) => $.simulation.title)}</h3>
      {body === null ? <p>{t(($) => $.simulation.waiting)}</p> : error ? <p>{t(($) => $.simulation.failed)}</p> : data ? <Outcome outcome={data} /> : <p>{t(($) => $.simulation.loading)}</p>}
    </section>
  );
}

function Outcome({ outcome }: { outcome: BudgetSimulation }) {
  const t = useTexts('budgets');
  const locale = useLanguage();
  const { requests, refused, unpriced, cost, refused_cost, days, hit, is_cut } = outcome;
  const say = ({ amount, currency }: typeof cost) => formatMoney(amount, currency, locale);
  if (requests === 0) return <p>{t(($) => $.simulation.nothing)}</p>;
  return (
    <>
      <p>{t(($) => $.simulation.counted, { count: requests, cost: say(cost) })} {refused === 0 ? t(($) => $.simulation.none_refused) : t(($) => $.simulation.refused, { count: refused, cost: say(refused_cost) })}</p>
      <div className="budgets-days" role="img" aria-label={t(($) => $.simulation.days, { percent: Math.max(...days.map(({ highest_percent }) => highest_percent)) })}>
        {days.map(({ day, highest_percent, refused: stopped }) => <span key={day} title={`${day} · ${highest_percent} %`} className={stopped > 0 ? 'is-refused' : undefined} style={{ height: `${Math.max(2, Math.min(FULL, highest_percent))}%` }} />)}
      </div>
      {hit.some(({ holder }) => holder) ? <p>{t(($) => $.simulation.hit, { names: hit.map(({ holder }) => holder?.name ?? '').filter(Boolean).slice(0, 3).join(t(($) => $.comma)) })}</p> : null}
      {unpriced > 0 ? <p>{t(($) => $.simulation.unpriced, { count: unpriced })}</p> : null}
      {is_cut ? <p>{t(($) => $.simulation.cut, { count: requests })}</p> : null}
    </>
  );
}
