import { useEffect, useRef, useState } from 'react';
import { IconButton } from './action-button.tsx';
import { EyeIcon, EyeOffIcon } from './icons.tsx';
import './parts.css';

interface SecretInputProps {
  value?: string;
  onChange?: (value: string) => void;
  /** Change it after a success: the field empties itself, so that a stored key is not left on the page. */
  clearedBy?: string | number;
  showText: string;
  hideText: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
  label?: string;
  describedBy?: string;
}

// A text field that is masked by style is not a password to password managers: they neither fill it nor offer to keep it.
const maskable = typeof CSS !== 'undefined' && CSS.supports?.('-webkit-text-security', 'disc');

/** A field for a key that goes in and never comes out. */
export function SecretInput({ value = '', onChange, clearedBy, showText, hideText, invalid = false, label, describedBy, ...rest }: SecretInputProps) {
  const [seen, setSeen] = useState(false);
  const last = useRef(clearedBy);
  useEffect(() => {
    if (last.current === clearedBy) return;
    last.current = clearedBy;
    setSeen(false);
    onChange?.('');
  }, [clearedBy, onChange]);
  return (
    <span className="ui-secret">
      <input
        {...rest}
        type={maskable || seen ? 'text' : 'password'}
        className={`ui-secret-field${seen ? '' : ' is-hidden'}`}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore=""
        data-lpignore="true"
        data-bwignore=""
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
      />
      <IconButton label={seen ? hideText : showText} aria-pressed={seen} onClick={() => setSeen(!seen)}>
        {seen ? <EyeOffIcon /> : <EyeIcon />}
      </IconButton>
    </span>
  );
}
