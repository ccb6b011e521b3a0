import { useQueries, useQuery } from '@tanstack/react-query';
import type { Me, UsageSeries, UsageSummary } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export type Step = 'supplier' | 'person' | 'chat';
export interface Progress {
  step: Step;
  done: boolean;
}

type Ask = (signal: AbortSignal) => Promise<boolean>;
// Every tenant begins with the demo, and the person who looks is in the list already: neither counts.
const asks: Record<Step, Ask> = {
  supplier: async (signal) => (await call('suppliers.list', { query: { page_size: 20 }, signal })).items.some((credential) => credential.provider !== 'demo'),
  person: async (signal) => (await call('users.list', { query: { page_size: 2 }, signal })).items.length > 1,
  chat: async (signal) => (await call('chat.listConversations', { query: { page_size: 1 }, signal })).items.length > 0,
};

/** The steps that this person can take. */
export function listSteps(me: Me): Step[] {
  const may = (permission: Me['permissions'][number]) => me.permissions.includes(permission);
  const steps: [Step, boolean][] = [
    ['supplier', may('suppliers.write')],
    ['person', may('users.write')],
    ['chat', may('chat.use')],
  ];
  return steps.filter(([, allowed]) => allowed).map(([step]) => step);
}

/**
 * How far somebody is: undefined until every answer is there, so that nothing is ticked and unticked, and nothing moves for it;
 * null where it can't be told.
 */
export function useProgress(steps: Step[]): Progress[] | null | undefined {
  const answers = useQueries({ queries: steps.map((step) => ({ queryKey: ['overview', step], queryFn: ({ signal }: { signal: AbortSignal }) => asks[step](signal) })) });
  if (answers.some((answer) => answer.isPending && answer.failureCount === 0)) return undefined;
  if (answers.some((answer) => answer.data === undefined)) return null;
  return steps.map((step, index) => ({ step, done: answers[index]?.data === true }));
}

/** What the tenant used in 30 days and how it went: undefined until it is there, null for whoever may not see it, where it can't be told, and where nothing was used. */
export function useFigures(may: boolean): { summary: UsageSummary; series: UsageSeries } | null | undefined {
  const ask = async ({ signal }: { signal: AbortSignal }) => {
    const [summary, series] = await Promise.all([call('usage.summary', { signal }), call('usage.timeseries', { signal })]);
    return { summary, series };
  };
  const { data, isPending, failureCount } = useQuery({ queryKey: ['overview', 'figures'], queryFn: ask, enabled: may });
  if (!may || (data === undefined && (!isPending || failureCount > 0))) return null;
  return data && data.summary.current.requests + data.summary.before.requests === 0 ? null : data;
}
