import { useEffect, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { loadConsole } from '../../app/load-console.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ApiFailure } from '../../api/client.ts';
import { findSetUpNeeded, readWorkspaces, signIn, type Workspace } from './sign-in.ts';
import { SignInForm } from './sign-in-form.tsx';
import { WorkspaceChoice } from './workspace-choice.tsx';

function useSignIn(email: string, password: string) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<{ failure: ApiFailure; at: Date } | null>(null);
  const [workspaces, setWorkspaces] = useState<Workspace[]>([]);

  async function submit(workspace?: string) {
    setPending(true);
    setFailed(null);
    try {
      await signIn({ email: email.trim(), password, ...(workspace === undefined ? {} : { workspace }) });
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      const several = readWorkspaces(failure);
      setWorkspaces(several);
      if (several.length === 0) setFailed({ failure, at: new Date() });
    } finally {
      setPending(false);
    }
  }
  return { pending, failed, workspaces, submit, goBack: () => setWorkspaces([]) };
}

export default function Page() {
  const t = useTexts('sign-in');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [needed, setNeeded] = useState(false);
  const { pending, failed, workspaces, submit, goBack } = useSignIn(email, password);
  useTitle(t(($) => $.title));
  useEffect(() => void findSetUpNeeded().then(setNeeded), []);

  function typePassword(value: string) {
    // Whoever types a password is about to need the console: it loads meanwhile, and not before.
    void loadConsole();
    setPassword(value);
  }

  return (
    <VisitorFrame>
      {workspaces.length > 0 ? (
        <WorkspaceChoice workspaces={workspaces} pending={pending} onChoose={submit} onBack={goBack} />
      ) : (
        <SignInForm email={email} password={password} pending={pending} failure={failed} onEmail={setEmail} onPassword={typePassword} onSubmit={submit} />
      )}
      {needed ? <p className="visitor-note is-below">{t(($) => $.set_up_needed)}</p> : null}
    </VisitorFrame>
  );
}
