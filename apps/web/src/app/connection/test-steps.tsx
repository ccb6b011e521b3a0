import { useEffect, useState } from 'react';
import type { CredentialTest } from '@lyss/api-types';
import { useLanguage, useTexts } from '../i18n/use-texts.ts';
import { Duration } from '../../ui/figure/figure.tsx';
import { formatDuration } from '../../ui/figure/format-figure.ts';
import { CheckIcon, CloseIcon } from '../../ui/icons.tsx';
import { FailureNote } from './failure-note.tsx';
import './connection.css';

type Step = CredentialTest['steps'][number];
const order: readonly Step['step'][] = ['address', 'tls', 'key', 'models', 'completion'];
const REVEAL_MS = 140;

/** How many of the steps to show: the answer comes at once, and is read one after the other. */
function useRevealed(test: CredentialTest | undefined): number {
  const [shown, setShown] = useState(0);
  useEffect(() => {
    setShown(0);
    if (!test) return undefined;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return setShown(order.length);
    const timer = setInterval(() => setShown((count) => Math.min(count + 1, order.length)), REVEAL_MS);
    return () => clearInterval(timer);
  }, [test]);
  return shown;
}

interface TestStepsProps {
  /** undefined: not tested yet, or being tested. */
  test: CredentialTest | undefined;
  running: boolean;
}

/** The steps of a test as they pass, each with its milliseconds, and what to do where one failed. */
export function TestSteps({ test, running }: TestStepsProps) {
  const t = useTexts('suppliers');
  const shown = useRevealed(test);
  const took = formatDuration(test?.latency_ms ?? 0, useLanguage());
  if (!test && !running) return null;
  const finished = test !== undefined && shown >= order.length;
  const failed = test?.steps.findLast((step) => !step.ok);
  return (
    <div className="connection-test" aria-busy={running}>
      <ol>
        {order.map((name, at) => <StepRow key={name} name={name} step={at < shown ? test?.steps.find((step) => step.step === name) : undefined} waiting={running || at >= shown} />)}
      </ol>
      <p role="status" className={finished ? (test.ok ? 'connection-passed' : 'connection-failed') : 'connection-quiet'}>
        {!finished ? t(($) => $.test.running) : test.ok ? t(($) => $.test.passed, { time: `${took.number} ${took.unit}`, count: test.models.length }) : t(($) => $.test.failed)}
      </p>
      {finished && !test.ok ? <FailureNote kind={test.kind ?? 'unknown'} step={failed?.step} reason={failed?.message} /> : null}
    </div>
  );
}

// Of what a passed step may note, these change what a person should think of it.
const notes = ['not_encrypted', 'not_needed', 'unproved'] as const;

function StepRow({ name, step, waiting }: { name: Step['step']; step: Step | undefined; waiting: boolean }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const note = notes.find((known) => step?.ok === true && step.message === known);
  // Nothing stood in the way, and yet there is neither key nor encryption that a tick could stand for.
  const claims = note !== 'not_encrypted' && note !== 'not_needed';
  const look = step ? (step.ok ? (claims ? 'is-ok' : 'is-skipped') : 'is-bad') : waiting ? 'is-waiting' : 'is-skipped';
  const words = step && !claims ? '' : step ? (step.ok ? t(($) => $.test.ok) : t(($) => $.test.bad)) : waiting ? t(($) => $.test.waiting) : t(($) => $.test.skipped);
  return (
    <li className={look}>
      <span className="connection-mark" aria-hidden="true">{step && claims ? step.ok ? <CheckIcon size={13} /> : <CloseIcon size={13} /> : null}</span>
      <span>{t(($) => $.test.step[name])}{note ? <small className={note === 'not_encrypted' ? 'is-warn' : ''}> {name === 'tls' && note === 'not_needed' ? t(($) => $.test.note.at_home) : t(($) => $.test.note[note])}</small> : null}</span>
      <span className={step ? 'visually-hidden' : 'connection-quiet'}>{words}</span>
      {/* Proved by the same answer as the step before it: it took no time of its own. */}
      {step && step.duration_ms > 0 ? <Duration ms={step.duration_ms} locale={locale} /> : null}
    </li>
  );
}
