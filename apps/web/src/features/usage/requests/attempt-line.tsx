import type { ReadRequest, RequestAttempt } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { supplierName } from '../../../app/supplier-name.ts';
import { Duration } from '../../../ui/figure/figure.tsx';
import { Outcome } from './request-columns.tsx';

const PERCENT = 100;
const LEAST = 1;

/** Where an attempt stands on the line of its whole request, in percent. */
export function placeAttempt({ started_ms, duration_ms, time_to_first_token_ms }: RequestAttempt, whole_ms: number): { left: number; width: number; first: number | null } {
  const share = (ms: number) => (whole_ms > 0 ? Math.min(PERCENT, (PERCENT * ms) / whole_ms) : 0);
  const left = Math.min(PERCENT - LEAST, share(started_ms ?? 0));
  const width = Math.max(LEAST, Math.min(PERCENT - left, duration_ms === null ? PERCENT : share(duration_ms)));
  return { left, width, first: time_to_first_token_ms === null ? null : Math.min(PERCENT, left + share(time_to_first_token_ms)) };
}

/** What was tried, in order, on one line of time: where, how it ended, and why it was tried there. */
export function AttemptLines({ request }: { request: ReadRequest }) {
  const t = useTexts('usage');
  const whole = Math.max(request.duration_ms, ...request.attempts.map(({ started_ms, duration_ms }) => (started_ms ?? 0) + (duration_ms ?? 0)));
  return (
    <section className="request-part">
      <h3>{t(($) => $.request.attempts, { count: request.attempts.length })}</h3>
      <ol className="attempts">{request.attempts.map((attempt, place) => <AttemptLine key={place} attempt={attempt} whole={whole} />)}</ol>
    </section>
  );
}

function AttemptLine({ attempt, whole }: { attempt: RequestAttempt; whole: number }) {
  const t = useTexts('usage');
  const locale = useLanguage();
  const { supplier, model, credential, outcome, status, error_kind, duration_ms, time_to_first_token_ms, reason } = attempt;
  const { left, width, first } = placeAttempt(attempt, whole);
  const isGood = outcome === 'complete' || outcome === 'stopped';
  return (
    <li>
      <p className="attempt-head">
        <b>{supplier === null ? '–' : supplierName(supplier)}{model === null ? null : <> · {model}</>}</b>
        {outcome === null ? null : <Outcome outcome={outcome} status={status} />}
        <Duration ms={duration_ms} locale={locale} />
      </p>
      <span className="attempt-track" aria-hidden="true">
        <i className={isGood ? 'is-good' : 'is-bad'} style={{ left: `${left}%`, width: `${width}%` }} />
        {first === null ? null : <em style={{ left: `${first}%` }} />}
      </span>
      <p className="attempt-line">
        {[
          credential === null ? null : (credential.name ?? credential.id),
          error_kind,
          reason,
          time_to_first_token_ms === null ? null : t(($) => $.request.first_after, { ms: time_to_first_token_ms }),
        ].filter(Boolean).join(' · ')}
      </p>
    </li>
  );
}
