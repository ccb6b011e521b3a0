import { useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ApiFailure, call } from '../../api/client.ts';
import { useSession } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { readDraft } from './progress.ts';
import { takeToken } from './take-token.ts';
import { Wizard } from './wizard.tsx';
import './set-up.css';

type Gate = { state: 'asking' } | { state: 'open' } | { state: 'done' } | { state: 'no_link' } | { state: 'failed'; message: string };

/** Whether there is something to set up, and a link that allows it. */
function useGate(token: string | null, begun: boolean) {
  const signed_in = useSession((session) => session.state === 'signed_in');
  const [gate, setGate] = useState<Gate>({ state: signed_in && begun ? 'open' : 'asking' });
  useEffect(() => {
    if (gate.state !== 'asking') return;
    call('setup.read').then(
      ({ needed }) => setGate({ state: !needed ? 'done' : token === null ? 'no_link' : 'open' }),
      (failure: unknown) => setGate({ state: 'failed', message: failure instanceof ApiFailure ? failure.message : String(failure) }),
    );
  }, [gate.state, token]);
  const close = useCallback(() => setGate({ state: 'no_link' }), []);
  const ask = useCallback(() => setGate({ state: 'asking' }), []);
  return { gate, close, ask };
}

function Closed({ title, line, action, onAction }: { title: string; line: string; action: string; onAction: () => void }) {
  return (
    <section className="visitor-form" role="alert">
      <h1>{title}</h1>
      <p className="visitor-line">{line}</p>
      <ActionButton look="primary" size="large" onClick={onAction}>{action}</ActionButton>
    </section>
  );
}

export default function Page() {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const [token] = useState(takeToken);
  const [begun] = useState(() => readDraft() !== null);
  const { gate, close, ask } = useGate(token, begun);
  useTitle(t(($) => $.title));
  if (gate.state === 'open') return <Wizard token={token} onDead={close} />;
  return (
    <VisitorFrame>
      {gate.state === 'done' ? <Closed title={t(($) => $.closed.title)} line={t(($) => $.closed.line)} action={t(($) => $.closed.action)} onAction={() => replaceAddress(visitorPaths.sign_in)} /> : null}
      {gate.state === 'no_link' ? <Closed title={t(($) => $.no_link.title)} line={t(($) => $.no_link.line)} action={frame(($) => $.actions.retry)} onAction={() => location.reload()} /> : null}
      {gate.state === 'failed' ? <Closed title={gate.message} line="" action={frame(($) => $.actions.retry)} onAction={ask} /> : null}
    </VisitorFrame>
  );
}
