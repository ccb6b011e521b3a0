import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from '../api/client.ts';

const TRIES = 2;
const FRESH_MS = 15_000;
// No answer, or one that says the next try may fare better; a 4xx stays what it is.
const passing = new Set([0, 502, 503, 504]);

/** Whether a failed read is worth another try. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < TRIES && error instanceof ApiFailure && passing.has(error.status);
}

/** Server data of one signed-in person; thrown away with them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: FRESH_MS, refetchOnWindowFocus: true },
      // A write is never repeated behind a person's back; each feature says what became of it.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
