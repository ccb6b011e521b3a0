import { useState } from 'react';
import { startSession } from '../session/start-session.ts';
import { ErrorState } from '../ui/states/state.tsx';
import './visitor/brand.css';
import { useTexts } from './i18n/use-texts.ts';
import { useTitle } from './use-title.ts';

/** Shown where nobody could say who is here: the server did not answer at all. */
export default function Unreachable() {
  const t = useTexts('app');
  const [retrying, setRetrying] = useState(false);
  useTitle(t(($) => $.unreachable.title));
  const retry = () => {
    setRetrying(true);
    // Failing again leaves the same page standing, which says so already.
    startSession().catch(() => undefined).finally(() => setRetrying(false));
  };
  return (
    <main className="last-resort">
      <ErrorState
        whole
        title={t(($) => $.unreachable.title)}
        message={t(($) => $.unreachable.line)}
        requestIdLabel=""
        copyText=""
        copiedText=""
        retryText={t(($) => $.actions.retry)}
        onRetry={retry}
        retrying={retrying}
      />
    </main>
  );
}
