import { useCallback, useRef, useState, type KeyboardEvent } from 'react';

/** Open or not, for a button and its panel. The press that dismisses an open panel must not open it again at once. */
export function useFloating<E extends HTMLElement>() {
  const trigger = useRef<E>(null);
  const [open, setOpen] = useState(false);
  const pressedOpen = useRef(false);
  const close = useCallback(() => setOpen(false), []);
  const triggerProps = {
    // As a menu's button does; Enter and Space press it anyway.
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' || open) return;
      event.preventDefault();
      setOpen(true);
    },
    'aria-expanded': open,
    onPointerDown: () => void (pressedOpen.current = open),
    onClick: () => {
      setOpen(!pressedOpen.current && !open);
      pressedOpen.current = false;
    },
  };
  return { trigger, open, close, triggerProps };
}
