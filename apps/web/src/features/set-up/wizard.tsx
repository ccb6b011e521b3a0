import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { loadTexts } from '../../app/i18n/i18n.ts';
import { replaceAddress } from '../../app/location.ts';
import { loadConsole } from '../../app/load-console.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { readFormError } from '../../app/form/use-field-errors.ts';
import { useSession } from '../../session/session-store.ts';
import { ChatStep } from './chat-step.tsx';
import { ModelsStep } from './models-step.tsx';
import { OwnerStep } from './owner-step.tsx';
import { emptyDraft, hasTyped, keepDraft, readDraft, resumeStep, type Draft, type Step } from './progress.ts';
import { StepsAside } from './steps-aside.tsx';
import { SupplierStep } from './supplier-step.tsx';
import { TenantStep } from './tenant-step.tsx';
import { useCompletion } from './use-completion.ts';

const tenantFields = ['tenant_name', 'workspace'];

function useDraft() {
  const signed_in = useSession((session) => session.state === 'signed_in');
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = readDraft();
    const step = resumeStep(kept, signed_in);
    // The password is not kept over a reload, so that its step comes first again.
    return { ...(kept ?? emptyDraft), step: step === 'tenant' ? 'owner' : step };
  });
  const [resumed] = useState(() => hasTyped(draft));
  useEffect(() => keepDraft(draft), [draft]);
  return { draft, resumed, change: (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part })) };
}

function leave(address: string): void {
  keepDraft(null);
  replaceAddress(address);
}

interface WizardProps {
  token: string | null;
  onUsed: () => void;
  /** The account is made, and this browser kept no sign-in: why. */
  onMade: (why: string) => void;
  onRefused: () => void;
}

/** The five steps. The first two make the account; from then on every one can be left and taken up. */
export function Wizard({ token, onUsed, onMade, onRefused }: WizardProps) {
  const { draft, resumed, change } = useDraft();
  const [password, setPassword] = useState('');
  const completion = useCompletion(token, draft, password);
  const go = (step: Step) => change({ step });

  async function complete() {
    const outcome = await completion.complete();
    if (outcome.to === 'owner') go('owner');
    if (outcome.to === 'made') {
      keepDraft(null);
      onMade(outcome.why);
    }
    if (outcome.to !== 'signed_in') return;
    onUsed();
    setPassword('');
    go('supplier');
    void loadConsole();
  }
  // The supplier's step speaks in the words of the suppliers page.
  useEffect(() => void loadTexts('suppliers'), []);
  useEffect(() => {
    if (completion.closed) onRefused();
  }, [completion.closed, onRefused]);

  const screens: Record<Step, () => ReactNode> = {
    owner: () => <OwnerStep draft={draft} resumed={resumed} password={password} errors={completion.errors} onChange={change} onPassword={setPassword} onNext={() => go('tenant')} />,
    tenant: () => (
      <TenantStep draft={draft} errors={completion.errors} problem={readFormError(completion.failure, tenantFields)} pending={completion.pending} onChange={change} onBack={() => go('owner')} onNext={() => void complete()} />
    ),
    supplier: () => <SupplierStep onNext={() => go('models')} />,
    models: () => <ModelsStep onNext={() => go('chat')} onBack={() => go('supplier')} />,
    chat: () => <ChatStep onLeave={leave} />,
  };
  return <VisitorFrame wide aside={<StepsAside current={draft.step} />}><Suspense fallback={null}>{screens[draft.step]()}</Suspense></VisitorFrame>;
}
