import { useEffect, useRef, type ReactNode } from 'react';
import './list-drawer.css';

/** A modal at the left edge, for a list that has no room beside its page. Mount it to open it. */
export function ListDrawer({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    // A press beside it closes it; Esc is the browser's.
    const onPress = (event: PointerEvent) => event.target === element && onClose();
    element?.addEventListener('pointerup', onPress);
    return () => {
      element?.removeEventListener('pointerup', onPress);
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [onClose]);
  return <dialog ref={dialog} className="chat-drawer" aria-label={label} onClose={(event) => event.target === dialog.current && onClose()}>{children}</dialog>;
}
