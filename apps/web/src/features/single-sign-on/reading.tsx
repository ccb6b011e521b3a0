import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiFailure } from '../../api/client.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { ErrorState } from '../../ui/states/state.tsx';

/** What was read, or that it is being read, or why it was not. */
export function Reading<T>({ query, failed, children }: { query: UseQueryResult<T, ApiFailure>; failed: string; children: (read: T) => ReactNode }) {
  const t = useTexts('single-sign-on');
  const frame = useTexts('app');
  return (
    <Waiting waiting={query.isPending} label={t(($) => $.waiting)} skeleton={<SkeletonForm fields={5} />}>
      {query.data === undefined ? null : children(query.data)}
      {query.error && query.data === undefined ? (
        <ErrorState
          title={failed}
          message={query.error.message}
          requestId={query.error.request_id}
          requestIdLabel={frame(($) => $.route.request_id)}
          copyText={frame(($) => $.actions.copy)}
          copiedText={frame(($) => $.actions.copied)}
          retryText={frame(($) => $.actions.retry)}
          retrying={query.isFetching}
          onRetry={() => void query.refetch()}
        />
      ) : null}
    </Waiting>
  );
}
