import type { CredentialTest } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { CheckIcon, CloseIcon } from '../../ui/icons.tsx';

const order = ['address', 'tls', 'key', 'models', 'completion'] as const;

/** The live test: what passed, how long it took, and the supplier's stage that did not. */
export function TestReport({ test, running }: { test: CredentialTest | null; running: boolean }) {
  const t = useTexts('set-up');
  if (test === null && !running) return null;
  return (
    <ol className="test-report" aria-busy={running}>
      {order.map((step) => {
        const result = test?.steps.find((entry) => entry.step === step);
        const kind = test?.kind ?? 'unknown';
        const look = result === undefined ? 'is-waiting' : result.ok ? 'is-ok' : 'is-failed';
        return (
          <li key={step} className={look}>
            <span className="test-mark" aria-hidden="true">{result === undefined ? null : result.ok ? <CheckIcon size={12} /> : <CloseIcon size={12} />}</span>
            <span>{t(($) => $.supplier.test_steps[step])}</span>
            <span className="test-result">{result === undefined ? null : result.ok ? t(($) => $.supplier.took, { ms: result.duration_ms }) : t(($) => $.supplier.kinds[kind])}</span>
          </li>
        );
      })}
    </ol>
  );
}
