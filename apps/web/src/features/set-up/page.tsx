import type { ReactNode } from 'react';
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

function Closed({ title, lines, children }: { title: string; lines: string[]; children?: ReactNode }) {
  return (
    <section className="visitor-form" role="alert">
      <h1>{title}</h1>
      {lines.map((line) => <p key={line} className="visitor-line">{line}</p>)}
      {children}
    </section>
  );
}

function Action({ onClick, children }: { onClick: () => void; children: string }) {
  return <ActionButton look="primary" size="large" onClick={onClick}>{children}</ActionButton>;
}

/** Where a new link comes from; what was typed is spoken of only where there is something. */
function NeedsLink({ dead }: { dead: boolean }) {
  const t = useTexts('set-up');
  const lines = [t(($) => $.no_link.line), ...(hasTyped(readDraft()) ? [t(($) => $.no_link.kept)] : [])];
  return <Closed title={dead ? t(($) => $.no_link.dead) : t(($) => $.no_link.title)} lines={lines} />;
}

export default function Page() {
  const t = useTexts('set-up');
  const frame = useTexts('app');
  const { gate, token, ask, refuse, forget, finish } = useGate();
  useTitle(t(($) => $.title));
  if (gate.state === 'open') return <Wizard token={token} onUsed={forget} onMade={finish} onRefused={refuse} />;
  return (
    <VisitorFrame>
      {gate.state === 'done' ? <Closed title={t(($) => $.closed.title)} lines={[t(($) => $.closed.line)]}><Action onClick={() => replaceAddress(visitorPaths.sign_in)}>{t(($) => $.closed.action)}</Action></Closed> : null}
      {gate.state === 'made' ? <Closed title={t(($) => $.made.title)} lines={[gate.why, t(($) => $.made.line, { address: location.origin })]} /> : null}
      {gate.state === 'no_link' || gate.state === 'dead_link' ? <NeedsLink dead={gate.state === 'dead_link'} /> : null}
      {gate.state === 'failed' ? <Closed title={gate.message} lines={[]}><Action onClick={ask}>{frame(($) => $.actions.retry)}</Action></Closed> : null}
    </VisitorFrame>
  );
}
