import { useState } from 'react';
import type { SecondStep } from '@lyss/api-types';
import { readSecondStep } from '../../app/second-step/read-second-step.ts';
import { ApiFailure } from '../../api/client.ts';
import { needsWorkspace, readWorkspaces, signIn, type Typed, type Workspace } from './sign-in.ts';

/** Signing in with the password: what came of the last try, and what it asks for next. What was typed is the page's own and stays. */
export function useSignIn({ email, password, workspace }: Typed) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<{ failure: ApiFailure; at: Date } | null>(null);
  const [workspaces, setWorkspaces] = useState<Workspace[]>([]);
  const [asked, setAsked] = useState(false);
  const [step, setStep] = useState<SecondStep | null>(null);
  const [isOver, setIsOver] = useState(false);

  async function submit(chosen = workspace.trim()) {
    setPending(true);
    setFailed(null);
    setIsOver(false);
    try {
      await signIn({ email: email.trim(), password, ...(chosen === '' ? {} : { workspace: chosen }) });
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      const [next, several] = [readSecondStep(failure), readWorkspaces(failure)];
      setStep(next);
      setWorkspaces(several);
      if (needsWorkspace(failure)) setAsked(true);
      if (next === null && several.length === 0) setFailed({ failure, at: new Date() });
    } finally {
      setPending(false);
    }
  }
  const leaveStep = (over: boolean) => {
    setStep(null);
    setIsOver(over);
  };
  return { pending, failed, workspaces, asked, step, isOver, submit, leaveStep, goBack: () => setWorkspaces([]) };
}
