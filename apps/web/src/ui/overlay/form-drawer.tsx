import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode, type RefObject, type SyntheticEvent } from 'react';
import { ActionButton, IconButton } from '../action-button.tsx';
import { CloseIcon } from '../icons.tsx';
import { Dialog } from './dialog.tsx';
import { useModal } from './use-modal.ts';
import '../enter.css';
import './drawer.css';

/** The question before what was typed is thrown away. */
export interface UnsavedTexts {
  title: string;
  text: string;
  stay: string;
  go: string;
}

interface FormDrawerProps {
  title: string;
  children: ReactNode;
  /** Names the cross and lets Esc close; without it only what is inside closes. */
  closeText?: string;
  /** Asked by cross and Esc where something was typed; without it nothing is. */
  unsaved?: UnsavedTexts;
  onClose: () => void;
}

const FIRST_FIELD = ':is(input:not([type=hidden], [readonly]), select, textarea):not(:disabled)';
const WRITTEN = ':is(input:not([type=hidden], [type=search], [type=checkbox], [type=radio], [readonly]), textarea)';

type Field = HTMLInputElement | HTMLTextAreaElement;
const isWritten = (target: EventTarget): target is Field => target instanceof HTMLElement && target.matches(WRITTEN);

/** Whether a field of the drawer holds something else than when it was first entered. */
function useTyped(dialog: RefObject<HTMLDialogElement | null>) {
  const found = useRef(new WeakMap<Field, string>());
  return {
    onFocus: ({ target }: FocusEvent) => {
      if (isWritten(target) && !found.current.has(target)) found.current.set(target, target.value);
    },
    isTyped: () => [...(dialog.current?.querySelectorAll<Field>(WRITTEN) ?? [])].some((field) => field.value !== (found.current.get(field) ?? field.value)),
  };
}

/** A form at the right, 560 px, in the browser's own modal dialog: antd's locks scrolling by a style that our policy refuses. */
export function FormDrawer({ title, children, closeText, unsaved, onClose }: FormDrawerProps) {
  const dialog = useModal();
  const heading = useId();
  const [asking, setAsking] = useState(false);
  const { onFocus, isTyped } = useTyped(dialog);
  useEffect(() => {
    // A browser may take the scrolling part itself for the first thing that can have the focus.
    dialog.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
  }, [dialog]);
  const leave = () => (unsaved && isTyped() ? setAsking(true) : onClose());
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    if (closeText && event.target === dialog.current) leave();
  };
  // Before the browser: one Esc may otherwise close this and the question over it, which no script can refuse (CloseWatcher).
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (asking) setAsking(false);
    else if (closeText) leave();
  };
  return (
    <dialog ref={dialog} className="ui-drawer" aria-labelledby={heading} onCancel={cancel} onClose={onClose} onFocus={onFocus} onKeyDown={onKeyDown}>
      <h2 id={heading}>{title}</h2>
      <div className="ui-drawer-body">{children}</div>
      {/* Last in order, first in sight: the browser puts the focus on the first field and not on the cross. */}
      {closeText ? <IconButton label={closeText} className="ui-drawer-close" onClick={leave}><CloseIcon /></IconButton> : null}
      {asking && unsaved ? <AskUnsaved texts={unsaved} onStay={() => setAsking(false)} onGo={onClose} /> : null}
    </dialog>
  );
}

function AskUnsaved({ texts, onStay, onGo }: { texts: UnsavedTexts; onStay: () => void; onGo: () => void }) {
  const actions = (
    <>
      <ActionButton autoFocus onClick={onStay}>{texts.stay}</ActionButton>
      <ActionButton look="danger" onClick={onGo}>{texts.go}</ActionButton>
    </>
  );
  return <Dialog role="alertdialog" title={texts.title} onClose={onStay} actions={actions}><p className="ui-dialog-text">{texts.text}</p></Dialog>;
}
