import type { KeyboardEvent, RefObject } from 'react';
import { FloatingPanel } from './floating-panel.tsx';

export interface MenuItem {
  key: string;
  label: string;
  danger?: boolean;
  disabled?: boolean;
  /** Whether it is the one chosen; absent where nothing is chosen, only done. */
  checked?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  items: readonly MenuItem[];
  label: string;
  trigger: RefObject<HTMLElement | null>;
  placement: 'below-start' | 'below-end';
  onClose: () => void;
}

const steps: Readonly<Record<string, (place: number, count: number) => number>> = {
  ArrowDown: (place, count) => (place + 1) % count,
  ArrowUp: (place, count) => (place - 1 + count) % count,
  Home: () => 0,
  End: (_place, count) => count - 1,
};

/** The next item after `place` that begins with what was typed, around the end; -1 where none does. */
function findTyped(items: readonly HTMLElement[], place: number, typed: string): number {
  const begins = (item: HTMLElement) => item.textContent.trim().toLocaleLowerCase().startsWith(typed.toLocaleLowerCase());
  const after = items.findIndex((item, at) => at > place && begins(item));
  return after === -1 ? items.findIndex(begins) : after;
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const place = items.findIndex((item) => item === document.activeElement);
  const step = steps[event.key];
  const isTyped = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (step === undefined && !isTyped) return;
  items[step ? step(place, items.length) : findTyped(items, place, event.key)]?.focus();
  // Neither the page's scrolling nor its shortcuts are meant.
  event.preventDefault();
  event.stopPropagation();
}

/** A menu beside its button, as WAI-ARIA's menu button: arrows, Home, End and first letters move, Enter acts, Esc and Tab go back. Mount it to open it. */
export function Menu({ items, label, trigger, placement, onClose }: MenuProps) {
  const first = Math.max(0, items.findIndex((item) => item.checked === true));
  const leave = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape' && event.key !== 'Tab') return walk(event);
    // What lies below, a peek or a dialog, stays; Tab goes on from the button.
    if (event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
    trigger.current?.focus({ preventScroll: true });
    onClose();
  };
  return (
    <FloatingPanel trigger={trigger} placement={placement} onClose={onClose}>
      <div role="menu" aria-label={label} className="ui-menu" tabIndex={-1} onKeyDown={leave}>
        {items.map(({ key, label: words, danger = false, disabled = false, checked, onSelect }, index) => (
          <button
            key={key}
            type="button"
            role={checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={checked}
            aria-disabled={disabled || undefined}
            tabIndex={-1}
            data-autofocus={index === first || undefined}
            className={danger ? 'ui-menu-item is-danger' : 'ui-menu-item'}
            onClick={(event) => {
              event.stopPropagation();
              if (disabled) return;
              onClose();
              onSelect();
            }}
          >
            {words}
          </button>
        ))}
      </div>
    </FloatingPanel>
  );
}
