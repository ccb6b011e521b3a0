import { Suspense, useEffect, useState } from 'react';
import type { DataOf } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { loadConsole } from '../../app/load-console.ts';
import { canUsePasskeys } from '../../app/passkeys/ask-passkey.ts';
import { loadSecondStep, SecondStepForm } from '../../app/second-step/load-second-step.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { OrganisationButton } from './organisation-button.tsx';
import { Forgotten } from './forgotten.tsx';
import { findSetUp, type Typed } from './sign-in.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useSignIn } from './use-sign-in.ts';
import { WorkspaceChoice } from './workspace-choice.tsx';

export default function Page() {
  const t = useTexts('sign-in');
  const [typed, setTyped] = useState<Typed>({ email: '', password: '', workspace: '' });
  const [setUp, setSetUp] = useState<DataOf<'setup.read'> | null>(null);
  const { pending, failed, workspaces, asked, step, isOver, submit, leaveStep, goBack } = useSignIn(typed);
  useTitle(t(($) => $.title));
  useEffect(() => void findSetUp().then(setSetUp), []);

  function type(part: Partial<Typed>) {
    // Whoever types a password is about to need the console: it loads meanwhile, and not before.
    if (part.password !== undefined) void Promise.all([loadConsole(), loadSecondStep()]);
    setTyped({ ...typed, ...part });
  }

  return (
    <VisitorFrame>
      {step ? (
        <Suspense fallback={null}><SecondStepForm key={step.challenge} step={step} onOver={() => leaveStep(true)} onBack={() => leaveStep(false)} /></Suspense>
      ) : workspaces.length > 0 ? (
        <WorkspaceChoice workspaces={workspaces} pending={pending} onChoose={(workspace) => void submit(workspace)} onBack={goBack} />
      ) : (
        <>
          <SignInForm typed={typed} asksWorkspace={asked} isOver={isOver} hasPasskeys={setUp?.passkeys === true && canUsePasskeys()} pending={pending} failure={failed} onType={type} onSubmit={() => void submit()} />
          <OrganisationButton email={typed.email} />
          <Forgotten email={typed.email} sendsMail={setUp?.mail !== false} />
        </>
      )}
      {setUp?.needed ? <p className="visitor-note is-below">{t(($) => $.set_up_needed)}</p> : null}
    </VisitorFrame>
  );
}
