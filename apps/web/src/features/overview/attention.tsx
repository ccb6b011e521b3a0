import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Budget } from '@lyss/api-types';
import { call } from '../../api/client.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan } from '../../session/session-store.ts';
import { StatusDot } from '../../ui/list/status-dot.tsx';

const SHOWN = 5;

/** Budgets that have nothing left, then those that are near it; undefined until it is known, null where nobody here may know. */
export function useBudgetsNearEnd(): Budget[] | null | undefined {
  const canRead = useCan('budgets.read');
  const { data, isPending, failureCount } = useQuery({
    queryKey: ['budgets', 'near-end'],
    queryFn: async ({ signal }) => {
      const of = async (state: 'used_up' | 'warned') => (await call('budgets.list', { query: { state, sort_by: 'used', page_size: SHOWN }, signal })).items;
      return [...(await of('used_up')), ...(await of('warned'))].slice(0, SHOWN);
    },
    enabled: canRead,
  });
  if (!canRead) return null;
  return data ?? (isPending && failureCount === 0 ? undefined : null);
}

/** What asks for somebody's decision now; not there where nothing does. */
export function Attention({ budgets }: { budgets: Budget[] | null }) {
  const t = useTexts('overview');
  if (budgets === null || budgets.length === 0) return null;
  return (
    <section className="overview-card" aria-labelledby="attention-title">
      <header><h2 id="attention-title">{t(($) => $.attention.title)}</h2></header>
      <ul className="entry-list">
        {budgets.map(({ id, name, state }) => (
          <li key={id}>
            <Link {...paths.oneBudget(id)} className="entry">
              <span>{name}</span>
              <StatusDot tone={state === 'used_up' ? 'error' : 'warn'}>{state === 'used_up' ? t(($) => $.attention.used_up) : t(($) => $.attention.warned)}</StatusDot>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
