import type { KeyboardEvent } from 'react';
import { MoreIcon } from '../../../ui/icons.tsx';
import { FloatingPanel } from './floating-panel.tsx';
import { useFloating } from './use-floating.ts';

export interface MenuAction {
  key: string;
  label: string;
  danger?: boolean;
  onSelect: () => void;
}

const steps: Readonly<Record<string, (place: number, count: number) => number>> = {
  ArrowDown: (place, count) => (place + 1) % count,
  ArrowUp: (place, count) => (place - 1 + count) % count,
  Home: () => 0,
  End: (_place, count) => count - 1,
};

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const place = items.findIndex((item) => item === document.activeElement);
  items[step(place, items.length)]?.focus();
  event.preventDefault();
}

/** What can be done with a row, behind three dots: ui/list's menu without antd, which this page need not load. */
export function RowMenu({ actions, label }: { actions: readonly MenuAction[]; label: string }) {
  const { trigger, open, close, triggerProps } = useFloating<HTMLButtonElement>();
  return (
    <>
      <button ref={trigger} type="button" className="ui-icon-button" aria-label={label} title={label} aria-haspopup="menu" {...triggerProps}><MoreIcon /></button>
      {open ? (
        <FloatingPanel trigger={trigger} placement="below-end" onClose={close}>
          <div role="menu" aria-label={label} className="chat-menu" tabIndex={-1} onKeyDown={walk}>
            {actions.map(({ key, label: words, danger = false, onSelect }, index) => (
              <button
                key={key}
                type="button"
                role="menuitem"
                tabIndex={-1}
                data-autofocus={index === 0 || undefined}
                className={danger ? 'chat-menu-item is-danger' : 'chat-menu-item'}
                onClick={() => {
                  close();
                  onSelect();
                }}
              >
                {words}
              </button>
            ))}
          </div>
        </FloatingPanel>
      ) : null}
    </>
  );
}
