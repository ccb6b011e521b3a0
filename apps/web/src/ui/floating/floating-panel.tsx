import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { placePanel, type Placement } from './place-panel.ts';
import './floating.css';

interface FloatingPanelProps {
  trigger: RefObject<HTMLElement | null>;
  placement: Placement;
  onClose: () => void;
  children: ReactNode;
}

function stand(panel: HTMLElement, trigger: HTMLElement, placement: Placement): void {
  const view = { width: innerWidth, height: innerHeight };
  const { left, room, ...vertical } = placePanel(trigger.getBoundingClientRect(), { width: panel.offsetWidth, height: panel.offsetHeight }, view, placement);
  panel.style.left = `${left}px`;
  panel.style.maxHeight = `${room}px`;
  panel.style.top = 'top' in vertical ? `${vertical.top}px` : 'auto';
  panel.style.bottom = 'bottom' in vertical ? `${vertical.bottom}px` : 'auto';
}

/** A panel beside its trigger, in the browser's own top layer: Esc or a press beside it closes it. Mount it to open it. */
export function FloatingPanel({ trigger, placement, onClose, children }: FloatingPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [element, opener] = [panel.current, trigger.current];
    if (element === null || opener === null) return undefined;
    element.showPopover();
    stand(element, opener, placement);
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
    // Only what carries the trigger away; an answer that grows elsewhere is not meant.
    const onScroll = (event: Event) => event.target instanceof Node && event.target.contains(opener) && onClose();
    addEventListener('scroll', onScroll, true);
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('scroll', onScroll, true);
      removeEventListener('resize', onClose);
      // The focus that stood in what is gone goes back to where it came from.
      if (element.contains(document.activeElement) || document.activeElement === document.body) opener.focus({ preventScroll: true });
    };
  }, [trigger, placement, onClose]);
  return (
    <div ref={panel} popover="auto" className="ui-floating" onToggle={(event) => event.newState === 'closed' && onClose()}>
      {children}
    </div>
  );
}
