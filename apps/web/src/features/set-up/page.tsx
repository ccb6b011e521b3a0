import { useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { hasTyped, readDraft } from './progress.ts';
import { useGate } from './use-gate.ts';
import { Wizard } from './wizard.tsx';
import './set-up.css';

function Closed({ title, lines, action, onAction }: { title: string; lines: string[]; action: string; onAction: () => void }) {
  return (
    <section className="visitor-form" role="alert">
      <h1>{title}</h1>
      {lines.map((line) => <p key={line} className="visitor-line">{line}</p>)}
      <ActionButton look="primary" size="large" onClick={onAction}>{action}</ActionButton>
    </section>
  );
}

/** Where a new link comes from; what was typed is spoken of only where there is something. */
function NeedsLink({ dead, onRetry }: { dead: boolean; onRetry: () => void }) {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const lines = [t(($) => $.no_link.line), ...(hasTyped(readDraft()) ? [t(($) => $.no_link.kept)] : [])];
  return <Closed title={dead ? t(($) => $.no_link.dead) : t(($) => $.no_link.title)} lines={lines} action={frame(($) => $.actions.retry)} onAction={onRetry} />;
}

export default function Page() {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const { gate, token, ask, refuse, forget } = useGate();
  useTitle(t(($) => $.title));
  if (gate.state === 'open') return <Wizard token={token} onUsed={forget} onRefused={refuse} />;
  return (
    <VisitorFrame>
      {gate.state === 'done' ? <Closed title={t(($) => $.closed.title)} lines={[t(($) => $.closed.line)]} action={t(($) => $.closed.action)} onAction={() => replaceAddress(visitorPaths.sign_in)} /> : null}
      {gate.state === 'no_link' || gate.state === 'dead_link' ? <NeedsLink dead={gate.state === 'dead_link'} onRetry={ask} /> : null}
      {gate.state === 'failed' ? <Closed title={gate.message} lines={[]} action={frame(($) => $.actions.retry)} onAction={ask} /> : null}
    </VisitorFrame>
  );
}
