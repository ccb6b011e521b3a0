import { useEffect, useRef } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { Workspace } from './sign-in.ts';

interface WorkspaceChoiceProps {
  workspaces: Workspace[];
  pending: boolean;
  onChoose: (workspace: string) => void;
  onBack: () => void;
}

/** One address may belong to several tenants; shown only after the password fitted. */
export function WorkspaceChoice({ workspaces, pending, onChoose, onBack }: WorkspaceChoiceProps) {
  const t = useTexts('sign-in');
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <section className="visitor-form" aria-labelledby="workspace-title">
      <h1 id="workspace-title">{t(($) => $.workspace.title)}</h1>
      <p className="visitor-line">{t(($) => $.workspace.line)}</p>
      <div className="visitor-choices">
        {workspaces.map((entry, index) => (
          <button key={entry.workspace} ref={index === 0 ? first : null} type="button" className="visitor-choice" disabled={pending} onClick={() => onChoose(entry.workspace)}>
            {entry.name}
            <small className="mono">{entry.workspace}</small>
          </button>
        ))}
      </div>
      <ActionButton look="quiet" onClick={onBack}>{t(($) => $.workspace.back)}</ActionButton>
    </section>
  );
}
