import { useQuery } from '@tanstack/react-query';
import type { DataOf } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { formatMoney } from '../../../ui/figure/format-figure.ts';
import { SpendBar } from '../../../ui/figure/spend-bar.tsx';
import { SkeletonText } from '../../../ui/states/skeleton.tsx';
import './own-budgets.css';

type Own = DataOf<'budgets.listMine'>['items'][number];
const tones = { ok: 'ok', warned: 'warn', used_up: 'error', off: 'off', waiting: 'off', ended: 'off' } as const satisfies Record<Own['state'], string>;

/** What is left of the budgets that my own calls count against; of those that others spend too, only how they stand. */
export function OwnBudgets() {
  const t = useTexts('profile');
  const { data, error } = useQuery({ queryKey: ['budgets', 'mine'], queryFn: ({ signal }) => call('budgets.listMine', { signal }) });
  if (error && !data) return <p>{error.message}</p>;
  if (!data) return <SkeletonText lines={2} />;
  if (data.items.length === 0) return <p className="profile-budgets-none">{t(($) => $.budgets.none)}</p>;
  return <ul className="profile-budgets">{data.items.map((row) => <OwnBudget key={`${row.id} ${row.holder?.id ?? ''}`} row={row} />)}</ul>;
}

function OwnBudget({ row }: { row: Own }) {
  const t = useTexts('profile');
  const locale = useLanguage();
  const { name, holder, now, state, period } = row;
  const say = ({ amount, currency }: { amount: string; currency: string }) => formatMoney(amount, currency, locale);
  const partOf = (amount: string, limit: string) => (Number(limit) === 0 ? 1 : Number(amount) / Number(limit));
  const figures = now && { free: say(now.free), limit: say(now.limit) };
  return (
    <li>
      <span>{holder ? `${name} · ${holder.name}` : name}<small>{t(($) => $.budgets.period[period])}</small></span>
      {now && figures ? <SpendBar label={t(($) => $.budgets.left, figures)} spent={partOf(now.spent.amount, now.limit.amount)} held={partOf(now.held.amount, now.limit.amount)} tone={tones[state]} /> : <span>{t(($) => $.budgets.shared)}</span>}
      <span>{figures ? t(($) => $.budgets.left, figures) : t(($) => $.budgets.state[state === 'used_up' || state === 'warned' ? state : 'ok'])}</span>
    </li>
  );
}
