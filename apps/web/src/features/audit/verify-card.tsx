import { useState, type FormEvent } from 'react';
import { TextField } from '../../app/form/field.tsx';
import { Section } from '../../app/form/section.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { Trail } from './api.ts';
import { readHead, useVerification, type Verification } from './use-verification.ts';
import { VerifyResult } from './verify-result.tsx';

/** Proves a trail, with what somebody noted of it earlier where they have it. */
export function VerifyCard({ trail, onOpen }: { trail: Trail; onOpen: (id: string) => void }) {
  const t = useTexts('audit');
  const { result, start, stop } = useVerification(trail);
  const [noted, setNoted] = useState('');
  const [tried, setTried] = useState(false);
  const isBad = noted.trim() !== '' && readHead(noted) === null;
  const running = result.state === 'running';

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!isBad) start(readHead(noted));
  }

  return (
    <div className="audit-form">
      <Section title={t(($) => $.check.title)} line={t(($) => $.check.lead)}>
        <form className="form-stack" onSubmit={submit}>
          <TextField label={t(($) => $.check.known)} hint={t(($) => $.check.known_hint)} error={isBad && tried ? t(($) => $.check.known_bad) : undefined} className="mono" autoComplete="off" spellCheck={false} value={noted} onValue={setNoted} />
          <div className="form-actions">
            {running ? <ActionButton onClick={stop}>{t(($) => $.check.stop)}</ActionButton> : <ActionButton type="submit" look="primary">{result.state === 'idle' ? t(($) => $.check.start) : t(($) => $.check.again)}</ActionButton>}
          </div>
          {result.state === 'idle' ? null : <Progress result={result} />}
        </form>
      </Section>
      {result.state === 'done' || result.faults.length > 0 ? <VerifyResult result={result} onOpen={onOpen} /> : null}
    </div>
  );
}

function Progress({ result: { state, checked, total, failure } }: { result: Verification }) {
  const t = useTexts('audit');
  const figure = new Intl.NumberFormat(useLanguage());
  const said = { checked: figure.format(checked), total: figure.format(total) };
  return (
    <div className="audit-progress">
      <ProgressBar label={t(($) => $.check.progress)} max={Math.max(total, 1)} value={state === 'done' ? Math.max(total, 1) : checked} />
      <p role="status" className="form-line">
        {state === 'stopped' ? t(($) => $.check.stopped, { checked: said.checked, total: said.total }) : state === 'failed' ? `${t(($) => $.check.failed)}${failure ? ` · ${failure.message}` : ''}` : t(($) => $.check.running, { checked: said.checked, total: said.total })}
      </p>
    </div>
  );
}
