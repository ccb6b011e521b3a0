import { useTexts } from '../../app/i18n/use-texts.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { steps, type Step } from './progress.ts';

/** The five steps, which are done and which one is open. */
export function StepsAside({ current }: { current: Step }) {
  const t = useTexts('set-up');
  const at = steps.indexOf(current);
  return (
    <nav className="set-up-steps" aria-label={t(($) => $.progress, { current: at + 1, total: steps.length })}>
      <ol>
        {steps.map((step, index) => (
          <li key={step} className={index < at ? 'is-done' : ''} aria-current={step === current ? 'step' : undefined}>
            <span className="set-up-number" aria-hidden="true">{index < at ? <CheckIcon size={14} /> : index + 1}</span>
            <span className="set-up-name">
              {t(($) => $.steps[step])}
              {index < at ? <span className="visually-hidden"> · {t(($) => $.done)}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
