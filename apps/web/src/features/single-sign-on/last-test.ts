import type { SsoTest } from '@lyss/api-types';

export type TestOutcome = { result: SsoTest } | { problem: string };

let last: TestOutcome | null = null;

/** From the page that the provider led to, for the settings that the browser goes back to; in this page's memory alone. */
export function keepOutcome(outcome: TestOutcome): void {
  last = outcome;
}

export const readOutcome = (): TestOutcome | null => last;
