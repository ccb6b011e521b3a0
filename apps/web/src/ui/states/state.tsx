import type { ReactNode } from 'react';
import { ActionButton } from '../action-button.tsx';
import { Copyable } from '../copyable.tsx';
import { AlertIcon, InboxIcon, LockIcon, SearchIcon } from '../icons.tsx';
import './states.css';

interface StateProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
  /** It is all of its page, whose heading its title then is. */
  whole?: boolean | undefined;
}

function State({ icon, title, children, action, role = 'status', whole = false }: StateProps) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div className="ui-state" role={role}>
      <span className="ui-state-icon">{icon}</span>
      <Title className="ui-state-title">{title}</Title>
      {children ? <div className="ui-state-text">{children}</div> : null}
      {action ? <div className="ui-state-action">{action}</div> : null}
    </div>
  );
}

/** Nothing there yet: why, and the one thing to do about it. */
export function EmptyState({ title, why, action, icon, whole }: { title: string; why?: ReactNode; action?: ReactNode; icon?: ReactNode; whole?: boolean }) {
  return <State icon={icon ?? <InboxIcon size={22} />} title={title} action={action} whole={whole}>{why}</State>;
}

/** The filters leave nothing over. */
export function NothingFound({ title, hint, clearText, onClear }: { title: string; hint?: ReactNode; clearText: string; onClear: () => void }) {
  return <State icon={<SearchIcon size={22} />} title={title} action={<ActionButton onClick={onClear}>{clearText}</ActionButton>}>{hint}</State>;
}

interface ErrorStateProps {
  title: string;
  message?: ReactNode;
  requestId?: string | undefined;
  requestIdLabel: string;
  copyText: string;
  copiedText: string;
  retryText?: string;
  onRetry?: () => void;
  retrying?: boolean;
  whole?: boolean;
}

/** Something failed: what, the id support asks for, and a way to try again. The shell around it stays. */
export function ErrorState({ title, message, requestId, requestIdLabel, copyText, copiedText, retryText, onRetry, retrying = false, whole }: ErrorStateProps) {
  const retry = onRetry && retryText ? <ActionButton look="primary" pending={retrying} onClick={onRetry}>{retryText}</ActionButton> : undefined;
  return (
    <State role="alert" icon={<AlertIcon size={22} />} title={title} action={retry} whole={whole}>
      {message}
      {requestId ? (
        <p className="ui-state-request">
          {requestIdLabel} <Copyable text={requestId} copyText={copyText} copiedText={copiedText} mono />
        </p>
      ) : null}
    </State>
  );
}

/** Signed in but not allowed: says who can change that. */
export function NoPermission({ title, who, action, whole }: { title: string; who: ReactNode; action?: ReactNode; whole?: boolean }) {
  return <State icon={<LockIcon size={22} />} title={title} action={action} whole={whole}>{who}</State>;
}
