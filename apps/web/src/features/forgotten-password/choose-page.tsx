import { useState } from 'react';
import type { Invitation } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { openAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { UnreadLink, useLink } from '../../app/visitor/use-link.tsx';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { ChooseForm } from './choose-form.tsx';

const read = (token: string, signal: AbortSignal): Promise<Invitation> => call('passwords.readReset', { params: { token }, signal });

/** A new password by a one-time link. It signs nobody in: that comes next, with a second factor where there is one. */
export default function Page({ token }: { token: string }) {
  const t = useTexts('forgotten-password');
  const { found, retry } = useLink(token, read);
  const [done, setDone] = useState(false);
  useTitle(t(($) => $.choose.title));
  return (
    <VisitorFrame>
      <Waiting waiting={found.state === 'reading'} label={t(($) => $.choose.reading)} skeleton={<div className="visitor-form"><SkeletonForm fields={2} /></div>}>
        {done ? <Done /> : null}
        {found.state === 'open' && !done ? <ChooseForm token={token} whose={found.link} onDone={() => setDone(true)} /> : null}
        {found.state === 'closed' ? <ClosedLink why={found.why} /> : null}
        {found.state === 'unread' ? <UnreadLink failure={found.failure} onRetry={retry} /> : null}
      </Waiting>
    </VisitorFrame>
  );
}

function Done() {
  const t = useTexts('forgotten-password');
  return (
    <section className="visitor-form" role="status">
      <h1>{t(($) => $.done.title)}</h1>
      <p className="visitor-line">{t(($) => $.done.line)}</p>
      <ActionButton look="primary" size="large" autoFocus onClick={() => openAddress(visitorPaths.sign_in)}>{t(($) => $.sign_in)}</ActionButton>
    </section>
  );
}

/** A link that is used, too old or mistyped: what to do about it, and no hint which of them it was. */
function ClosedLink({ why }: { why: string | null }) {
  const t = useTexts('forgotten-password');
  return (
    <section className="visitor-form" role="alert">
      <h1>{t(($) => $.closed.title)}</h1>
      <p className="visitor-line">{why ?? t(($) => $.closed.line)}</p>
      {why === null ? <ActionButton look="primary" size="large" onClick={() => openAddress(visitorPaths.forgotten_password)}>{t(($) => $.closed.action)}</ActionButton> : <ActionButton look="primary" size="large" onClick={() => openAddress(visitorPaths.sign_in)}>{t(($) => $.sign_in)}</ActionButton>}
    </section>
  );
}
