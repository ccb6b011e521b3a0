const KEY = 'lyss.set-up';

export const steps = ['owner', 'tenant', 'supplier', 'models', 'chat'] as const;
export type Step = (typeof steps)[number];

/** What was typed so far; never the password or a key. */
export interface Draft {
  step: Step;
  name: string;
  email: string;
  tenant_name: string;
  workspace: string;
}
export const emptyDraft: Draft = { step: 'owner', name: '', email: '', tenant_name: '', workspace: '' };

/** Takes up where this tab left off; null where it never began. */
export function readDraft(): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Draft> | null;
    if (kept === null) return null;
    const step = steps.find((known) => known === kept.step) ?? 'owner';
    return { ...emptyDraft, ...kept, step };
  } catch {
    return null;
  }
}

/** Whether there is anything that somebody would miss. */
export function hasTyped(draft: Draft | null): boolean {
  return draft !== null && [draft.name, draft.email, draft.tenant_name, draft.workspace].some((text) => text.trim() !== '');
}

export function keepDraft(draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(KEY);
    // Named one by one: nothing that is added to the draft later gets stored by accident.
    else sessionStorage.setItem(KEY, JSON.stringify({ step: draft.step, name: draft.name, email: draft.email, tenant_name: draft.tenant_name, workspace: draft.workspace }));
  } catch {
    // Without storage a reload begins anew.
  }
}

/** The step to show: before the account is made only the first two, after it only the others. */
export function resumeStep(draft: Draft | null, signed_in: boolean): Step {
  const step = draft?.step ?? 'owner';
  if (!signed_in) return step === 'tenant' ? 'tenant' : 'owner';
  return step === 'owner' || step === 'tenant' ? 'supplier' : step;
}
