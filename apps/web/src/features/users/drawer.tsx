import { useEffect, useId, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { IconButton } from '../../ui/action-button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import './drawer.css';

interface DrawerProps {
  title: string;
  children: ReactNode;
  /** Names the cross and lets Esc close; without it only what is inside closes. */
  closeText?: string;
  onClose: () => void;
}

/** A form at the right, 560 px, in the browser's own modal dialog: antd's locks scrolling by a style that our policy refuses. */
export function Drawer({ title, children, closeText, onClose }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    if (closeText) onClose();
  };
  return (
    <dialog ref={dialog} className="users-drawer" aria-labelledby={heading} onCancel={cancel} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      <div className="users-drawer-body">{children}</div>
      {/* Last in order, first in sight: the browser puts the focus on the first field and not on the cross. */}
      {closeText ? <IconButton label={closeText} className="users-drawer-close" onClick={onClose}><CloseIcon /></IconButton> : null}
    </dialog>
  );
}
