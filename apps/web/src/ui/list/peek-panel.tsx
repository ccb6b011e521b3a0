import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { IconButton } from '../action-button.tsx';
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from '../icons.tsx';
import '../enter.css';
import './peek.css';

interface PeekPanelProps {
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the foot. */
  actions?: ReactNode;
  /** Absent at the list's ends. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  onClose: () => void;
  texts: { previous: string; next: string; close: string };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="combobox"]') !== null);
}

// An open menu, dialog or select takes the key first: Esc closes what lies on top.
function isCovered(): boolean {
  return document.querySelector('dialog[open], .ui-floating, .ant-select-dropdown:not(.ant-select-dropdown-hidden), .ant-modal-wrap:not([style*="display: none"])') !== null;
}

function usePeekKeys({ onPrevious, onNext, onClose }: Pick<PeekPanelProps, 'onPrevious' | 'onNext' | 'onClose'>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey || isCovered()) return;
      if (event.key === 'Escape') return onClose();
      if (isTyping(event.target)) return;
      if (event.key === 'j') onNext?.();
      if (event.key === 'k') onPrevious?.();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [onPrevious, onNext, onClose]);
}

/** One row in detail, 560 px at the right, beside the list and not over it: J and K move, Esc closes. */
export function PeekPanel({ title, children, actions, onPrevious, onNext, onClose, texts }: PeekPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const heading = useId();
  usePeekKeys({ onPrevious, onNext, onClose });
  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div ref={panel} className="ui-peek" role="dialog" aria-labelledby={heading} tabIndex={-1}>
      <header className="ui-peek-head">
        <h2 id={heading}>{title}</h2>
        <IconButton label={`${texts.previous} (K)`} aria-keyshortcuts="K" disabled={!onPrevious} onClick={onPrevious}><ArrowUpIcon /></IconButton>
        <IconButton label={`${texts.next} (J)`} aria-keyshortcuts="J" disabled={!onNext} onClick={onNext}><ArrowDownIcon /></IconButton>
        <IconButton label={`${texts.close} (Esc)`} aria-keyshortcuts="Escape" onClick={onClose}><CloseIcon /></IconButton>
      </header>
      <div className="ui-peek-body">{children}</div>
      {actions ? <footer className="ui-peek-foot">{actions}</footer> : null}
    </div>
  );
}

/** Label and value, one pair a line: what a peek is mostly made of. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="ui-facts">
      {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
