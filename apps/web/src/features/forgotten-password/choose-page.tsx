import { useEffect, useState } from 'react';
import type { Invitation } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { openAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ApiFailure, call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { ChooseForm } from './choose-form.tsx';
import { goToSignIn } from './places.ts';

type Found = { state: 'reading' | 'done' } | { state: 'open'; whose: Invitation } | { state: 'closed'; failure: ApiFailure };

/** A new password by a one-time link. It signs nobody in: that comes next, with a second factor where there is one. */
export default function Page({ token }: { token: string }) {
  const t = useTexts('forgotten-password');
  const [found, setFound] = useState<Found>({ state: 'reading' });
  useTitle(t(($) => $.choose.title));
  useEffect(() => {
    const control = new AbortController();
    call('passwords.readReset', { params: { token }, signal: control.signal }).then(
      (whose) => setFound({ state: 'open', whose }),
      (failure: unknown) => failure instanceof ApiFailure && setFound({ state: 'closed', failure }),
    );
    return () => control.abort();
  }, [token]);
  return (
    <VisitorFrame>
      <Waiting waiting={found.state === 'reading'} label={t(($) => $.choose.reading)} skeleton={<div className="visitor-form"><SkeletonForm fields={2} /></div>}>
        {found.state === 'open' ? <ChooseForm token={token} whose={found.whose} onDone={() => setFound({ state: 'done' })} /> : null}
        {found.state === 'done' ? <Done /> : null}
        {found.state === 'closed' ? <ClosedLink failure={found.failure} /> : null}
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
      <ActionButton look="primary" size="large" autoFocus onClick={goToSignIn}>{t(($) => $.sign_in)}</ActionButton>
    </section>
  );
}

/** A link that is used, too old or mistyped: what to do about it, and no hint which of them it was. */
function ClosedLink({ failure }: { failure: ApiFailure }) {
  const t = useTexts('forgotten-password');
  return (
    <section className="visitor-form" role="alert">
      <h1>{failure.status === 0 || failure.status >= 500 ? failure.message : t(($) => $.closed.title)}</h1>
      <p className="visitor-line">{t(($) => $.closed.line)}</p>
      <ActionButton look="primary" size="large" onClick={() => openAddress(visitorPaths.forgotten_password)}>{t(($) => $.closed.action)}</ActionButton>
    </section>
  );
}
