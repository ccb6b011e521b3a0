import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { ApiFailure } from '../../api/client.ts';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states/state.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { useTitle } from '../use-title.ts';

/** While a page's code is on its way; the router shows it after 150 ms. */
export function WaitingPage() {
  const t = useTexts('app');
  return (
    <div aria-busy="true">
      <span role="status" className="visually-hidden">{t(($) => $.route.waiting)}</span>
      <SkeletonText lines={6} />
    </div>
  );
}

export function MissingPage() {
  const t = useTexts('app');
  useTitle(t(($) => $.route.missing));
  return <EmptyState whole title={t(($) => $.route.missing)} why={t(($) => $.route.missing_line)} action={<HomeLink />} />;
}

/** The way back from a page that is not there, or not for this person. */
export function HomeLink() {
  const t = useTexts('app');
  return <Link className="ui-button is-plain is-middle" to="/">{t(($) => $.route.home)}</Link>;
}

/** A page that threw; the shell around it stays. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts('app');
  const failure = error instanceof ApiFailure ? error : null;
  useTitle(t(($) => $.route.failed));
  return (
    <ErrorState
      whole
      title={t(($) => $.route.failed)}
      message={failure?.message}
      requestId={failure?.request_id}
      requestIdLabel={t(($) => $.route.request_id)}
      copyText={t(($) => $.actions.copy)}
      copiedText={t(($) => $.actions.copied)}
      retryText={t(($) => $.actions.retry)}
      onRetry={reset}
    />
  );
}
