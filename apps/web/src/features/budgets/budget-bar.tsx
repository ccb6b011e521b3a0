import type { Budget } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatMoney } from '../../ui/figure/format-figure.ts';
import { Money } from '../../ui/figure/figure.tsx';
import { SpendBar } from '../../ui/figure/spend-bar.tsx';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';
import './budgets.css';

const tones = { ok: 'ok', warned: 'warn', used_up: 'error', off: 'off', waiting: 'off', ended: 'off' } as const satisfies Record<Budget['state'], Tone>;

/** A part of the limit; a limit of nothing is reached by anything. */
const partOf = (amount: string, limit: string) => (Number(limit) === 0 ? 1 : Number(amount) / Number(limit));

/** What a budget, or one of its pots, has spent, holds and leaves. */
export function StandingBar({ standing, state }: { standing: Pick<NonNullable<Budget['now']>, 'limit' | 'spent' | 'held' | 'free'> & { forecast?: NonNullable<Budget['now']>['forecast'] }; state: Budget['state'] }) {
  const t = useTexts('budgets');
  const locale = useLanguage();
  const { limit, spent, held, free, forecast = null } = standing;
  const say = (money: { amount: string; currency: string }) => formatMoney(money.amount, money.currency, locale);
  const figures = { spent: say(spent), held: say(held), free: say(free), limit: say(limit) };
  const label = forecast ? `${t(($) => $.bar.label, figures)} ${t(($) => $.bar.forecast, { amount: say(forecast) })}` : t(($) => $.bar.label, figures);
  return (
    <span className="budgets-bar">
      <SpendBar label={label} spent={partOf(spent.amount, limit.amount)} held={partOf(held.amount, limit.amount)} forecast={forecast && partOf(forecast.amount, limit.amount)} tone={tones[state]} />
      <span className="budgets-figures" aria-hidden="true"><Money {...spent} locale={locale} /> / <Money {...limit} locale={locale} /></span>
    </span>
  );
}

/** A budget of which nothing was spent has all of it left. */
export function BudgetBar({ row }: { row: Budget }) {
  const nothing = { amount: '0', currency: row.limit.currency };
  return <StandingBar standing={row.now ?? { limit: row.limit, spent: nothing, held: nothing, free: row.limit }} state={row.state} />;
}

export function BudgetState({ row }: { row: Budget }) {
  const t = useTexts('budgets');
  return <StatusDot tone={row.raise && row.state === 'ok' ? 'busy' : tones[row.state]}>{row.raise && row.state === 'ok' ? t(($) => $.raised) : t(($) => $.state[row.state])}</StatusDot>;
}
