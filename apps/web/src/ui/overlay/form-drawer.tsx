import { useEffect, useId, type ReactNode, type SyntheticEvent } from 'react';
import { IconButton } from '../action-button.tsx';
import { CloseIcon } from '../icons.tsx';
import { useModal } from './use-modal.ts';
import '../enter.css';
import './drawer.css';

interface FormDrawerProps {
  title: string;
  children: ReactNode;
  /** Names the cross and lets Esc close; without it only what is inside closes. */
  closeText?: string;
  onClose: () => void;
}

const FIRST_FIELD = ':is(input:not([type=hidden], [readonly]), select, textarea):not(:disabled)';

/** A form at the right, 560 px, in the browser's own modal dialog: antd's locks scrolling by a style that our policy refuses. */
export function FormDrawer({ title, children, closeText, onClose }: FormDrawerProps) {
  const dialog = useModal();
  const heading = useId();
  useEffect(() => {
    // A browser may take the scrolling part itself for the first thing that can have the focus.
    dialog.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
  }, [dialog]);
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    if (closeText) onClose();
  };
  return (
    <dialog ref={dialog} className="ui-drawer" aria-labelledby={heading} onCancel={cancel} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      <div className="ui-drawer-body">{children}</div>
      {/* Last in order, first in sight: the browser puts the focus on the first field and not on the cross. */}
      {closeText ? <IconButton label={closeText} className="ui-drawer-close" onClick={onClose}><CloseIcon /></IconButton> : null}
    </dialog>
  );
}
