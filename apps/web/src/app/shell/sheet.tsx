import { useEffect, useRef, type ReactNode } from 'react';
import './sheet.css';

interface SheetProps {
  label: string;
  look: 'palette' | 'sheet' | 'drawer';
  onClose: () => void;
  children: ReactNode;
}

/** A modal of the browser's own: it keeps the focus, closes on Esc and on a press beside it, and gives the focus back. */
export function Sheet({ label, look, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // The browser would take the first thing that can have the focus, which is a list around the field.
    dialog.current?.querySelector('input')?.focus();
  }, []);
  return (
    // oxlint-disable-next-line click-events-have-key-events -- the key that closes a dialog is Esc, which the browser sees to
    <dialog
      ref={dialog}
      className={`shell-over is-${look}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
