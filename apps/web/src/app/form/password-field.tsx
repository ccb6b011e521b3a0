import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { EyeIcon, EyeOffIcon } from '../../ui/icons.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Field } from './field.tsx';

interface PasswordFieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  autoComplete: 'current-password' | 'new-password' | 'off';
  hint?: ReactNode;
  error?: string | undefined;
  autoFocus?: boolean;
  name?: string;
}

/** A secret: shown on demand, and it says when Caps Lock is on. */
export function PasswordField({ label, value, onValue, hint, error, ...rest }: PasswordFieldProps) {
  const t = useTexts('app');
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  const line = caps ? <span className="form-caps">{t(($) => $.password.caps_lock)}</span> : hint;
  return (
    <Field label={label} hint={line} error={error}>
      {(described) => (
        <span className="form-secret">
          <input
            {...rest}
            {...described}
            className="form-input"
            type={shown ? 'text' : 'password'}
            value={value}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => onValue(event.target.value)}
            onKeyUp={watchCaps}
            onBlur={() => setCaps(false)}
          />
          <button type="button" className="form-reveal" aria-pressed={shown} aria-label={t(($) => $.password.show)} title={shown ? t(($) => $.password.hide) : t(($) => $.password.show)} onClick={() => setShown(!shown)}>
            {shown ? <EyeOffIcon size={18} /> : <EyeIcon size={18} />}
          </button>
        </span>
      )}
    </Field>
  );
}
