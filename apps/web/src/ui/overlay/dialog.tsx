import type { ReactNode, SyntheticEvent } from 'react';
import { useEffect, useId } from 'react';
import { useModal } from './use-modal.ts';
import './overlay.css';

interface DialogProps {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  onClose: () => void;
  role?: 'dialog' | 'alertdialog';
}

/**
 * A small question in the browser's own modal dialog: it keeps the focus inside, makes the page behind it inert, and closes on Esc.
 * Mount it to open it.
 */
export function Dialog({ title, children, actions, onClose, role = 'dialog' }: DialogProps) {
  const dialog = useModal();
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    // The backdrop belongs to the dialog's own box; its content is one level down.
    const leave = (event: MouseEvent) => event.target === element && onClose();
    element?.addEventListener('click', leave);
    return () => element?.removeEventListener('click', leave);
  }, [dialog, onClose]);
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} className="ui-dialog" role={role} aria-labelledby={heading} onCancel={cancel}>
      <div className="ui-dialog-body">
        <h2 id={heading} className="ui-dialog-title">{title}</h2>
        {children}
        <div className="ui-dialog-actions">{actions}</div>
      </div>
    </dialog>
  );
}
