import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../api/client.ts';
import { ErrorState, NoPermission } from '../../ui/states/state.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { useCopyTexts } from './use-copy-texts.ts';

interface ListFailureProps {
  failure: Error;
  texts: { failed: string; forbidden: string; who: string };
  retrying: boolean;
  onRetry: () => void;
}

/** Whether one may not see it at all: no filter changes that. */
export function isForbidden(failure: Error): boolean {
  return failure instanceof ApiFailure && failure.code === errorTable.INSUFFICIENT_PERMISSIONS.code;
}

/** A list that did not load: who can grant it where it is not allowed, else what went wrong and another try. */
export function ListFailure({ failure, texts, retrying, onRetry }: ListFailureProps) {
  const t = useTexts('app');
  const copy = useCopyTexts();
  if (isForbidden(failure)) return <NoPermission title={texts.forbidden} who={texts.who} />;
  return (
    <ErrorState
      title={texts.failed}
      message={failure.message}
      requestId={failure instanceof ApiFailure ? failure.request_id : undefined}
      requestIdLabel={t(($) => $.route.request_id)}
      {...copy}
      retryText={t(($) => $.actions.retry)}
      retrying={retrying}
      onRetry={onRetry}
    />
  );
}
