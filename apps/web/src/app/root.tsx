import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useSession } from '../session/session-store.ts';
import { loadConsole } from './load-console.ts';
import { LastResort } from './last-resort.tsx';
import { replaceAddress, usePath } from './location.ts';
import { isVisitorPath, readNext, signInPath, visitorPaths } from './paths.ts';
import { choosePreferences } from './preferences.ts';

const Console = lazy(loadConsole);
const EnrolFirst = lazy(() => import('../features/profile/second-factor/enrol-page.tsx'));
const Unreachable = lazy(() => import('./unreachable.tsx'));
const SignIn = lazy(() => import('../features/sign-in/page.tsx'));
const SetUp = lazy(() => import('../features/set-up/page.tsx'));
const AskReset = lazy(() => import('../features/forgotten-password/ask-page.tsx'));
const ChoosePassword = lazy(() => import('../features/forgotten-password/choose-page.tsx'));
const SsoCallback = lazy(() => import('../features/single-sign-on/callback-page.tsx'));
const Invitation = lazy(() => import('../features/invitation/page.tsx'));

/** Keeps the address true to what is shown: `/sign-in?next=…` for a visitor, the place they came for afterwards. */
function useTrueAddress(state: string, path: string): void {
  useEffect(() => {
    if (state === 'signed_out' && !isVisitorPath(path)) replaceAddress(signInPath(path + location.search + location.hash));
    if (state === 'signed_in' && path === visitorPaths.sign_in) replaceAddress(readNext(location.search));
  }, [state, path]);
}

/** What the account prefers wins over what this device kept from somebody else. */
function useAccountPreferences(): void {
  const preferences = useSession((session) => session.me?.preferences);
  useEffect(() => {
    if (preferences) choosePreferences({ theme: preferences.theme, language: preferences.locale, columns: preferences.columns });
  }, [preferences]);
}

/** The console, or what must come before it: whoever begins to set up a second factor also sees its recovery codes. The address stays where they wanted to go. */
function Entrance() {
  const needed = useSession((session) => session.me?.second_factor.withheld === 'everything');
  const [enrolling, setEnrolling] = useState(needed);
  if (needed && !enrolling) setEnrolling(true);
  return enrolling ? <EnrolFirst onDone={() => setEnrolling(false)} /> : <Console />;
}

function chooseScreen(state: string, path: string, person: string | undefined): ReactNode {
  if (path === visitorPaths.set_up) return <SetUp />;
  if (path.startsWith(visitorPaths.invitation)) return <Invitation token={path.slice(visitorPaths.invitation.length)} />;
  if (path === visitorPaths.forgotten_password) return <AskReset />;
  if (path.startsWith(visitorPaths.password_reset)) return <ChoosePassword token={path.slice(visitorPaths.password_reset.length)} />;
  if (path.startsWith(visitorPaths.sso_callback)) return <SsoCallback workspace={path.slice(visitorPaths.sso_callback.length)} />;
  if (state === 'unknown') return <Unreachable />;
  if (state === 'signed_out') return <SignIn />;
  // A new person never sees what was fetched for the one before.
  return path === visitorPaths.sign_in ? null : <Entrance key={person} />;
}

export function Root() {
  const path = usePath();
  const state = useSession((session) => session.state);
  const person = useSession((session) => session.me?.id);
  useTrueAddress(state, path);
  useAccountPreferences();
  return (
    <LastResort>
      <Suspense fallback={null}>{chooseScreen(state, path, person)}</Suspense>
    </LastResort>
  );
}
