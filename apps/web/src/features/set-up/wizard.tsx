import { useEffect, useState, type ReactNode } from 'react';
import { replaceAddress } from '../../app/location.ts';
import { loadConsole } from '../../app/load-console.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { readFormError } from '../../app/form/use-field-errors.ts';
import { useSession } from '../../session/session-store.ts';
import { ChatStep } from './chat-step.tsx';
import { ModelsStep } from './models-step.tsx';
import { OwnerStep } from './owner-step.tsx';
import { emptyDraft, keepDraft, readDraft, resumeStep, type Draft, type Step } from './progress.ts';
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
  useEffect(() => keepDraft(draft), [draft]);
  return [draft, (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))] as const;
}

function leave(address: string): void {
  keepDraft(null);
  replaceAddress(address);
}

/** The five steps. The first two make the account; from then on every one can be left and taken up. */
export function Wizard({ token, onDead }: { token: string | null; onDead: () => void }) {
  const [draft, change] = useDraft();
  const [password, setPassword] = useState('');
  const completion = useCompletion(token, draft, password);
  const go = (step: Step) => change({ step });

  async function complete() {
    const outcome = await completion.complete();
    if (outcome === 'owner') go('owner');
    if (outcome !== 'signed_in') return;
    setPassword('');
    go('supplier');
    void loadConsole();
  }
  useEffect(() => {
    if (completion.dead) onDead();
  }, [completion.dead, onDead]);

  const screens: Record<Step, () => ReactNode> = {
    owner: () => <OwnerStep draft={draft} password={password} errors={completion.errors} onChange={change} onPassword={setPassword} onNext={() => go('tenant')} />,
    tenant: () => (
      <TenantStep draft={draft} errors={completion.errors} problem={readFormError(completion.failure, tenantFields)} pending={completion.pending} onChange={change} onBack={() => go('owner')} onNext={() => void complete()} />
    ),
    supplier: () => <SupplierStep onNext={() => go('models')} />,
    models: () => <ModelsStep onNext={() => go('chat')} onBack={() => go('supplier')} />,
    chat: () => <ChatStep onLeave={leave} />,
  };
  return <VisitorFrame wide aside={<StepsAside current={draft.step} />}>{screens[draft.step]()}</VisitorFrame>;
}
