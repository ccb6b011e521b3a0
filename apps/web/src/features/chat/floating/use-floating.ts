import { useCallback, useRef, useState } from 'react';

/** Open or not, for a button and its panel. The press that dismisses an open panel must not open it again at once. */
export function useFloating<E extends HTMLElement>() {
  const trigger = useRef<E>(null);
  const [open, setOpen] = useState(false);
  const pressedOpen = useRef(false);
  const close = useCallback(() => setOpen(false), []);
  const triggerProps = {
    'aria-expanded': open,
    onPointerDown: () => void (pressedOpen.current = open),
    onClick: () => {
      setOpen(!pressedOpen.current && !open);
      pressedOpen.current = false;
    },
  };
  return { trigger, open, close, triggerProps };
}
