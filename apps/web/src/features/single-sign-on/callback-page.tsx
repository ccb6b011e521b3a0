import { useEffect, useState } from 'react';
import type { SsoReturned } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { replaceAddress } from '../../app/location.ts';
import { visitorPaths } from '../../app/paths.ts';
import { endJourney } from '../../app/provider-journey.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { call } from '../../api/client.ts';
import { checkCookies, enterSession } from '../../session/start-session.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { keepOutcome } from './last-test.ts';

const SETTINGS = '/single-sign-on';

/** What stands in the address, once: it leaves it at once, so that no history and no reload holds the code. */
function takeReturned(workspace: string): SsoReturned {
  const given = new URLSearchParams(location.search);
  history.replaceState(null, '', location.pathname);
  const read = (name: string) => given.get(name) ?? undefined;
  return { workspace, state: read('state') ?? '', code: read('code'), iss: read('iss'), error: read('error')?.slice(0, 200) };
}

async function finish(returned: SsoReturned): Promise<void> {
  const { purpose, next } = endJourney();
  if (purpose === 'sign_in') {
    const answer = await call('sso.finish', { body: returned });
    await checkCookies();
    enterSession(answer);
    return replaceAddress(next);
  }
  try {
    keepOutcome({ result: await call('sso.finishTest', { body: returned }) });
  } catch (failure) {
    keepOutcome({ problem: failure instanceof Error ? failure.message : String(failure) });
  }
  replaceAddress(SETTINGS);
}

// Strict mode runs an effect twice, and the attempt works once.
let finishing: Promise<void> | null = null;

/** Where an identity provider leads back to: hands what it says to the server by a call of our own page. */
export default function Page({ workspace }: { workspace: string }) {
  const t = useTexts('single-sign-on');
  const [problem, setProblem] = useState<string | null>(null);
  useTitle(t(($) => $.callback.title));
  useEffect(() => {
    finishing ??= finish(takeReturned(workspace)).finally(() => (finishing = null));
    finishing.catch((failure: unknown) => setProblem(failure instanceof Error ? failure.message : String(failure)));
  }, [workspace]);
  return (
    <VisitorFrame>
      <section className="visitor-form" role={problem ? 'alert' : 'status'}>
        <h1>{problem ? t(($) => $.callback.failed) : t(($) => $.callback.title)}</h1>
        <p className="visitor-line">{problem ?? t(($) => $.callback.line)}</p>
        {problem ? <ActionButton look="primary" size="large" onClick={() => replaceAddress(visitorPaths.sign_in)}>{t(($) => $.callback.back)}</ActionButton> : null}
      </section>
    </VisitorFrame>
  );
}
