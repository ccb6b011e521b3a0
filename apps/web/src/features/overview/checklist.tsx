import { Link } from '@tanstack/react-router';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { CheckIcon, ChevronRightIcon } from '../../ui/icons.tsx';
import type { Progress, Step } from './api.ts';

const targets = { supplier: paths.addSupplier(), person: paths.addUser(), chat: paths.chat() } as const;

function StepRow({ step, done }: { step: Step; done: boolean }) {
  const t = useTexts('overview');
  return (
    <li>
      <Link {...targets[step]} className={done ? 'check-row is-done' : 'check-row'}>
        <span className="check-mark" aria-hidden="true">{done ? <CheckIcon size={12} /> : null}</span>
        <span className="check-words">
          <span>{t(($) => $.checklist[step].title)}{done ? <span className="visually-hidden"> · {t(($) => $.checklist.done)}</span> : null}</span>
          <small>{t(($) => $.checklist[step].line)}</small>
        </span>
        <ChevronRightIcon />
      </Link>
    </li>
  );
}

/** What is left to do at the beginning; gone as soon as all of it is done. */
export function Checklist({ progress }: { progress: Progress[] | null }) {
  const t = useTexts('overview');
  if (progress === null || progress.every((entry) => entry.done)) return null;
  const done = progress.filter((entry) => entry.done).length;
  return (
    <section className="overview-card" aria-labelledby="checklist-title">
      <header>
        <h2 id="checklist-title">{t(($) => $.checklist.title)}</h2>
        <span>{t(($) => $.checklist.progress, { done, total: progress.length })}</span>
      </header>
      <progress className="check-bar" value={done} max={progress.length} aria-labelledby="checklist-title" />
      <ul>{progress.map((entry) => <StepRow key={entry.step} {...entry} />)}</ul>
    </section>
  );
}
