import type { ButtonHTMLAttributes, Ref } from 'react';
import './action-button.css';

interface ActionButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'middle' | 'large';
  pending?: boolean;
}

/** A button of the console's own, for pages that must not wait for antd: sign-in, errors, the shell, Markdown. 26, 34 or 40 px high. */
export function ActionButton({ look = 'plain', size = 'middle', pending = false, className = '', disabled, children, ...rest }: ActionButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled === true || pending} aria-busy={pending || undefined} className={`ui-button is-${look} is-${size} ${className}`.trim()}>
      {pending ? <span className="ui-button-spinner" aria-hidden="true" /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, in words: it is the only name a screen reader has. */
  label: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A square button that shows an icon alone, 26 px, with its name as tip. */
export function IconButton({ label, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={`ui-icon-button ${className}`.trim()}>
      {children}
    </button>
  );
}
