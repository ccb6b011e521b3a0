import { useEffect, useState } from 'react';
import type { DataOf } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { loadConsole } from '../../app/load-console.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { ApiFailure } from '../../api/client.ts';
import { findSetUp, needsWorkspace, readWorkspaces, signIn, type Typed, type Workspace } from './sign-in.ts';
import { OrganisationButton } from './organisation-button.tsx';
import { Forgotten } from './forgotten.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { WorkspaceChoice } from './workspace-choice.tsx';

function useSignIn({ email, password, workspace }: Typed) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<{ failure: ApiFailure; at: Date } | null>(null);
  const [workspaces, setWorkspaces] = useState<Workspace[]>([]);
  const [asked, setAsked] = useState(false);

  async function submit(chosen = workspace.trim()) {
    setPending(true);
    setFailed(null);
    try {
      await signIn({ email: email.trim(), password, ...(chosen === '' ? {} : { workspace: chosen }) });
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      const several = readWorkspaces(failure);
      setWorkspaces(several);
      if (needsWorkspace(failure)) setAsked(true);
      if (several.length === 0) setFailed({ failure, at: new Date() });
    } finally {
      setPending(false);
    }
  }
  return { pending, failed, workspaces, asked, submit, goBack: () => setWorkspaces([]) };
}

export default function Page() {
  const t = useTexts('sign-in');
  const [typed, setTyped] = useState<Typed>({ email: '', password: '', workspace: '' });
  const [setUp, setSetUp] = useState<DataOf<'setup.read'> | null>(null);
  const { pending, failed, workspaces, asked, submit, goBack } = useSignIn(typed);
  useTitle(t(($) => $.title));
  useEffect(() => void findSetUp().then(setSetUp), []);

  function type(part: Partial<Typed>) {
    // Whoever types a password is about to need the console: it loads meanwhile, and not before.
    if (part.password !== undefined) void loadConsole();
    setTyped({ ...typed, ...part });
  }

  return (
    <VisitorFrame>
      {workspaces.length > 0 ? (
        <WorkspaceChoice workspaces={workspaces} pending={pending} onChoose={(workspace) => void submit(workspace)} onBack={goBack} />
      ) : (
        <>
          <SignInForm typed={typed} asksWorkspace={asked} pending={pending} failure={failed} onType={type} onSubmit={() => void submit()} />
          <OrganisationButton email={typed.email} />
          <Forgotten email={typed.email} sendsMail={setUp?.mail !== false} />
        </>
      )}
      {setUp?.needed ? <p className="visitor-note is-below">{t(($) => $.set_up_needed)}</p> : null}
    </VisitorFrame>
  );
}
