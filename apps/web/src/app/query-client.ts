import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { errorTable } from '@lyss/api-types/error';
import { ApiFailure, call } from '../api/client.ts';
import { readReason } from '../api/failure.ts';
import { rememberPerson } from '../session/session-store.ts';

const TRIES = 2;
const FRESH_MS = 15_000;
// No answer, or one that says the next try may fare better; a 4xx stays what it is.
const passing = new Set([0, 502, 503, 504]);

/** Whether a failed read is worth another try. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < TRIES && error instanceof ApiFailure && passing.has(error.status);
}

// A second factor may have become demanded in mid-work.
const aboutMe = new Set<string | null>([null, 'second_factor_needed']);

/** A refusal for want of a permission means that my roles, or what they wait for, have changed: the page and the places shown follow what I may do now. */
function askWhatIMay(error: unknown): void {
  const lacking = error instanceof ApiFailure && error.code === errorTable.INSUFFICIENT_PERMISSIONS.code && aboutMe.has(readReason(error));
  if (lacking) call('auth.me').then(rememberPerson, () => undefined);
}

/** Server data of one signed-in person; thrown away with them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: askWhatIMay }),
    mutationCache: new MutationCache({ onError: askWhatIMay }),
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: FRESH_MS, refetchOnWindowFocus: true },
      // A write is never repeated behind a person's back; each feature says what became of it.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
