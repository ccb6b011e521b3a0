import { useCallback, useEffect, useState } from 'react';
import { ActionButton } from '../action-button.tsx';
import './overlay.css';

const UNDO_MS = 5000;

export interface Undoable {
  message: string;
  undoText: string;
  onUndo: () => void;
}

interface UndoToastProps extends Undoable {
  /** Called once the offer is over, taken or not. */
  onEnd: () => void;
}

/** Offers to take back what just happened, for five seconds; the clock waits while a pointer or the focus is on it. */
function UndoToast({ message, undoText, onUndo, onEnd }: UndoToastProps) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onEnd, UNDO_MS);
    return () => clearTimeout(timer);
  }, [held, onEnd]);
  const undo = () => {
    onUndo();
    onEnd();
  };
  return (
    <div className="ui-toast" role="status" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span>{message}</span>
      <ActionButton look="quiet" size="small" onClick={undo}>{undoText}</ActionButton>
    </div>
  );
}

/** One offer at a time: a new one replaces the last. Put `toast` anywhere in the page. */
export function useUndo() {
  const [offered, setOffered] = useState<(Undoable & { id: number }) | null>(null);
  const offer = useCallback((next: Undoable) => setOffered((last) => ({ ...next, id: (last?.id ?? 0) + 1 })), []);
  const end = useCallback(() => setOffered(null), []);
  return { offer, toast: offered ? <UndoToast key={offered.id} {...offered} onEnd={end} /> : null };
}
